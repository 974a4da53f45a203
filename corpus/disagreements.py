"""Where the texts disagree, side by side, and what only looks as if it were the same thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from corpus.datafile import DataModel, Line, Slug, read_data
from corpus.document import Document, Span
from corpus.loader import SHELF
from corpus.quotes import Quote, locate_all

DISAGREEMENTS_NAME = "disagreements.toml"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement. Each span alone, a whole sentence, says what the side says."""

    label: str
    """Who takes this side, in fixed words shown before the quotation, without a colon."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something the shelf answers in more than one way. Nobody is declared right."""

    id: str
    about: str
    """Short, neutral heading shown to readers."""
    sides: tuple[Side, ...]
    """At least two."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two or more things that are easily taken for one another and are no disagreement."""

    id: str
    about: str
    note: str
    """In fixed words, what tells them apart."""
    spans: tuple[Span, ...]


class _Side(DataModel):
    label: Annotated[Line, Field(pattern=r"[^:.]$")]
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]


class _Disagreement(DataModel):
    id: Slug
    about: Line
    side: Annotated[tuple[_Side, ...], Field(min_length=2)]


class _LookAlike(DataModel):
    id: Slug
    about: Line
    note: Line
    quotes: Annotated[tuple[Quote, ...], Field(min_length=2)]


class _File(DataModel):
    disagreement: tuple[_Disagreement, ...] = ()
    lookalike: tuple[_LookAlike, ...] = ()


def load_disagreements(
    documents: Iterable[Document], root: Path | None = None
) -> tuple[Disagreement, ...]:
    """Every known disagreement of the shelf, in the order of the data file.

    A sentence may take a side in more than one; the more specific stands first.

    Raises:
        InvalidCatalogError: the data file does not parse or validate.
        LostSpanError: words it quotes stand no longer, or twice, in their document.
    """
    shelf = tuple(documents)
    return tuple(
        Disagreement(each.id, each.about, tuple(_side(shelf, side) for side in each.side))
        for each in _read(root).disagreement
    )


def load_lookalikes(
    documents: Iterable[Document], root: Path | None = None
) -> tuple[LookAlike, ...]:
    """What only looks alike on the shelf; raises as `load_disagreements` does."""
    shelf = tuple(documents)
    return tuple(
        LookAlike(
            each.id, each.about, each.note, locate_all(shelf, each.quotes, DISAGREEMENTS_NAME)
        )
        for each in _read(root).lookalike
    )


def _read(root: Path | None) -> _File:
    return read_data((SHELF if root is None else root) / DISAGREEMENTS_NAME, _File)


def _side(shelf: tuple[Document, ...], side: _Side) -> Side:
    return Side(side.label, locate_all(shelf, side.quotes, DISAGREEMENTS_NAME))
