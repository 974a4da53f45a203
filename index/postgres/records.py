"""A document as rows, and rows as a document again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from pydantic import TypeAdapter

from index.engine import Card, CutDocument
from index.lexical import Analyzer, words_of
from index.passage import Passage, PassageSentence
from index.postgres.driver import as_sent
from index.postgres.generations import Totals
from index.postgres.tables import SHIFT

CARD = TypeAdapter(Card)
PASSAGE = TypeAdapter(Passage)
"""How they are written and read: plain JSON, every field checked."""

Counts = Counter[tuple[str, str]]
"""(kind, term) to units that hold the term. Kinds: "p" passages, "s" sentences, "a" sentences with
their known questions, "w" documents that hold a word as it is spelled."""

_Rows = dict[str, list[tuple[object, ...]]]


@dataclass(slots=True)
class Rows:
    """Rows that are still to be sent, by table, and what they add to the counts."""

    analyze: Analyzer
    by_table: _Rows = field(default_factory=dict)
    counts: Counts = field(default_factory=Counter)
    size: int = 0

    def add(self, document: CutDocument, key: int) -> Totals:
        """Takes a document apart; says what it adds to the totals.

        Raises:
            ValueError: it has more or fewer vectors than words they would be of.
        """
        words: set[str] = set()
        totals = Totals()
        vectors = _Vectors.of(document)
        bodies = [PASSAGE.dump_json(passage).decode() for passage in document.passages]
        for place, (passage, body) in enumerate(zip(document.passages, bodies, strict=True)):
            words.update(words_of(f"{passage.header}\n{passage.text}"))
            totals = totals.plus(self._add(passage, body, (key << SHIFT) + place, vectors))
        self.counts.update(("w", word) for word in words)
        card = CARD.dump_json(document.card).decode()
        known = (key, document.card.id, document.card.digest, card, sorted(words))
        self._put("documents", *known, check_sum(document, card, bodies), *totals.numbers())
        return totals

    def _add(self, passage: Passage, body: str, key: int, vectors: "_Vectors") -> Totals:
        asked = [bool(each.asked) for each in passage.sentences]
        self._put("passages", key, body, asked, next(vectors.passages))
        terms = self.analyze(f"{passage.header}\n{passage.text}")
        for term, tf in Counter(terms).items():
            self._put("passage_words", term, key, tf, len(terms))
            self.counts["p", term] += 1
        totals = Totals(passages=1, passage_terms=len(terms))
        for n, sentence in enumerate(passage.sentences):
            self._put("sentences", key, n, next(vectors.sentences))
            for m, _ in enumerate(sentence.asked):
                self._put("asked", key, n, m, next(vectors.asked))
            totals = totals.plus(self._add_words(sentence, key, n))
        return totals

    def _add_words(self, sentence: PassageSentence, key: int, n: int) -> Totals:
        mine = Counter(self.analyze(sentence.text))
        every = mine
        if sentence.asked:
            every = Counter(self.analyze("\n".join([sentence.text, *sentence.asked])))
        length, length_all = mine.total(), every.total()
        for term, tf_all in every.items():
            self._put("sentence_words", term, key, n, mine[term], tf_all, length, length_all)
            self.counts["a", term] += 1
            if mine[term]:
                self.counts["s", term] += 1
        return Totals(0, 1, len(sentence.asked), 0, length, length_all)

    def _put(self, table: str, *row: object) -> None:
        self.by_table.setdefault(table, []).append(row)
        self.size += 1

    def emptied(self) -> _Rows:
        """All rows, which are then no longer here; the counts stay."""
        rows, self.by_table, self.size = self.by_table, {}, 0
        return rows


def check_sum(document: CutDocument, card: str, bodies: Sequence[str]) -> str:
    """Digests of all that is kept of a document, in the order the database can make them again."""
    pairs = zip(bodies, document.passage_vectors, strict=True)
    parts = (
        card.encode(),
        b"".join(body.encode() + as_sent(vector) for body, vector in pairs),
        b"".join(as_sent(vector) for vector in document.sentence_vectors),
        b"".join(as_sent(vector) for vector in document.asked_vectors),
    )
    return " ".join(sha256(part).hexdigest() for part in parts)


@dataclass(frozen=True, slots=True)
class _Vectors:
    """A document's vectors, one after the other."""

    passages: Iterator[object]
    sentences: Iterator[object]
    asked: Iterator[object]

    @classmethod
    def of(cls, document: CutDocument) -> "_Vectors":
        sentences = [each for passage in document.passages for each in passage.sentences]
        asked = sum(len(each.asked) for each in sentences)
        have = (
            len(document.passage_vectors),
            len(document.sentence_vectors),
            len(document.asked_vectors),
        )
        if have != (len(document.passages), len(sentences), asked):
            raise ValueError(f"{document.card.id}: vectors do not match the words, {have}")
        return cls(
            iter(document.passage_vectors),
            iter(document.sentence_vectors),
            iter(document.asked_vectors),
        )
