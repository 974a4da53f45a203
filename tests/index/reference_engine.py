"""What every engine must come to, counted the plain way: all in memory, everything compared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.engine import Card, CutDocument, Keys, Label, OutOfScope, Pool, Terms
from index.lexical import Analyzer, words_of
from index.passage import Passage
from index.ranking import Likeness
from index.spec import IndexSpec, questions_digest

Units = list[Counter[str]]


def bm25(units: Units, wording: Terms) -> npt.NDArray[np.float64]:
    """Lucene's variant, as the paper on bm25s writes it (Lù 2024, arXiv 2407.03618)."""
    lengths = np.array([unit.total() for unit in units], dtype=np.float64)
    scores = np.zeros(len(units))
    for term in wording.terms:
        tf = np.array([unit[term] for unit in units], dtype=np.float64)
        if df := np.count_nonzero(tf):
            idf = np.log(1 + (len(units) - df + 0.5) / (df + 0.5))
            scores += idf * tf / (tf + 1.5 * (1 - 0.75 + 0.75 * lengths / lengths.mean()))
    return scores


class ReferenceSnapshot:
    """Documents and questions, searched by brute force."""

    def __init__(
        self, spec: IndexSpec, documents: Mapping[str, CutDocument], questions: OutOfScope
    ) -> None:
        self._documents = [documents[name] for name in sorted(documents)]
        self._questions = questions
        self._passages = [each for document in self._documents for each in document.passages]
        self._sentences = [each for passage in self._passages for each in passage.sentences]
        self.label = Label(
            spec=spec,
            documents={each.card.id: each.card.digest for each in self._documents},
            out_of_scope=questions_digest(questions.questions),
            passages=len(self._passages),
            sentences=len(self._sentences),
            generation=uuid4().hex,
        )

    def pool(self, wordings: Sequence[Terms], size: int) -> Pool:
        counts = [len(passage.sentences) for passage in self._passages]
        return Pool(
            np.arange(len(self._passages), dtype=np.int64),
            np.cumsum([0, *counts]).astype(np.intp),
            np.array([bool(each.asked) for each in self._sentences], dtype=np.bool_),
        )

    def likeness(self, pool: Pool, wording: Terms) -> Likeness:
        """Of a pool of this snapshot: of every sentence."""
        passage_of = np.repeat(np.arange(len(self._passages)), np.diff(pool.first))
        asked = self._asked(wording.vector)
        likeness = {
            "cosine": self._stacked("sentence_vectors") @ wording.vector,
            "passage_cosine": (self._stacked("passage_vectors") @ wording.vector)[passage_of],
            "bm25": bm25(self._units[0], wording),
            "passage_bm25": bm25(self._units[1], wording)[passage_of],
            "asked": np.array([each[0] if each else 0 for each in asked]),
            "asked_mean": np.array([np.mean(each[:3]) if each else 0 for each in asked]),
            "asked_bm25": bm25(self._units[2], wording),
        }
        return Likeness(**{name: each.astype(np.float32) for name, each in likeness.items()})

    def _asked(self, vector: Vectors) -> list[list[float]]:
        products = iter((self._stacked("asked_vectors") @ vector).tolist())
        return [sorted(next(products) for _ in each.asked)[::-1] for each in self._sentences]

    @cached_property
    def _units(self) -> tuple[Units, Units, Units]:
        """Terms of sentences, of passages, and of sentences with their questions."""
        analyze = Analyzer()
        texts = (
            [each.text for each in self._sentences],
            [f"{each.header}\n{each.text}" for each in self._passages],
            ["\n".join([each.text, *each.asked]) for each in self._sentences],
        )
        sentences, passages, asked = ([Counter(analyze(each)) for each in kind] for kind in texts)
        return sentences, passages, asked

    def _stacked(self, name: str) -> Vectors:
        empty = np.zeros((0, self.label.spec.dimension), dtype=np.float32)
        return np.concatenate([empty, *(getattr(each, name) for each in self._documents)])

    def passages(self, keys: Keys) -> tuple[Passage, ...]:
        return tuple(self._passages[key] for key in keys)

    def every_passage(self) -> Iterator[Passage]:
        yield from self._passages

    def nearest(self, vector: Vectors) -> tuple[float, float, float, float]:
        stores = [self._stacked(f"{name}_vectors") for name in ("asked", "sentence", "passage")]
        best = [
            float((store @ vector).max()) if len(store) else 0.0
            for store in (*stores, self._questions.vectors)
        ]
        return (best[0], best[1], best[2], best[3])

    def card(self, document_id: str) -> Card | None:
        document = self.document(document_id)
        return document.card if document else None

    def document(self, document_id: str) -> CutDocument | None:
        return next((each for each in self._documents if each.card.id == document_id), None)

    def out_of_scope(self) -> OutOfScope:
        return self._questions

    def words(self) -> frozenset[str]:
        return frozenset(
            word for each in self._passages for word in words_of(f"{each.header}\n{each.text}")
        )
