"""What an exact search would find: every sentence compared, by the same formula, with plain numpy.

Shares the weights of the ranking with the index and nothing else: vectors are multiplied as they
come from the encoder, and BM25 is counted here once more.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.ranking import Likeness, Scores, log_odds

K1, B = 1.5, 0.75
KEPT = 50
"""Best passages kept of each question: enough to tell equals at the tenth place."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best passages of one question, best first."""

    ids: tuple[str, ...]
    scores: tuple[float, ...]


@dataclass(slots=True)
class Units:
    """How often units hold the terms that are asked for; other terms only count as length."""

    asked: frozenset[str]
    lengths: "array[int]" = field(default_factory=lambda: array("I"))
    holders: dict[str, "tuple[array[int], array[int]]"] = field(default_factory=dict)
    """For each term the places of units that hold it, and how often they do."""

    def add(self, terms: Sequence[str]) -> None:
        """The next unit's terms, repeats and all."""
        place = len(self.lengths)
        self.lengths.append(len(terms))
        for term, count in Counter(t for t in terms if t in self.asked).items():
            places, counts = self.holders.setdefault(term, (array("I"), array("I")))
            places.append(place)
            counts.append(count)

    def bm25(self, terms: Iterable[str]) -> Scores:
        """Lucene's BM25 of every unit."""
        lengths = np.asarray(self.lengths, dtype=np.float64)
        total, mean = len(lengths), lengths.mean()
        scores = np.zeros(total, dtype=np.float64)
        for term in dict.fromkeys(terms):
            if term not in self.holders:
                continue
            places, tf = (np.asarray(each, dtype=np.int64) for each in self.holders[term])
            idf = log(1 + (total - len(places) + 0.5) / (len(places) + 0.5))
            scores[places] += idf * tf / (tf + K1 * (1 - B + B * lengths[places] / mean))
        return scores.astype(np.float32)


@dataclass(slots=True)
class ExactSearch:
    """Takes passages in, a few thousand at a time; answers once all are in."""

    vectors: Vectors
    """Shape (questions, dimension)."""
    terms: tuple[tuple[str, ...], ...]
    """Stemmed terms of each question."""
    ids: list[str] = field(default_factory=list)
    first: "array[int]" = field(default_factory=lambda: array("q", [0]))
    """Place of each passage's first sentence; then the number of all."""
    _passages: list[Scores] = field(default_factory=list)
    _sentences: list[Scores] = field(default_factory=list)
    _passage_words: Units = field(init=False)
    _sentence_words: Units = field(init=False)

    def __post_init__(self) -> None:
        asked = frozenset(term for each in self.terms for term in each)
        self._passage_words, self._sentence_words = Units(asked), Units(asked)

    def add_words(self, passage_id: str, header: Sequence[str], said: Sequence[list[str]]) -> None:
        """The next passage: terms of its header and of each of its sentences."""
        self.ids.append(passage_id)
        self.first.append(self.first[-1] + len(said))
        self._passage_words.add([*header, *(term for each in said for term in each)])
        for terms in said:
            self._sentence_words.add(terms)

    def add_vectors(self, passages: Vectors, sentences: Vectors) -> None:
        """Vectors of the next passages and of all their sentences."""
        self._passages.append(np.asarray(self.vectors @ passages.T, dtype=np.float32))
        self._sentences.append(np.asarray(self.vectors @ sentences.T, dtype=np.float32))

    def best_by_meaning(self, number: int) -> Best:
        """Passages whose own vectors are nearest to a question's."""
        return self._best(self._row(self._passages, number))

    def best(self, number: int) -> Best:
        """Passages as the index would rank them for a question if it looked at everything."""
        first = np.asarray(self.first, dtype=np.intp)
        passage_of = np.repeat(np.arange(len(self.ids)), np.diff(first))
        passage_cosine = self._row(self._passages, number)
        sentences = self._row(self._sentences, number)
        none = np.zeros_like(sentences)
        likeness = Likeness(
            cosine=sentences,
            passage_cosine=passage_cosine[passage_of],
            bm25=self._sentence_words.bm25(self.terms[number]),
            passage_bm25=self._passage_words.bm25(self.terms[number])[passage_of],
            asked=none,
            asked_mean=none,
            asked_bm25=none,
        )
        odds = log_odds(likeness, np.zeros(len(sentences), dtype=np.bool_))
        return self._best(np.maximum.reduceat(odds, first[:-1]))

    def _row(self, parts: list[Scores], number: int) -> Scores:
        return np.concatenate([part[number] for part in parts])

    def _best(self, scores: npt.NDArray[np.float32]) -> Best:
        kept = min(KEPT, len(scores))
        some = np.argpartition(-scores, kept - 1)[:kept]
        order = some[np.lexsort((some, -scores[some]))]
        return Best(
            tuple(self.ids[n] for n in order.tolist()), tuple(scores[order].astype(float).tolist())
        )


def recall_at(k: int, found: Sequence[str], exact: Best, equal: float = 1e-4) -> float:
    """Share of the k best that were found; one that scores like the last of them is as good."""
    if not exact.ids:
        return 1.0
    wanted = min(k, len(exact.ids))
    bar = exact.scores[wanted - 1] - equal
    good = {name for name, score in zip(exact.ids, exact.scores, strict=True) if score >= bar}
    return min(len(good.intersection(found[:k])), wanted) / wanted
