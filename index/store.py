"""Vectors by inner product: the only door to FAISS."""

from pathlib import Path
from typing import Protocol, cast

import faiss
import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.errors import REBUILD, DamagedIndexError

_PER_CODE = 4
"""Numbers that share one code of 4 bits."""


class AnyIndex(Protocol):
    """As much of a FAISS index as is used here."""

    d: int
    ntotal: int

    def train(self, vectors: Vectors) -> None:
        """Learns how vectors lie, shape (n, dimension)."""

    def add(self, vectors: Vectors) -> None:
        """Files vectors, shape (n, dimension), under the numbers that follow."""

    def search(
        self, queries: Vectors, k: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Inner products and numbers, each of shape (queries, k); -1 where there is none."""


def products(query: Vectors, rows: Vectors) -> npt.NDArray[np.float32]:
    """Inner products of one query, shape (dimension,), with rows, shape (n, dimension).

    Row by row with FAISS's own kernel: a row has the same product, bit for bit, wherever it lies
    and whatever lies beside it, which a matrix product does not promise.
    """
    query = np.ascontiguousarray(query, dtype=np.float32)
    rows = np.ascontiguousarray(rows, dtype=np.float32)
    out = np.empty(len(rows), dtype=np.float32)
    if len(rows):
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]  # named by SWIG
            faiss.swig_ptr(out), faiss.swig_ptr(query), faiss.swig_ptr(rows), *rows.shape[::-1]
        )
    return out


def quantiser(dimension: int) -> AnyIndex:
    """An empty approximate index for vectors of this length; exact where they cannot be split."""
    kind = f"PQ{dimension // _PER_CODE}x4fs" if dimension % _PER_CODE == 0 else "Flat"
    made: AnyIndex = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    return made


def write_index(index: AnyIndex, path: Path) -> None:
    """Writes an index to a file. Raises OSError."""
    try:
        faiss.write_index(cast(faiss.Index, index), str(path))
    except RuntimeError as error:  # FAISS has one exception for everything
        raise OSError(f"FAISS could not write {path.name}") from error


def read_index(path: Path) -> AnyIndex:
    """What `write_index` wrote. FAISS's format holds numbers only, no code.

    Raises:
        DamagedIndexError: it is missing, or no index.
    """
    try:
        read: AnyIndex = faiss.read_index(str(path))
    except RuntimeError as error:
        raise DamagedIndexError(f"{path.name} of the index is unreadable. {REBUILD}") from error
    return read
