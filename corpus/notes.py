"""Notes of ours, with named sources, for where the texts conflict with better evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from corpus.datafile import DataModel, Line, Slug, read_data
from corpus.document import Document, Span
from corpus.loader import SHELF
from corpus.quotes import Quote, locate_all

NOTES_NAME = "notes.toml"

NoteKind = Literal["evidence", "medicine"]
"""What a note speaks to: a claim on the shelf, or a medicine that may be asked for by name."""

SourceTag = Literal["P", "M", "S"]
"""How far a source was checked: its own page, a mirror of it, or somebody who quotes it."""


@dataclass(frozen=True, slots=True)
class NoteSource:
    """Who says what a note says, and where we read it."""

    organisation: str
    title: str
    year: str
    """Four digits, or empty where the page gives none."""
    tag: SourceTag
    address: str
    """Without `https://`, or empty where there is none to give."""


@dataclass(frozen=True, slots=True)
class Note:
    """A few sentences of ours that go with certain sentences of the shelf. Never quoted advice."""

    id: str
    about: str
    """Short heading shown to readers."""
    text: str
    kind: NoteKind
    spans: tuple[Span, ...]
    """The whole sentences it speaks to: an answer that quotes one of them carries the note."""
    asks: tuple[str, ...]
    """Words of a question, in lower case, that call for it although nothing is quoted."""
    sources: tuple[NoteSource, ...]
    """At least one."""


class _Source(DataModel):
    organisation: Line
    title: Line
    year: Annotated[str, Field(pattern=r"^([0-9]{4})?$")] = ""
    tag: SourceTag
    address: Annotated[str, Field(pattern=r"^([^\s:/]+\.[^\s:]+)?$")] = ""


class _Note(DataModel):
    id: Slug
    about: Annotated[Line, Field(pattern=r"[^:.]$")]
    text: Annotated[Line, Field(pattern=r"\.$")]
    kind: NoteKind = "evidence"
    asks: tuple[Annotated[str, Field(pattern=r"^[a-z0-9]+( [a-z0-9]+)*$")], ...] = ()
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]
    source: Annotated[tuple[_Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _asks_are_for_medicines(self) -> Self:
        if self.asks and self.kind != "medicine":
            raise ValueError('only a note with kind = "medicine" may have asks')
        return self


class _File(DataModel):
    note: tuple[_Note, ...] = ()


def load_notes(documents: Iterable[Document], root: Path | None = None) -> tuple[Note, ...]:
    """Every evidence note, in the order of the data file.

    A sentence may call for more than one; the more important stands first.

    Args:
        documents: The shelf that the notes speak to.
        root: Folder of the data file, unless it is the bundled shelf's.

    Returns:
        The notes, each with the places of the sentences it goes with.

    Raises:
        InvalidCatalogError: the data file does not parse or validate.
        LostSpanError: words it quotes stand no longer, or twice, in their document.
    """
    shelf = tuple(documents)
    read = read_data((SHELF if root is None else root) / NOTES_NAME, _File)
    return tuple(_note(shelf, each) for each in read.note)


def _note(shelf: tuple[Document, ...], read: _Note) -> Note:
    return Note(
        id=read.id,
        about=read.about,
        text=read.text,
        kind=read.kind,
        spans=locate_all(shelf, read.quotes, NOTES_NAME),
        asks=read.asks,
        sources=tuple(
            NoteSource(each.organisation, each.title, each.year, each.tag, each.address)
            for each in read.source
        ),
    )
