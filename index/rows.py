"""Vectors in a file, one row after the other, compared with a query exactly.

A small file is held in memory. Of a large one only the rows that are asked for are read, by `pread`
rather than through a memory map: a file that somebody cuts short under a running server is then an
error with a remedy instead of the end of the process, and rows once looked at are the system's
cache, not our memory.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.pieces import Pieces
from index.store import products

Places = npt.NDArray[np.intp]
"""Row numbers, ascending."""
Scores = npt.NDArray[np.float32]


class Rows:
    """The vectors of one file, shape (rows, dimension), float32, each of length 1."""

    def __init__(self, path: Path, dimension: int, *, held: bool) -> None:
        """`held`: whether to keep all of it in memory.

        Raises:
            DamagedIndexError: the file is missing or no whole number of rows.
        """
        self._width = 4 * dimension
        self._dimension = dimension
        self._file = Pieces(path)
        self._count, rest = divmod(len(self._file), self._width)
        if rest:
            raise self._file.damaged()
        self._held = self._read(0, self._count) if held else None

    def __len__(self) -> int:
        return self._count

    def products(self, query: Vectors, places: Places | None = None) -> Scores:
        """Inner products with the query, shape (dimension,), of these rows or of all of them."""
        return products(query, self.take(places))

    def take(self, places: Places | None = None) -> Vectors:
        """These rows, or all of them; not to be written to."""
        if places is None:
            return self._read(0, self._count) if self._held is None else self._held
        if self._held is not None:
            return np.ascontiguousarray(self._held[places])
        out = np.empty((len(places), self._dimension), dtype="<f4")
        bytes_of, width = memoryview(out.data).cast("B"), self._width
        at = 0
        for first, count in runs_of(places):
            end = at + count * width
            self._file.read_into(bytes_of[at:end], first * width)
            at = end
        return out

    def _read(self, first: int, count: int) -> Vectors:
        content = self._file.read(first * self._width, count * self._width)
        return np.frombuffer(content, dtype="<f4").reshape(count, self._dimension)


def runs_of(places: Places) -> Iterable[tuple[int, int]]:
    """Neighbouring numbers as runs: the first of each and how many there are."""
    if not len(places):
        return
    breaks = np.flatnonzero(np.diff(places) != 1) + 1
    starts = np.concatenate(([0], breaks))
    ends = np.concatenate((breaks, [len(places)]))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield int(places[start]), end - start
