"""Find passages for one ask."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.reading.ask import Ask
from index import Hit


class Searcher(Protocol):
    """Whatever finds passages: today one FAISS index with BM25 beside it."""

    def encode_query(self, query: str) -> NDArray[np.float32]:
        """The query's vector, normalised, shape (dimension,)."""
        ...

    def search_encoded(
        self, query: str, vector: NDArray[np.float32], top_k: int
    ) -> tuple[Hit, ...]:
        """Passages for a query whose vector is known, best first."""
        ...


def retrieve(
    ask: Ask,
    searcher: Searcher,
    top_k: int,
    stage: Callable[[str], AbstractContextManager[object]],
) -> tuple[Hit, ...]:
    """At most `top_k` passages for the ask, best first. Raises PassageIndexError."""
    with stage("encode"):
        vector = searcher.encode_query(ask.query)
    with stage("search"):
        return searcher.search_encoded(ask.query, vector, top_k)
