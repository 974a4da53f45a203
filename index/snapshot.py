"""One state of the index on disk, searched: segments, and which of their documents still count."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import merge
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.engine import Card, CutDocument, Keys, Label, OutOfScope, Pool, Terms
from index.live import Live, Part
from index.passage import Passage
from index.postings import Kind, Weighed, idf_of, term_key
from index.ranking import Likeness
from index.rows import Places, Scores
from index.segment import sentences_of
from index.store import products

_PLACE_BITS = 40
"""A passage's key: the number of its segment, then its place there."""
_MOST_ASKED = 3
"""Likest known questions whose mean tells a theme from one lucky wording."""
_NEAREST = 64
"""Passages looked at to say how near a question comes to a large shelf."""
_MENDED_TOWARDS = 50_000
"""Words of a large shelf that spelling is mended towards, the frequent first."""


@dataclass(frozen=True, slots=True)
class _FaissPool(Pool):
    """A pool that knows where it lies."""

    parts: tuple[Part, ...]


class FaissSnapshot:
    """The segments of one manifest. Nothing in it changes; threads may share it."""

    def __init__(
        self, label: Label, lives: Sequence[Live], out_of_scope: OutOfScope, exact_passages: int
    ) -> None:
        self.label = label
        self._lives = tuple(lives)
        self._out_of_scope = out_of_scope
        self._exact = label.passages <= exact_passages
        self._weigh = lru_cache(maxsize=20_000)(self._weighed)
        self._sums: dict[Kind, tuple[int, float]] = {
            kind: _sums([live.sums(kind) for live in lives]) for kind in Kind
        }
        self._rank_documents()

    def _rank_documents(self) -> None:
        """Numbers all documents in order of id, so that passages can be put in that order."""
        ids = sorted({each for live in self._lives for each in live.living_ids()})
        rank = {document_id: n for n, document_id in enumerate(ids)}
        for live in self._lives:
            live.rank(rank)

    # --- which passages -----------------------------------------------------------------------

    def pool(self, wordings: Sequence[Terms], size: int) -> Pool:
        """All passages of a small shelf; of a large one the likely ones (`index/engine.py`)."""
        return self._everything if self._exact else self._likely(wordings, size)

    @cached_property
    def _everything(self) -> "_FaissPool":
        return self._pool_of([live.living_places() for live in self._lives])

    def _likely(self, wordings: Sequence[Terms], size: int) -> "_FaissPool":
        if not wordings:
            return self._pool_of([np.zeros(0, dtype=np.intp) for _ in self._lives])
        found: list[Places] = []
        vectors = np.stack([each.vector for each in wordings])
        by_words = [self._all_weighed(Kind.PASSAGE, each) for each in wordings]
        mean = self._mean(Kind.PASSAGE)
        for live in self._lives:
            near = live.near(vectors, size)
            words = [live.best_by_words(each, mean, size // 2) for each in by_words]
            asked = [live.near_asked(each, size) for each in vectors]
            found.append(np.unique(np.concatenate([near, *words, *asked])))
        return self._pool_of(found)

    def _pool_of(self, places: Sequence[Places]) -> "_FaissPool":
        """The passages at these places of each segment, in order of (document id, start)."""
        numbers = [np.full(len(each), number) for number, each in enumerate(places)]
        ranks = [live.ranks_of(each) for live, each in zip(self._lives, places, strict=True)]
        number, place, rank = (_joined(each) for each in (numbers, places, ranks))
        order = np.lexsort((place, rank))
        number, place = number[order], place[order]
        counts = np.zeros(len(place), dtype=np.intp)
        at = [np.flatnonzero(number == n) for n in range(len(self._lives))]
        for live, here in zip(self._lives, at, strict=True):
            counts[here] = live.sentence_counts(place[here])
        first = np.concatenate(([0], np.cumsum(counts)))
        parts = tuple(
            Part(live, place[here].astype(np.intp), sentences_of(first, here))
            for live, here in zip(self._lives, at, strict=True)
            if len(here)
        )
        known = np.zeros(int(first[-1]), dtype=np.bool_)
        for part in parts:
            known[part.sentences_at] = part.live.asks(part.sentences)
        keys = (number << _PLACE_BITS) | place
        return _FaissPool(keys, first.astype(np.intp), known, parts)

    def _parts_of(self, pool: Pool) -> tuple[Part, ...]:
        if not isinstance(pool, _FaissPool):
            raise TypeError("a pool can only be asked about where it was made")
        return pool.parts

    # --- how like -----------------------------------------------------------------------------

    def likeness(self, pool: Pool, wording: Terms) -> Likeness:
        """How like the wording every sentence of the pool is."""
        size = int(pool.first[-1])
        found = {name: np.zeros(size, dtype=np.float32) for name in Likeness.__slots__}
        passage, sentence, asked = (self._all_weighed(kind, wording) for kind in Kind)
        for part in self._parts_of(pool):
            at = part.sentences_at
            live = part.live
            found["cosine"][at] = live.sentence_products(wording.vector, part)
            found["passage_cosine"][at] = part.spread(live.passage_products(wording.vector, part))
            found["passage_bm25"][at] = part.spread(
                live.scores(Kind.PASSAGE, passage, self._mean(Kind.PASSAGE), part.passages)
            )
            found["bm25"][at] = live.scores(
                Kind.SENTENCE, sentence, self._mean(Kind.SENTENCE), part.sentences
            )
            found["asked_bm25"][at] = live.scores(
                Kind.ASKED, asked, self._mean(Kind.ASKED), part.sentences
            )
            likest, mean = live.asked_products(wording.vector, part, _MOST_ASKED)
            found["asked"][at], found["asked_mean"][at] = likest, mean
        return Likeness(**found)

    def _mean(self, kind: Kind) -> float:
        units, length = self._sums[kind]
        return length / units if units and length else 1.0

    def _all_weighed(self, kind: Kind, wording: Terms) -> tuple[Weighed, ...]:
        weighed = [self._weigh(kind, term) for term in wording.terms]
        return tuple(each for each in weighed if each is not None)

    def _weighed(self, kind: Kind, term: str) -> Weighed | None:
        key = term_key(term)
        holding = sum(live.holding(kind, key) for live in self._lives)
        return Weighed(key, idf_of(self._sums[kind][0], holding)) if holding else None

    def nearest(self, vector: Vectors) -> tuple[float, float, float, float]:
        """Highest cosine of each kind (`index/engine.py`)."""
        pool = self.pool([Terms(vector, ())], _NEAREST)
        sentences = passages = asked = 0.0
        parts = self._parts_of(pool)
        if parts:
            sentences = max(_highest(p.live.sentence_products(vector, p)) for p in parts)
            passages = max(_highest(p.live.passage_products(vector, p)) for p in parts)
        all_asked = [live.living_asked_products(vector) for live in self._lives]
        if any(len(each) for each in all_asked):
            asked = max(_highest(each) for each in all_asked if len(each))
        outside = products(vector, self._out_of_scope.vectors)
        return asked, sentences, passages, _highest(outside) if len(outside) else 0.0

    # --- what stands there --------------------------------------------------------------------

    def passages(self, keys: Keys) -> tuple[Passage, ...]:
        """The passages of these keys, in their order."""
        mask = (1 << _PLACE_BITS) - 1
        return tuple(
            self._lives[key >> _PLACE_BITS].segment.passage(key & mask) for key in keys.tolist()
        )

    def every_passage(self) -> Iterator[Passage]:
        """All passages in order of (document id, start), one after the other."""
        for document in self.every_document():
            yield from document.passages

    def every_document(self) -> Iterable[CutDocument]:
        """All documents with their vectors in order of id, one after the other."""
        return merge(*(live.documents() for live in self._lives), key=lambda each: each.card.id)

    def card(self, document_id: str) -> Card | None:
        """What is known of a document, or None if it is not there."""
        found = self._find(document_id)
        return found[0].segment.card(found[1]) if found else None

    def document(self, document_id: str) -> CutDocument | None:
        """A whole document with its vectors, or None."""
        found = self._find(document_id)
        return found[0].segment.document(found[1]) if found else None

    def _find(self, document_id: str) -> tuple[Live, int] | None:
        for live in self._lives:
            if (number := live.number_of(document_id)) is not None:
                return live, number
        return None

    def out_of_scope(self) -> OutOfScope:
        """Questions that the texts are known not to answer, with their vectors."""
        return self._out_of_scope

    def words(self) -> frozenset[str]:
        """Lowercased words of the texts, titles and headings; of a large shelf, the frequent."""
        counts: dict[str, int] = {}
        for live in self._lives:
            for word, count in live.words(exactly=self._exact).items():
                counts[word] = counts.get(word, 0) + count
        if self._exact:
            return frozenset(counts)
        return frozenset(sorted(counts, key=lambda each: (-counts[each], each))[:_MENDED_TOWARDS])


def _joined(arrays: Sequence[npt.NDArray[np.integer[Any]]]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.zeros(0, dtype=np.int64), *arrays]).astype(np.int64)


def _sums(each: Sequence[tuple[int, int]]) -> tuple[int, float]:
    return sum(units for units, _ in each), float(sum(length for _, length in each))


def _highest(scores: Scores) -> float:
    return float(scores.max()) if len(scores) else -1.0
