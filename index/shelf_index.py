"""One search over the shelf: by meaning, by words and by the questions its sentences answer."""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np

from corpus import Provenance
from index.encode import Encoder, Vectors
from index.engine import Card, Label, Pool, Snapshot, Terms
from index.lexical import Analyzer
from index.passage import Hit, Passage, PassageSentence, Scope, SentenceHit
from index.ranking import Likeness, log_odds, mean_of
from index.together import Together

POOL = 300
"""Passages of a large shelf that are looked at, for each wording: so many nearest in meaning, half
as many best in words, so many that answer the likest questions."""

_REMEMBERED = 256
"""Documents whose passages are kept once read: an answer looks at the same few again and again."""


class ShelfIndex:
    """An opened index. Writes nothing, never changes, may be shared by threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self._snapshot = snapshot
        self._encode = Together(encoder.encode)
        self._analyze = Analyzer()
        self._passages_of = lru_cache(maxsize=_REMEMBERED)(self._read_passages)

    @property
    def label(self) -> Label:
        """What it was built from."""
        return self._snapshot.label

    @property
    def count(self) -> int:
        """How many passages there are."""
        return self.label.passages

    @cached_property
    def document_ids(self) -> Sequence[str]:
        """Every document, in order of id."""
        return sorted(self.label.documents)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, all at once: for a small shelf and for measuring."""
        return tuple(self._snapshot.every_passage())

    def every_passage(self) -> Iterable[Passage]:
        """Every passage in order of (document id, start), one after the other."""
        return self._snapshot.every_passage()

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Those of one document, in reading order; none if it is not there."""
        return self._passages_of(document_id)

    def _read_passages(self, document_id: str) -> tuple[Passage, ...]:
        document = self._snapshot.document(document_id)
        return document.passages if document else ()

    def card(self, document_id: str) -> Card | None:
        """What is known of a document besides its words, or None if it is not there."""
        return self._snapshot.card(document_id)

    def origin(self, document_id: str) -> Provenance | None:
        """Where a document comes from, or None if it is not there."""
        card = self.card(document_id)
        return card.provenance if card else None

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Lowercased words of the texts, their titles and headings, spelled as they stand; of a
        large shelf, the frequent ones.
        """
        return self._snapshot.words()

    def search(self, query: str, top_k: int) -> tuple[Hit, ...]:
        """The `top_k` best passages, best first; fewer only if the shelf holds fewer."""
        return self.search_encoded([query], self.encode([query]), top_k)

    def encode(self, queries: Sequence[str]) -> Vectors:
        """Vectors of queries, shape (n, dimension). Loads the encoder if nobody did before.

        Of a query longer than the encoder reads, only the beginning counts. Queries of several
        threads are encoded in one batch where they come at the same moment.
        """
        return self._encode(queries)

    def search_encoded(
        self, queries: Sequence[str], vectors: Vectors, top_k: int
    ) -> tuple[Hit, ...]:
        """Like `search`, for one question in several wordings that are encoded already.

        Scores are the mean over the wordings. `vectors` has a row for each of them.
        """
        wordings = [
            Terms(vector, tuple(dict.fromkeys(self._analyze(query))))
            for query, vector in zip(queries, vectors, strict=True)
        ]
        pool = self._snapshot.pool(wordings, max(POOL, top_k))
        if not len(pool.keys):
            return ()
        found = mean_of([self._snapshot.likeness(pool, each) for each in wordings])
        odds = log_odds(found, pool.has_questions)
        by_passage = np.maximum.reduceat(odds, pool.first[:-1])
        best = np.argsort(-by_passage, kind="stable")[:top_k]
        passages = self._snapshot.passages(pool.keys[best])
        return tuple(
            _hit(passage, rank, float(by_passage[place]), found, pool, int(place))
            for rank, (passage, place) in enumerate(zip(passages, best, strict=True), start=1)
        )

    def scope(self, vectors: Vectors) -> Scope:
        """Whether one question, in one or more wordings, is for this shelf at all.

        The mean over the wordings.
        """
        each = np.array([self._snapshot.nearest(vector) for vector in vectors])
        return Scope(*(float(value) for value in each.mean(axis=0)))


def _hit(passage: Passage, rank: int, fused: float, found: Likeness, pool: Pool, place: int) -> Hit:
    first = int(pool.first[place])
    return Hit(
        passage=passage,
        rank=rank,
        fused=fused,
        cosine=float(found.passage_cosine[first]),
        bm25=float(found.passage_bm25[first]),
        sentences=tuple(
            _sentence_hit(sentence, found, first + n)
            for n, sentence in enumerate(passage.sentences)
        ),
    )


def _sentence_hit(sentence: PassageSentence, found: Likeness, n: int) -> SentenceHit:
    return SentenceHit(
        sentence=sentence,
        cosine=float(found.cosine[n]),
        bm25=float(found.bm25[n]),
        asked=float(found.asked[n]),
        asked_mean=float(found.asked_mean[n]),
        asked_bm25=float(found.asked_bm25[n]),
    )
