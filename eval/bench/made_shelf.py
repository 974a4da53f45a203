"""A shelf of any size, made up: the same documents on every machine, none held longer than needed.

Each document keeps to one of many topics, a topic to its own words (Zipf within it), and a section
to some of its topic's: so passages have near and far neighbours, as those of real texts have. The
sentences say nothing. What this shelf shows is how a search behaves as it grows; whether what it
finds answers anybody is measured on questions (`python -m eval`).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from corpus import Document, Section, Sentence
from eval.articles import article
from eval.bench.made_words import drawn, name, sentence, words
from index.sources import Source

_MADE = 1
"""Raise it when the same numbers would make other documents."""
PASSAGES_EACH = 10
"""About so many passages a document is cut into."""
_SECTIONS = (4, 7)
_SENTENCES = (3, 6)
_LENGTH, _SPREAD, _SHORTEST, _LONGEST = 20.0, 5.0, 7, 36
"""Words of a sentence."""
_TOPIC_WORDS = 120
_SECTION_WORDS = 40
_NAMES_EACH = 3
_GRAMMAR, _FIELD, _TOPICAL, _ANY = 0.47, 0.08, 0.37, 0.05
"""Shares of words of each sort (`made_words.py`); the rest are names."""
_KINDS = np.cumsum([_GRAMMAR, _FIELD, _TOPICAL, _ANY])
_ASKED_WORDS = (3, 7)

_Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class MadeShelf:
    """Documents numbered from 0; those from `documents` on are not on it yet."""

    documents: int
    seed: int = 5

    @classmethod
    def of_passages(cls, passages: int) -> "MadeShelf":
        """One of about so many passages."""
        return cls(max(1, round(passages / PASSAGES_EACH)))

    @property
    def topics(self) -> int:
        """More for a larger shelf, but not as many more: a topic of a large shelf is fuller."""
        return max(4, round(4 * sqrt(self.documents)))

    def sources(self) -> tuple[Source, ...]:
        """All documents, none of them made yet."""
        return tuple(self.source(number) for number in range(self.documents))

    def source(self, number: int, edition: int = 0) -> Source:
        """One document, made when it is asked for."""
        made = f"{_MADE} {self.seed} {self.topics} {number} {edition}"
        return Source(
            id_of(number),
            hashlib.sha256(made.encode()).hexdigest(),
            lambda: self.document(number, edition),
        )

    def document(self, number: int, edition: int = 0) -> Document:
        """A document; of another edition one sentence is another."""
        paragraphs = self._paragraphs(number)
        if edition:
            random = self._random(number, edition)
            section = paragraphs[int(random.integers(len(paragraphs)))]
            changed = int(random.integers(len(section)))
            section[changed] = _sentences(random, self._topic_words(number), number, 1)[0]
        return _document(number, self._title(number), paragraphs)

    def queries(self, count: int) -> Iterator[str]:
        """So many different questions, each in some of the words of a section."""
        random = self._random(-1)
        for _ in range(count):
            number = int(random.integers(self.documents))
            sections = self._paragraphs(number)
            section = sections[int(random.integers(len(sections)))]
            spoken = " ".join(section).lower().replace(",", "").replace(".", "").split()
            telling = sorted(set(spoken) - set(words().grammar))
            wanted = min(int(random.integers(*_ASKED_WORDS)), len(telling))
            asked = [telling[n] for n in random.choice(len(telling), wanted, replace=False)]
            yield f"what about {' '.join(asked)}"

    def _paragraphs(self, number: int) -> list[list[str]]:
        """The sentences of each section."""
        random = self._random(number, 0)
        topic = self._topic_words(number)
        made = []
        for _ in range(int(random.integers(*_SECTIONS))):
            some = random.permutation(len(topic))[:_SECTION_WORDS]
            own = tuple(topic[n] for n in np.sort(some))
            made.append(_sentences(random, own, number, int(random.integers(*_SENTENCES))))
        return made

    def _title(self, number: int) -> str:
        return f"{name(number % 6400).capitalize()}: {' '.join(self._topic_words(number)[:3])}"

    def _topic_words(self, number: int) -> tuple[str, ...]:
        """The words of a document's topic, the commonest first."""
        random = np.random.default_rng([self.seed, 1, number % self.topics])
        telling = words().telling
        return tuple(telling[n] for n in random.choice(len(telling), _TOPIC_WORDS, replace=False))

    def _random(self, number: int, edition: int = 0) -> _Random:
        return np.random.default_rng([self.seed, 0, number + 1, edition])


def id_of(number: int) -> str:
    """A document's id; they stand in the order of their numbers."""
    return f"made-{number:08d}"


def _sentences(random: _Random, own: tuple[str, ...], number: int, count: int) -> list[str]:
    """So many sentences about some words."""
    every = words()
    lengths = random.normal(_LENGTH, _SPREAD, count).round().clip(_SHORTEST, _LONGEST).astype(int)
    total = int(lengths.sum())
    kinds = np.searchsorted(_KINDS, random.random(total), side="right").tolist()
    at = random.random(total)
    names = [name(number * _NAMES_EACH + n) for n in range(_NAMES_EACH)]
    sorts = (every.grammar, every.field, own, every.telling, names)
    places = [drawn(len(sort), at).tolist() for sort in sorts]
    chosen = [sorts[kind][places[kind][n]] for n, kind in enumerate(kinds)]
    ends = np.cumsum(lengths)
    return [sentence(chosen[end - size : end]) for end, size in zip(ends, lengths, strict=True)]


def _document(number: int, title: str, paragraphs: list[list[str]]) -> Document:
    text = f"# {title}\n"
    sections = []
    for place, paragraph in enumerate(paragraphs, start=1):
        heading = f"Part {place}: {paragraph[0].split()[1].strip(',.')}"
        text += f"\n## {heading}\n\n"
        spoken = []
        for each in paragraph:
            spoken.append(Sentence(len(text), len(text) + len(each)))
            text += each + " "
        text = text[:-1] + "\n"
        sections.append(Section(heading, "author", spoken[0].start, spoken[-1].end, tuple(spoken)))
    return article(id_of(number), title, text, tuple(sections))
