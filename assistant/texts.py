"""The shelf's passages, by document: all in memory, or read from the index as they are needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.reading.words import words_in
from corpus import Provenance
from index import Passage


class Texts(Protocol):
    """Whoever has the passages of a shelf: an opened index is one."""

    @property
    def count(self) -> int:
        """How many passages there are."""

    @property
    def document_ids(self) -> Sequence[str]:
        """Every document, in order of id."""

    @property
    def vocabulary(self) -> frozenset[str]:
        """Lower-case words of the texts; of very many, the frequent ones."""

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """A document's passages in reading order; none if it is not there."""

    def origin(self, document_id: str) -> Provenance | None:
        """Where a document comes from, if anybody knows."""

    def every_passage(self) -> Iterable[Passage]:
        """All passages, document by document."""


@dataclass(frozen=True)
class HeldTexts:
    """Passages that are in memory anyway."""

    passages: tuple[Passage, ...]
    _by_document: dict[str, tuple[Passage, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        sorted_out: dict[str, list[Passage]] = {}
        for passage in self.passages:
            sorted_out.setdefault(passage.span.document_id, []).append(passage)
        object.__setattr__(self, "_by_document", {k: tuple(v) for k, v in sorted_out.items()})

    @property
    def count(self) -> int:
        """How many passages there are."""
        return len(self.passages)

    @property
    def document_ids(self) -> Sequence[str]:
        """Every document, in order of id."""
        return sorted(self._by_document)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Lower-case words of the texts."""
        return frozenset(
            word.text for each in self.passages for word in words_in(f"{each.header}\n{each.text}")
        )

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """A document's passages in reading order; none if it is not there."""
        return self._by_document.get(document_id, ())

    def origin(self, document_id: str) -> Provenance | None:
        """Nothing is known of passages alone."""
        return None

    def every_passage(self) -> Iterable[Passage]:
        """All passages, in the order in which they were given."""
        return self.passages


def as_texts(given: Texts | Iterable[Passage]) -> Texts:
    """Passages that were given one by one, as texts."""
    return HeldTexts(tuple(given)) if isinstance(given, Iterable) else given
