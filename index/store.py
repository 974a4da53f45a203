"""Dense search over vectors with ids of our own: the only door to FAISS."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import faiss
import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.errors import REBUILD, DamagedIndexError

Ids = npt.NDArray[np.int64]


def vector_id(address: str) -> int:
    """Number FAISS knows a span by: from its address, so it is never reused for another text."""
    return int.from_bytes(hashlib.sha256(address.encode()).digest()[:8], "big") >> 1


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a search found, best first; equal products in order of id."""

    ids: Ids
    products: npt.NDArray[np.float32]
    """Inner products, which are cosines because every vector has length 1."""


class VectorStore:
    """An exact inner-product index over vectors of length 1."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index

    @classmethod
    def from_vectors(cls, ids: Sequence[int], vectors: Vectors) -> "VectorStore":
        """A store of `vectors`, shape (n, dimension), each under its id.

        Raises:
            ValueError: ids are repeated or do not match the vectors in number.
        """
        if len(set(ids)) != len(ids) or len(ids) != len(vectors):
            raise ValueError(f"{len(vectors)} vectors need as many different ids, not {len(ids)}")
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(vectors, np.asarray(ids, dtype=np.int64))
        return cls(index)

    @classmethod
    def from_bytes(cls, stored: bytes, dimension: int) -> "VectorStore":
        """A store from what `to_bytes` gave. FAISS's format holds numbers only, no code.

        Raises:
            DamagedIndexError: the bytes are not such a store, or of another dimension.
        """
        try:
            index = faiss.deserialize_index(np.frombuffer(stored, dtype=np.uint8))
        except RuntimeError as error:
            raise DamagedIndexError(f"The vectors are unreadable. {REBUILD}") from error
        if not isinstance(index, faiss.IndexIDMap2) or not _is_exact(index, dimension):
            raise DamagedIndexError(
                f"The vectors are not {dimension} numbers long, compared by inner product."
                f" {REBUILD}"
            )
        return cls(index)

    def to_bytes(self) -> bytes:
        """The whole store, to be written to a file."""
        return bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def ids(self) -> Ids:
        """Ids in the order they were added."""
        return np.asarray(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def search(self, query: Vectors, k: int) -> Neighbours:
        """The `k` nearest to one query vector of shape (dimension,)."""
        # All are asked for, then cut: FAISS leaves open which of several equals make the first k.
        products, ids = self._index.search(query.reshape(1, -1), max(len(self), 1))
        order = np.lexsort((ids[0], -products[0]))[: min(k, len(self))]
        return Neighbours(ids[0][order], products[0][order])

    def all_scores(self, query: Vectors) -> npt.NDArray[np.float32]:
        """Inner products of one query vector, shape (dimension,), with every vector, as added."""
        if not len(self):
            return np.zeros(0, dtype=np.float32)
        products, ids = self._index.index.search(query.reshape(1, -1), len(self))
        scores = np.zeros(len(self), dtype=np.float32)
        scores[ids[0]] = products[0]
        return scores


def _is_exact(index: faiss.IndexIDMap2, dimension: int) -> bool:
    inner = faiss.downcast_index(index.index)
    return isinstance(inner, faiss.IndexFlatIP) and inner.d == dimension
