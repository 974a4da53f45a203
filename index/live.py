"""A segment as one state of the index sees it: some of its documents may have been taken out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.engine import CutDocument
from index.lexical import words_of
from index.postings import Alive, Kind, Weighed
from index.rows import Places, Scores
from index.segment import Segment, sentences_of
from index.store import products

_REMEMBERED = 4
"""Questions whose products with everything are kept: one is asked for them more than once."""


class Live:
    """One segment and which of its documents count."""

    def __init__(self, segment: Segment, living: npt.NDArray[np.bool_]) -> None:
        """`living`: shape (documents,)."""
        self.segment = segment
        self._living = living
        self._whole = bool(living.all())
        counts = np.diff(segment.document_first)
        passages = np.repeat(living, counts)
        sentences = np.repeat(passages, np.diff(segment.sentence_first))
        self._alive: Mapping[Kind, Alive | None] = (
            dict.fromkeys(Kind)
            if self._whole
            else {Kind.PASSAGE: passages, Kind.SENTENCE: sentences, Kind.ASKED: sentences}
        )
        self._ranks = np.zeros(len(segment.ids), dtype=np.int64)
        self._every_sentence = lru_cache(maxsize=_REMEMBERED)(self._all_sentence_products)
        self._every_passage = lru_cache(maxsize=_REMEMBERED)(self._all_passage_products)

    # --- documents ----------------------------------------------------------------------------

    def living_ids(self) -> tuple[str, ...]:
        """Ids of the documents that count, ascending."""
        return tuple(self.segment.ids[n] for n in np.flatnonzero(self._living).tolist())

    def number_of(self, document_id: str) -> int | None:
        """The place of a document that counts."""
        number = self.segment.number_of(document_id)
        return number if number is not None and self._living[number] else None

    def documents(self) -> Iterator[CutDocument]:
        """Those that count, in order of id, each read when it is asked for."""
        for number in np.flatnonzero(self._living).tolist():
            yield self.segment.document(number)

    def rank(self, ranks: Mapping[str, int]) -> None:
        """Takes over the number of each document among all of the index."""
        self._ranks = np.array([ranks.get(each, -1) for each in self.segment.ids], dtype=np.int64)

    def words(self, *, exactly: bool) -> Mapping[str, int]:
        """How often each word stands in them; of removed documents too unless `exactly`."""
        if self._whole or not exactly:
            return self.segment.words()
        counts: Counter[str] = Counter()
        for number in np.flatnonzero(self._living).tolist():
            for passage in self.segment.document(number).passages:
                counts.update(words_of(f"{passage.header}\n{passage.text}"))
        return counts

    # --- places -------------------------------------------------------------------------------

    def living_places(self) -> Places:
        """Places of all passages that count."""
        alive = self._alive[Kind.PASSAGE]
        count = self.segment.label.passages
        return np.arange(count, dtype=np.intp) if alive is None else np.flatnonzero(alive)

    def ranks_of(self, places: Places) -> npt.NDArray[np.int64]:
        """For each passage the number of its document among all of the index."""
        numbers = np.searchsorted(self.segment.document_first, places, side="right") - 1
        return self._ranks[numbers]

    def sentence_counts(self, places: Places) -> npt.NDArray[np.int64]:
        """How many sentences each of these passages has."""
        first = self.segment.sentence_first
        return first[places + 1] - first[places]

    def sentences_of(self, places: Places) -> Places:
        """Places of all sentences of these passages."""
        return sentences_of(self.segment.sentence_first, places)

    def asks(self, sentences: Places) -> npt.NDArray[np.bool_]:
        """Whether it is known what people ask to be told each of these sentences."""
        first = self.segment.asked_first
        known: npt.NDArray[np.bool_] = first[sentences + 1] > first[sentences]
        return known

    # --- candidates of a large shelf ------------------------------------------------------------

    def near(self, vectors: Vectors, size: int) -> Places:
        """Places of about the `size` passages that count and are nearest to each of the vectors."""
        near = self.segment.near
        alive = self._alive[Kind.PASSAGE]
        if near is None:
            places = self.living_places()
            rows = self.segment.passage_rows
            best = [places[_best(rows.products(each)[places], size)] for each in vectors]
            return np.concatenate([places[:0], *best])
        if alive is None:
            return near.search(vectors, size).astype(np.intp)
        # As many more as are gone on average, so that enough of those that count are left.
        living = max(float(alive.mean()), 0.2)
        found = near.search(vectors, int(size / living) + 16).astype(np.intp)
        return found[alive[found]]

    def best_by_words(self, weighed: Sequence[Weighed], mean_length: float, size: int) -> Places:
        """Places of the `size` passages that count and score highest in words."""
        return self.segment.words_by[Kind.PASSAGE].best(
            weighed, mean_length, size, self._alive[Kind.PASSAGE]
        )

    def near_asked(self, vector: Vectors, size: int) -> Places:
        """Places of passages that count and hold the sentences with the likest known questions."""
        first = self.segment.asked_first
        likeness = self.segment.asked_rows.products(vector)
        rows = _best(likeness, size)
        sentences = np.searchsorted(first, rows, side="right") - 1
        places = np.searchsorted(self.segment.sentence_first, sentences, side="right") - 1
        alive = self._alive[Kind.PASSAGE]
        return np.unique(places if alive is None else places[alive[places]]).astype(np.intp)

    # --- words ----------------------------------------------------------------------------------

    def sums(self, kind: Kind) -> tuple[int, int]:
        """How many units of a kind count, and their length in terms together."""
        lengths, alive = self.segment.words_by[kind].lengths, self._alive[kind]
        if alive is None:
            return len(lengths), int(lengths.sum(dtype=np.int64))
        return int(np.count_nonzero(alive)), int(lengths[alive].sum(dtype=np.int64))

    def holding(self, kind: Kind, key: int) -> int:
        """How many units of a kind count and hold a term."""
        return self.segment.words_by[kind].holding(key, self._alive[kind])

    def scores(
        self, kind: Kind, weighed: Sequence[Weighed], mean_length: float, places: Places
    ) -> Scores:
        """BM25 of these units."""
        postings = self.segment.words_by[kind]
        if len(places) == len(postings.lengths):
            return postings.scores(weighed, mean_length)
        return postings.scores(weighed, mean_length, places)

    # --- meanings -------------------------------------------------------------------------------

    def sentence_products(self, vector: Vectors, part: "Part") -> Scores:
        """Inner products with the part's sentences."""
        if self.segment.near is None:
            return self._every_sentence(vector.tobytes())[part.sentences]
        return products(vector, part.sentence_rows)

    def passage_products(self, vector: Vectors, part: "Part") -> Scores:
        """Inner products with the part's passages."""
        if self.segment.near is None:
            return self._every_passage(vector.tobytes())[part.passages]
        return products(vector, part.passage_rows)

    def _all_sentence_products(self, vector: bytes) -> Scores:
        return self.segment.sentence_rows.products(np.frombuffer(vector, dtype=np.float32))

    def _all_passage_products(self, vector: bytes) -> Scores:
        return self.segment.passage_rows.products(np.frombuffer(vector, dtype=np.float32))

    def asked_products(self, vector: Vectors, part: "Part", most: int) -> tuple[Scores, Scores]:
        """For each sentence of the part, the likest question it answers, and the mean of the
        `most` likest; 0 where none is known.
        """
        likest = np.zeros(len(part.sentences), dtype=np.float32)
        mean = np.zeros_like(likest)
        known = np.flatnonzero(self.asks(part.sentences))
        if len(known):
            sentences = part.sentences[known]
            first = self.segment.asked_first
            likeness = self.segment.asked_rows.products(vector, sentences_of(first, sentences))
            counts = first[sentences + 1] - first[sentences]
            likest[known], mean[known] = _top_means(likeness, counts, most)
        return likest, mean

    def living_asked_products(self, vector: Vectors) -> Scores:
        """Inner products with every known question of the documents that count."""
        likeness = self.segment.asked_rows.products(vector)
        alive = self._alive[Kind.SENTENCE]
        if alive is None:
            return likeness
        return likeness[np.repeat(alive, np.diff(self.segment.asked_first))]


class Part:
    """What of a pool lies in one segment. Rows that have to be read are read once."""

    def __init__(self, live: Live, passages: Places, sentences_at: Places) -> None:
        """`passages`: their places in the segment, ascending.
        `sentences_at`: places of all their sentences among those of the pool.
        """
        self.live = live
        self.passages = passages
        self.sentences_at = sentences_at
        self.sentences = live.sentences_of(passages)
        """Places of all their sentences in the segment."""

    @cached_property
    def passage_rows(self) -> Vectors:
        """Vectors of the passages."""
        return self.live.segment.passage_rows.take(self.passages)

    @cached_property
    def sentence_rows(self) -> Vectors:
        """Vectors of their sentences."""
        return self.live.segment.sentence_rows.take(self.sentences)

    def spread(self, of_passages: Scores) -> Scores:
        """A value of each passage, repeated for each of its sentences."""
        return np.repeat(of_passages, self.live.sentence_counts(self.passages))


def _best(scores: Scores, size: int) -> Places:
    """Places of the `size` highest."""
    if len(scores) <= size:
        return np.arange(len(scores), dtype=np.intp)
    return np.argpartition(-scores, size)[:size]


def _top_means(likeness: Scores, counts: npt.NDArray[np.int64], most: int) -> tuple[Scores, Scores]:
    """Of each run of so many likenesses the highest, and the mean of the `most` highest."""
    groups = np.repeat(np.arange(len(counts)), counts)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    falling = likeness[np.lexsort((-likeness, groups))]
    place = np.arange(len(falling)) - np.repeat(starts, counts)
    kept = place < most
    begins = np.concatenate(([0], np.cumsum(np.minimum(counts, most))[:-1]))
    sums = np.add.reduceat(falling[kept], begins)
    return falling[starts], (sums / np.minimum(counts, most)).astype(np.float32)
