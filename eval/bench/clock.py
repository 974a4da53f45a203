"""A clock for the stages a question walks through."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

TOTAL = "total"
"""The whole answer, whatever stages it is made of."""


class StageClock:
    """Adds up the time spent in each stage of one question, one question after the other.

    A stage entered twice for one question (a question of two parts is searched twice) counts
    once, with the sum. Stages may not be nested: each moment belongs to one of them.
    """

    def __init__(self) -> None:
        self._rounds: list[dict[str, float]] = []
        self._current: dict[str, float] = defaultdict(float)

    @contextmanager
    def question(self) -> Iterator[None]:
        """Times one whole question; the stages inside it belong to it."""
        self._current = defaultdict(float)
        started = time.perf_counter()
        yield
        self._current[TOTAL] = time.perf_counter() - started
        self._rounds.append(dict(self._current))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times one stage of the question under way."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._current[name] += time.perf_counter() - started

    def latest_ms(self) -> dict[str, float]:
        """The last question's stages, in milliseconds; empty before the first."""
        latest = self._rounds[-1] if self._rounds else {}
        return {name: 1000 * took for name, took in latest.items()}

    def seconds(self) -> dict[str, list[float]]:
        """For each stage, its time in every question that reached it."""
        names = {name: None for round_ in self._rounds for name in round_}
        return {name: [r[name] for r in self._rounds if name in r] for name in names}
