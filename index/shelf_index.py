"""One search over the shelf: by meaning and by words, fused; every sentence with its own scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encode import Encoder, Vectors
from index.lexical import Analyzer, LexicalIndex, words_of
from index.passage import Hit, Passage, PassageSentence, SentenceHit
from index.store import VectorStore, vector_id

RRF_K = 60
"""Cormack, Clarke and Büttcher's constant for reciprocal rank fusion."""

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Sentences:
    """All sentences of the shelf in reading order, and where each passage's begin."""

    flat: tuple[PassageSentence, ...]
    ids: tuple[int, ...]
    first: tuple[int, ...]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> "_Sentences":
        flat = tuple(sentence for passage in passages for sentence in passage.sentences)
        first = np.cumsum([0, *(len(passage.sentences) for passage in passages)])
        ids = tuple(vector_id(str(sentence.span)) for sentence in flat)
        return cls(flat, ids, tuple(int(start) for start in first))


class ShelfIndex:
    """An opened index. Holds everything in memory, writes nothing, may be shared by threads."""

    def __init__(
        self,
        passages: Sequence[Passage],
        passage_vectors: VectorStore,
        sentence_vectors: VectorStore,
        encoder: Encoder,
    ) -> None:
        self.passages = tuple(passages)
        self._encoder = encoder
        self._passage_vectors = passage_vectors
        self._sentence_vectors = sentence_vectors
        self._sentences = _Sentences.of(self.passages)
        self._place_of_vector = {vector_id(each.id): n for n, each in enumerate(self.passages)}
        analyze = Analyzer()
        self._passage_words = LexicalIndex(
            [f"{each.header}\n{each.text}" for each in self.passages], analyze
        )
        self._sentence_words = LexicalIndex([each.text for each in self._sentences.flat], analyze)
        self.vocabulary = frozenset(
            word for each in self.passages for word in words_of(f"{each.header}\n{each.text}")
        )
        """Lowercased words of the texts, their titles and headings, spelled as they stand."""

    def search(self, query: str, top_k: int) -> tuple[Hit, ...]:
        """The `top_k` best passages, best first; fewer only if the shelf holds fewer."""
        return self.search_encoded(query, self.encode_query(query), top_k)

    def encode_query(self, query: str) -> Vectors:
        """Vector of a query, shape (dimension,). Loads the encoder if nobody did before.

        Of a query longer than the encoder reads, only the beginning counts.
        """
        vectors = self._encoder.encode([query])
        return vectors.reshape(-1)

    def search_encoded(self, query: str, vector: Vectors, top_k: int) -> tuple[Hit, ...]:
        """Like `search`, for a query that is encoded already: any number of words, one vector."""
        cosine, bm25 = self._dense(vector), self._passage_words.scores(query)
        fused = _fuse(_ranking(cosine), _ranking(bm25, above=0.0), size=len(self.passages))
        best = _ranking(fused)[:top_k]
        by_sentence = self._score_sentences(query, vector, best)
        return tuple(
            Hit(
                passage=self.passages[place],
                rank=rank,
                fused=float(fused[place]),
                cosine=float(cosine[place]),
                bm25=float(bm25[place]),
                sentences=by_sentence[place],
            )
            for rank, place in enumerate(best, start=1)
        )

    def _dense(self, vector: Vectors) -> Scores:
        """Cosine of every passage, in reading order."""
        found = self._passage_vectors.search(vector, len(self.passages))
        cosine = np.zeros(len(self.passages), dtype=np.float32)
        cosine[[self._place_of_vector[int(each)] for each in found.ids]] = found.products
        return cosine

    def _score_sentences(
        self, query: str, vector: Vectors, places: Iterable[int]
    ) -> dict[int, tuple[SentenceHit, ...]]:
        """Every sentence of the passages at `places`, scored on its own."""
        first = self._sentences.first
        bm25 = self._sentence_words.scores(query)
        scored = {}
        for place in places:
            here = range(first[place], first[place + 1])
            cosine = self._sentence_vectors.scores(vector, [self._sentences.ids[n] for n in here])
            scored[place] = tuple(
                SentenceHit(self._sentences.flat[n], float(near), float(bm25[n]))
                for n, near in zip(here, cosine, strict=True)
            )
        return scored


def _ranking(scores: Scores, above: float = -np.inf) -> list[int]:
    """Places by falling score, those not above the bar left out; equals in reading order."""
    order = np.argsort(-scores, kind="stable")
    return [int(place) for place in order if scores[place] > above]


def _fuse(*rankings: Sequence[int], size: int) -> Scores:
    """Reciprocal rank fusion: each ranking gives its n-th place 1 / (k + n)."""
    fused = np.zeros(size, dtype=np.float32)
    for ranking in rankings:
        for rank, place in enumerate(ranking, start=1):
            fused[place] += 1.0 / (RRF_K + rank)
    return fused
