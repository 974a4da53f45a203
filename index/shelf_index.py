"""One search over the shelf: by meaning, by words and by the questions its sentences answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encode import Encoder, Vectors
from index.lexical import Analyzer, LexicalIndex, words_of
from index.passage import Hit, Passage, PassageSentence, Scope, SentenceHit
from index.ranking import Likeness, Scores, log_odds, mean_of
from index.store import VectorStore

_MOST_ASKED = 3
"""Likest known questions whose mean tells a theme from one lucky wording."""


@dataclass(frozen=True, slots=True)
class _Sentences:
    """All sentences of the shelf in reading order, and where each passage's begin."""

    flat: tuple[PassageSentence, ...]
    first: npt.NDArray[np.intp]
    """For each passage the place of its first sentence; then the number of all."""
    passage_of: npt.NDArray[np.intp]
    """For each sentence the place of its passage."""
    asked: tuple[tuple[int, int, int], ...]
    """For each sentence with known questions: its place, and theirs from (in) to (out)."""

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> "_Sentences":
        flat = tuple(sentence for passage in passages for sentence in passage.sentences)
        counts = [len(passage.sentences) for passage in passages]
        ends = np.cumsum([0, *(len(sentence.asked) for sentence in flat)])
        return cls(
            flat,
            np.cumsum([0, *counts]),
            np.repeat(np.arange(len(passages)), counts),
            tuple(
                (n, int(ends[n]), int(ends[n + 1]))
                for n, sentence in enumerate(flat)
                if sentence.asked
            ),
        )


class ShelfIndex:
    """An opened index. Holds everything in memory, writes nothing, may be shared by threads."""

    def __init__(
        self,
        passages: Sequence[Passage],
        passage_vectors: VectorStore,
        sentence_vectors: VectorStore,
        asked_vectors: VectorStore,
        out_of_scope_vectors: VectorStore,
        encoder: Encoder,
    ) -> None:
        self.passages = tuple(passages)
        self._encoder = encoder
        self._passage_vectors = passage_vectors
        self._sentence_vectors = sentence_vectors
        self._asked_vectors = asked_vectors
        self._out_of_scope_vectors = out_of_scope_vectors
        self._sentences = _Sentences.of(self.passages)
        flat = self._sentences.flat
        analyze = Analyzer()
        self._passage_words = LexicalIndex(
            [f"{each.header}\n{each.text}" for each in self.passages], analyze
        )
        self._sentence_words = LexicalIndex([each.text for each in flat], analyze)
        self._asked_words = LexicalIndex(
            ["\n".join([each.text, *each.asked]) for each in flat], analyze
        )
        self._has_questions = np.array([bool(each.asked) for each in flat], dtype=np.bool_)
        self.vocabulary = frozenset(
            word for each in self.passages for word in words_of(f"{each.header}\n{each.text}")
        )
        """Lowercased words of the texts, their titles and headings, spelled as they stand."""

    def search(self, query: str, top_k: int) -> tuple[Hit, ...]:
        """The `top_k` best passages, best first; fewer only if the shelf holds fewer."""
        return self.search_encoded([query], self.encode([query]), top_k)

    def encode(self, queries: Sequence[str]) -> Vectors:
        """Vectors of queries, shape (n, dimension). Loads the encoder if nobody did before.

        Of a query longer than the encoder reads, only the beginning counts.
        """
        return self._encoder.encode(queries)

    def search_encoded(
        self, queries: Sequence[str], vectors: Vectors, top_k: int
    ) -> tuple[Hit, ...]:
        """Like `search`, for one question in several wordings that are encoded already.

        Scores are the mean over the wordings. `vectors` has a row for each of them.
        """
        found = mean_of(
            [self._likeness(query, row) for query, row in zip(queries, vectors, strict=True)]
        )
        odds = log_odds(found, self._has_questions)
        first = self._sentences.first
        by_passage = np.maximum.reduceat(odds, first[:-1]) if self.passages else odds
        best = np.argsort(-by_passage, kind="stable")[:top_k]
        return tuple(
            Hit(
                passage=self.passages[place],
                rank=rank,
                fused=float(by_passage[place]),
                cosine=float(found.passage_cosine[first[place]]),
                bm25=float(found.passage_bm25[first[place]]),
                sentences=tuple(self._hit(found, n) for n in range(first[place], first[place + 1])),
            )
            for rank, place in enumerate(best, start=1)
        )

    def scope(self, vectors: Vectors) -> Scope:
        """Whether one question, in one or more wordings, is for this shelf at all.

        The mean over the wordings.
        """
        stores = (
            self._asked_vectors,
            self._sentence_vectors,
            self._passage_vectors,
            self._out_of_scope_vectors,
        )
        return Scope(*(_highest(store, vectors) for store in stores))

    def _likeness(self, query: str, vector: Vectors) -> Likeness:
        """How like the query every sentence is, whatever its passage."""
        passage_of = self._sentences.passage_of
        asked, asked_mean = self._asked(vector)
        return Likeness(
            cosine=self._sentence_vectors.all_scores(vector),
            passage_cosine=self._passage_vectors.all_scores(vector)[passage_of],
            bm25=self._sentence_words.scores(query),
            passage_bm25=self._passage_words.scores(query)[passage_of],
            asked=asked,
            asked_mean=asked_mean,
            asked_bm25=self._asked_words.scores(query),
        )

    def _asked(self, vector: Vectors) -> tuple[Scores, Scores]:
        """For every sentence, the likest question it answers, and the mean of the three likest."""
        likest = np.zeros(len(self._sentences.flat), dtype=np.float32)
        mean = np.zeros_like(likest)
        products = self._asked_vectors.all_scores(vector)
        for place, start, end in self._sentences.asked:
            falling = np.sort(products[start:end])[::-1][:_MOST_ASKED]
            likest[place], mean[place] = falling[0], falling.mean()
        return likest, mean

    def _hit(self, found: Likeness, n: int) -> SentenceHit:
        return SentenceHit(
            sentence=self._sentences.flat[n],
            cosine=float(found.cosine[n]),
            bm25=float(found.bm25[n]),
            asked=float(found.asked[n]),
            asked_mean=float(found.asked_mean[n]),
            asked_bm25=float(found.asked_bm25[n]),
        )


def _highest(store: VectorStore, vectors: Vectors) -> float:
    if not len(store):
        return 0.0
    return float(np.mean([store.all_scores(row).max() for row in vectors]))
