"""The nearest of very many vectors, found without looking at each closely.

A product quantiser of 4 bits for every 4 numbers (Jégou et al. 2011; the fast scan of André et al.
2015), scanned whole. It was chosen over inverted lists and HNSW by measurement (ARCHITECTURE.md):
48 bytes a vector, built in seconds, and nothing to tune that fails on an unlucky shelf. What it
finds is only a first guess: whoever asks compares the rows themselves afterwards.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.errors import REBUILD, DamagedIndexError
from index.rows import Rows
from index.store import AnyIndex, quantiser, read_index, write_index

_SAMPLE = 40_000
"""Vectors the quantiser learns from; more changed nothing."""
_PART = 50_000


class Near:
    """Approximate neighbours among the rows of one file."""

    def __init__(self, index: AnyIndex) -> None:
        self._index = index

    @classmethod
    def write(cls, rows: Rows, dimension: int, path: Path) -> None:
        """Learns from the rows, files all of them, and writes that to a new file."""
        count = len(rows)
        chosen = np.unique(np.linspace(0, count - 1, min(_SAMPLE, count)).astype(np.intp))
        index = quantiser(dimension)
        index.train(rows.take(chosen))
        for start in range(0, count, _PART):
            index.add(rows.take(np.arange(start, min(start + _PART, count), dtype=np.intp)))
        write_index(index, path)

    @classmethod
    def open(cls, path: Path, count: int, dimension: int) -> "Near":
        """What `write` left. Raises DamagedIndexError."""
        index = read_index(path)
        if index.ntotal != count or index.d != dimension:
            raise DamagedIndexError(f"{path.name} is not of this index. {REBUILD}")
        return cls(index)

    def search(self, queries: Vectors, k: int) -> npt.NDArray[np.int64]:
        """At most `k` row numbers for each query, shape (n, dimension); all together, each once."""
        _, found = self._index.search(queries, min(k, self._index.ntotal))
        return np.unique(found[found >= 0]).astype(np.int64)
