"""BM25 as bm25s computes it, to be compared with: the only door to that library."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.lexical import Analyzer


class LexicalIndex:
    """BM25 over a fixed list of units (passages or sentences), held in memory."""

    def __init__(self, texts: Sequence[str], analyze: Analyzer) -> None:
        import bm25s

        self._analyze = analyze
        self._size = len(texts)
        terms = [analyze(text) for text in texts]
        self._terms = frozenset(term for unit in terms for term in unit)
        self._bm25 = bm25s.BM25(method="lucene")
        if self._terms:  # bm25s cannot index nothing
            self._bm25.index(terms, show_progress=False)

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """BM25 of every unit, in order, shape (n,); 0 where no word of the query occurs.

        A word given several times counts once.
        """
        asked = dict.fromkeys(self._analyze(query))
        known = [term for term in asked if term in self._terms]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)
