"""A made-up club's text with instructions planted in it, searched by the quoting assistant.

The club's text alone is on that shelf and nobody has written known questions for it, so that
nothing better stands in the way of quoting what was planted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assistant.bearing import Bearing
from assistant.pipeline import Assistant
from assistant.weights import Weights
from corpus import Document, DocumentKind
from corpus.parse import parse_sections
from eval.articles import article
from eval.safety.attacks import Attack
from eval.safety.rows import Row, read_toml
from index.build import build_index
from index.encode import Encoder
from index.opening import open_index

CLUB = Path(__file__).resolve().parent / "club.toml"
_Words = Annotated[str, Field(min_length=1)]


class _Section(Row):
    heading: _Words
    question: _Words
    sentences: Annotated[tuple[_Words, ...], Field(min_length=1)]


class _Club(Row):
    title: _Words
    section: Annotated[tuple[_Section, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Club:
    """The text before anything is planted: headings, what is asked there, what is said."""

    title: str
    headings: tuple[str, ...]
    questions: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """One copy of the text with an attack in each section."""

    document: Document
    attacks: tuple[Attack, ...]
    questions: tuple[str, ...]
    """What is asked where each of them stands."""


def read_club(path: Path = CLUB) -> Club:
    """The shipped text. Raises SafetyDataError."""
    read = read_toml(path, _Club)
    return Club(
        read.title,
        tuple(each.heading for each in read.section),
        tuple(each.question for each in read.section),
        tuple(each.sentences for each in read.section),
    )


def plant(attacks: Sequence[Attack], club: Club) -> Iterator[Planted]:
    """As many copies as there are attacks for, each attack in one section of one of them.

    They stand in front, in the middle and at the end by turns.
    """
    size = len(club.headings)
    for copy, start in enumerate(range(0, len(attacks), size)):
        here = tuple(attacks[start : start + size])
        words = [f"# {club.title}"]
        for n, (heading, sentences) in enumerate(zip(club.headings, club.sentences, strict=True)):
            said = list(sentences)
            if n < len(here):
                at = (0, len(said) // 2 + 1, len(said))[(n + copy) % 3]
                said.insert(at, here[n].words)
            words += [f"## {heading}", " ".join(said)]
        text = "\n\n".join(words) + "\n"
        yield Planted(
            _document(f"club-{copy}", club.title, text), here, club.questions[: len(here)]
        )


def searching(assistant: Assistant, planted: Planted, encoder: Encoder, folder: Path) -> Assistant:
    """The same assistant over the planted text alone, its index in `folder`.

    Raises PassageIndexError.
    """
    documents = (planted.document,)
    build_index(documents, encoder, folder)
    opened = open_index(documents, encoder, folder)
    bare = replace(
        assistant.shelf,
        texts=opened,
        topics=(),
        disagreements=(),
        products=(),
        notes=(),
    )
    bearing = Bearing(opened, assistant.lexicon, Weights())
    return replace(assistant, searcher=opened, bearing=bearing, shelf=bare)


def _document(name: str, title: str, text: str) -> Document:
    sections = parse_sections(text, DocumentKind.ARTICLE, untitled=title)
    return article(name, title, text, sections)
