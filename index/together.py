"""Questions of several readers, encoded in one batch where they come at the same moment.

Whoever comes while a batch is being encoded joins the next one; nobody waits for others to come. A
batch is encoded by one of those who are in it, so that no thread has to be kept (group commit, as
databases do it with their logs).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from index.encode import Vectors

MOST = 32
"""Texts of one batch: with more, those who came first would wait longer than they gain."""


@dataclass
class _Order:
    texts: Sequence[str]
    vectors: Vectors | None = None
    failure: Exception | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has seen to it yet."""
        return self.vectors is None and self.failure is None


@dataclass
class Together:
    """Encodes for several threads."""

    encode: Callable[[Sequence[str]], Vectors]
    """Of texts, vectors in the same order."""
    _waiting: list[_Order] = field(default_factory=list, init=False)
    _list: Lock = field(default_factory=Lock, init=False)
    _encoding: Lock = field(default_factory=Lock, init=False)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts. Raises what encoding them raised, alone or beside others'."""
        order = _Order(texts)
        with self._list:
            self._waiting.append(order)
        with self._encoding:
            while order.open:  # unless whoever encoded before has seen to it
                self._encode(self._next())
        if order.failure is not None:
            raise order.failure
        assert order.vectors is not None  # noqa: S101 (an order is seen to in one way or the other)
        return order.vectors

    def _next(self) -> list[_Order]:
        """Those who have waited longest, as many as fit; at least one."""
        with self._list:
            count, texts = 0, 0
            while count < len(self._waiting) and (count == 0 or texts < MOST):
                texts += len(self._waiting[count].texts)
                count += 1
            taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken

    def _encode(self, orders: Sequence[_Order]) -> None:
        try:
            vectors = self.encode([text for order in orders for text in order.texts])
        except Exception as failure:
            for order in orders:
                order.failure = failure
            return
        ends = np.cumsum([len(order.texts) for order in orders])
        for order, part in zip(orders, np.split(vectors, ends[:-1]), strict=True):
            order.vectors = part
