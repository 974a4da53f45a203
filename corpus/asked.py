"""How people ask for what a sentence says: document expansion, written by hand.

A runner's words and a text's words seldom meet. Nogueira et al. (2019, arXiv 1904.08375) add to a
text the questions it answers; theirs a model guesses, ours stand in `corpus/asked/<document>.toml`.
They are searched with the sentence they belong to, and never shown or quoted.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from corpus.datafile import DataModel, Line, read_data
from corpus.document import Document, Section, Sentence, Span
from corpus.errors import InvalidCatalogError
from corpus.quotes import Quote, locate

ASKED_NAME = "asked"


class _Entry(Quote):
    """One sentence and the questions it answers."""

    questions: Annotated[tuple[Line, ...], Field(min_length=1)]


class _File(DataModel):
    """All of one document."""

    asked: tuple[_Entry, ...]


def with_asked(document: Document, root: Path) -> Document:
    """The document with the questions of its file, if the shelf in `root` holds one.

    Raises:
        InvalidCatalogError: the file does not parse, is of another document, asks something
            twice, or quotes words that are not a whole sentence.
        LostSpanError: words it quotes stand no longer, or twice, in the document.
    """
    path = root / ASKED_NAME / f"{document.id}.toml"
    if not path.exists():
        return document
    wanted = dict(_read(path, document))
    sections = tuple(_section(section, wanted) for section in document.sections)
    if wanted:
        lost = document.words_at(next(iter(wanted)))
        raise InvalidCatalogError(
            f'{path.name}: "{lost}" is not one whole sentence of {document.id}. Quote all of it.'
        )
    return replace(document, sections=sections)


def _read(path: Path, document: Document) -> Iterator[tuple[Span, tuple[str, ...]]]:
    seen: set[Span] = set()
    for entry in read_data(path, _File).asked:
        if entry.document != document.id:
            raise InvalidCatalogError(
                f'{path.name} asks about "{entry.document}". Move that entry to '
                f"{ASKED_NAME}/{entry.document}.toml."
            )
        span = locate([document], entry, path.name)
        if span in seen or len(set(entry.questions)) < len(entry.questions):
            raise InvalidCatalogError(f'{path.name} asks twice for "{entry.quote}". Keep one.')
        seen.add(span)
        yield span, entry.questions


def _section(section: Section, wanted: dict[Span, tuple[str, ...]]) -> Section:
    return replace(section, sentences=tuple(_asked(s, wanted) for s in section.sentences))


def _asked(sentence: Sentence, wanted: dict[Span, tuple[str, ...]]) -> Sentence:
    """The sentence with its questions, which are then no longer wanted."""
    found = next(
        (span for span in wanted if (span.start, span.end) == (sentence.start, sentence.end)), None
    )
    return sentence if found is None else replace(sentence, asked=wanted.pop(found))
