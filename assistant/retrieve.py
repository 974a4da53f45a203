"""Find passages for one ask."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.reading.ask import Ask, Reading
from index import Hit, Scope

_LONG = 80
"""Words from which a message blurs into its asides; longer than most forum questions."""


class Searcher(Protocol):
    """Whatever finds passages: today one FAISS index with BM25 beside it."""

    def encode(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """The queries' vectors, normalised, shape (n, dimension)."""
        ...

    def search_encoded(
        self, queries: Sequence[str], vectors: NDArray[np.float32], top_k: int
    ) -> tuple[Hit, ...]:
        """Passages for one question in several wordings whose vectors are known, best first."""
        ...

    def scope(self, vectors: NDArray[np.float32]) -> Scope:
        """How near a question, in one or more wordings, comes to the shelf at all."""
        ...


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a search gave."""

    hits: tuple[Hit, ...]
    """Passages, best first."""
    scope: Scope


def retrieve(
    ask: Ask,
    reading: Reading,
    searcher: Searcher,
    top_k: int,
    stage: Callable[[str], AbstractContextManager[object]],
) -> Retrieved:
    """At most `top_k` passages for the ask, best first. Raises PassageIndexError.

    The ask is searched in its own words and in those of the whole message: the clause that asks
    often leaves out what it is about ("is that normal?"), and the message blurs what is asked.
    Whether the shelf is for it at all is read from the message alone, unless that asks several
    things of which one may be for us and another not; of a long ramble, from the ask alone.
    """
    queries = list(dict.fromkeys((ask.query, reading.message)))
    with stage("encode"):
        vectors = searcher.encode(queries)
    with stage("search"):
        return Retrieved(
            searcher.search_encoded(queries, vectors, top_k),
            searcher.scope(_telling(vectors, reading)),
        )


def _telling(vectors: NDArray[np.float32], reading: Reading) -> NDArray[np.float32]:
    """Of the vectors of an ask and its message, those that tell whether the shelf is for it."""
    if len(reading.message.split()) > _LONG:
        return vectors[:1]
    return vectors if len(reading.asks) > 1 else vectors[-1:]
