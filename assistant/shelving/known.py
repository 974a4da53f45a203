"""What is on the shelf already, found by where it came from, by its bytes and by its words."""

from collections.abc import Iterable

from corpus.library.entry import Entry


class Known:
    """Entries as they would stand after what was judged so far."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_id: dict[str, Entry] = {}
        """All of them by their ids."""
        self._by_origin: dict[str, dict[str, Entry]] = {}
        self._by_bytes: dict[str, Entry] = {}
        self._by_words: dict[str, Entry] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Takes an entry in; of two with the same words the first is the one that is found."""
        self.by_id[entry.id] = entry
        self._by_origin.setdefault(entry.origin, {})[entry.part] = entry
        self._by_bytes.setdefault(entry.origin_digest, entry)
        self._by_words.setdefault(entry.words_digest, entry)

    def drop(self, entry: Entry) -> None:
        """Forgets an entry."""
        self.by_id.pop(entry.id, None)
        self._by_origin.get(entry.origin, {}).pop(entry.part, None)
        for found, key in (
            (self._by_bytes, entry.origin_digest),
            (self._by_words, entry.words_digest),
        ):
            if key in found and found[key].id == entry.id:
                del found[key]

    def of(self, origin: str) -> tuple[Entry, ...]:
        """Every document that came from there."""
        return tuple(self._by_origin.get(origin, {}).values())

    def at(self, origin: str, part: str) -> Entry | None:
        """The document that came from there, if there is one."""
        return self._by_origin.get(origin, {}).get(part)

    def with_bytes(self, digest: str) -> Entry | None:
        """A document that was read from the very same bytes."""
        return self._by_bytes.get(digest)

    def with_words(self, digest: str) -> Entry | None:
        """A document that says the very same."""
        return self._by_words.get(digest)
