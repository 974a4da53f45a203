"""From what an operator names (a file, a folder, an address, an upload) to single arrivals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from assistant.errors import UnreadableError
from assistant.shelving.outcome import Outcome, Told
from assistant.shelving.proposing import FILE, Proposer, path_of
from assistant.shelving.reading import Arrival
from assistant.shelving.source import AddressSource, PathSource, SourceRef, UploadSource
from assistant.shelving.walk import Found, files_in, read_whole, stamp_of
from corpus import CorpusError
from corpus.library.entry import Entry

LARGEST = 20 * 2**20
"""Bytes of a file; a larger one is not even opened."""

_READING = "Reading"
_FETCHING = "Fetching"


@dataclass(frozen=True, slots=True)
class Bringing:
    """One round of things brought."""

    proposer: Proposer
    entries: tuple[Entry, ...]
    """What was on the shelf before it."""
    told: Told
    uploads: Counter[str] = field(default_factory=Counter)
    """How often each name was uploaded in this round."""

    def of(self, source: SourceRef) -> Iterator[Outcome]:
        """What becomes of everything a source holds."""
        match source:
            case PathSource():
                yield from self._path(source.path.expanduser().absolute(), source.path)
            case AddressSource():
                yield from self._address(source.url.strip())
            case UploadSource():
                yield from self._upload(_bare(source.name), source.content)
            case _:
                assert_never(source)

    def _upload(self, name: str, content: bytes) -> Iterator[Outcome]:
        """A name that is known from before is a new version; twice in one round it is two files."""
        self.uploads[name] += 1
        again = f" ({self.uploads[name]})" if self.uploads[name] > 1 else ""
        yield from self.proposer.judged(Arrival(name, f"upload:{name}{again}", content))

    def _path(self, path: Path, named: Path) -> Iterator[Outcome]:
        try:
            path = path.resolve(strict=True)
        except (OSError, RuntimeError):
            there = self.proposer.known.of(f"{FILE}{path}")
            yield self.proposer.refused(str(named), "there is no such file or folder", there)
            return
        if path.is_dir():
            yield from self._folder(path)
        else:
            self.told(_READING, 0, 1)
            yield from self._file(Found(path), str(named), "")

    def _folder(self, root: Path) -> Iterator[Outcome]:
        """A folder is synced: what is new is read, and what is gone goes from the shelf too."""
        found = tuple(files_in(root))
        for done, each in enumerate(found):
            self.told(_READING, done, len(found))
            yield from self._file(each, _inside(each.path, root), str(root))
        seen = {f"{FILE}{each.path}" for each in found}
        unseen = [each.path for each in found if each.below]
        gone = [
            entry
            for entry in self.entries
            if entry.folder and entry.origin not in seen and _is_under(entry, root)
            if not any(_is_under(entry, folder) for folder in unseen)
            if self.proposer.known.at(entry.origin, entry.part)  # else it was found elsewhere
        ]
        if gone and not any(not each.refused for each in found):
            why = (
                f"the folder is empty, although {len(gone)} documents came from it. Nothing of"
                " them was removed. Is the disk there? If you mean it: python -m assistant remove"
            )
            yield self.proposer.refused(str(root), why)
            return
        for entry in gone:
            name = _inside(path_of(entry) or root, root)
            yield self.proposer.removed(name, entry, "the file is gone from the folder")

    def _file(self, found: Found, name: str, folder: str) -> Iterator[Outcome]:
        proposer, origin = self.proposer, f"{FILE}{found.path}"
        if not _can_be_shown(origin):
            shown = name.encode("ascii", "backslashreplace").decode()
            yield proposer.refused(shown, "its name cannot be shown. Rename it and add it again")
            return
        there = proposer.known.of(origin)
        if found.refused:
            yield proposer.refused(name, found.refused, there)
            return
        if there and not proposer.again and _untouched(there, found.path):
            yield from (proposer.unchanged(name, old) for old in there)
            return
        try:
            file = read_whole(found.path, LARGEST)
        except UnreadableError as problem:
            yield proposer.refused(name, str(problem), there)
            return
        yield from proposer.judged(Arrival(name, origin, file.content, folder, file.stamp))

    def _address(self, url: str) -> Iterator[Outcome]:
        proposer = self.proposer
        self.told(_FETCHING, 0, 0)
        try:
            pages = proposer.doors.pages(url)
        except CorpusError as problem:
            yield proposer.refused(url, str(problem), proposer.known.of(f"url:{url}"))
            return
        for remark in pages.remarks:
            yield proposer.refused(url, remark)
        for done, (address, page) in enumerate(pages.each):
            self.told(_FETCHING, done, pages.count)
            origin = f"url:{address}"
            if isinstance(page, CorpusError):
                yield proposer.refused(address, str(page), proposer.known.of(origin))
                continue
            yield from proposer.judged(
                Arrival(
                    page.name,
                    origin,
                    page.content,
                    folder=url if pages.of_sitemap else "",
                    address=page.address,
                    media_type=page.media_type,
                    charset=page.charset,
                )
            )


def _untouched(there: Iterable[Entry], path: Path) -> bool:
    stamp = stamp_of(path)
    return bool(stamp) and all(old.stamp == stamp for old in there)


def _is_under(entry: Entry, folder: Path) -> bool:
    path = path_of(entry)
    return path is not None and path.is_relative_to(folder)


def _inside(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path != root else str(root)


def _bare(name: str) -> str:
    """An uploaded file's name without the folders some browsers send along."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable()).strip() or "upload"


def _can_be_shown(name: str) -> bool:
    """Whether a name is proper Unicode on one line: it is kept as it is, and shown."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return not any(c < " " or c == "\x7f" for c in name)
