"""The measurements: each starts what it measures as a process of its own."""

import json
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.bench.page import Page, free_port
from eval.bench.process import BenchError, Measured, running

Side = Literal["ours", "peer"]
PATIENCE = 120.0
"""Seconds until a start counts as failed."""
_GLANCE = 0.02
"""Seconds between two looks at whether the page is up."""


@dataclass(frozen=True, slots=True)
class Built:
    """One build of an index, from the start of a process to the finished files."""

    seconds: float
    peak: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One start of a side without a page, and the questions it answered. Seconds and bytes."""

    first_answer: float
    stages: dict[str, list[float]]
    peak: int


@dataclass(frozen=True, slots=True)
class Served:
    """One start of our page. Seconds and bytes."""

    page: float
    first_answer: float
    warm: tuple[float, ...]
    """From sending a question to the first words of its answer."""
    peak: int


@dataclass(frozen=True, slots=True)
class Bench:
    """Measures both sides; each has an index of its own in a folder that is thrown away."""

    ours: Path
    theirs: Path

    def build(self, side: Side) -> Built:
        """A start, then a whole new index. Raises BenchError."""
        with self._probe(side, "build") as process:
            process.wait_for("built")
            return Built(process.age, process.peak)

    def open(self, side: Side, questions: Sequence[str]) -> Opened:
        """A start without a page, then every question in turn. Raises BenchError."""
        with self._probe(side, "answer") as process:
            process.write(json.dumps(list(questions)))
            process.wait_for("answered")
            first = process.age
            timed = process.wait_for("timed")
            return Opened(first, timed["seconds"], process.peak)

    def serve(self, questions: Sequence[str]) -> Served:
        """A start of app.py, asked the moment its page is up. Raises BenchError, PageError."""
        port = free_port()
        address = {"SOLEUS_SERVER__HOST": "127.0.0.1", "SOLEUS_SERVER__PORT": str(port)}
        with running(["app.py"], self._settings() | address) as process:
            page = Page(port)
            up = _wait_until_up(process, page)
            page.seconds_to_first_sentence(questions[0])
            first = process.age
            warm = tuple(page.seconds_to_first_sentence(question) for question in questions)
            return Served(up, first, warm, process.peak)

    def _probe(self, side: Side, step: str) -> AbstractContextManager[Measured]:
        arguments = ["-m", "eval.bench.probe", side, step, str(self.theirs)]
        return running(arguments, self._settings())

    def _settings(self) -> dict[str, str]:
        return {"SOLEUS_INDEX__FOLDER": str(self.ours)}


def _wait_until_up(process: Measured, page: Page) -> float:
    while process.age < PATIENCE and process.process.poll() is None:
        if page.is_up():
            return process.age
        time.sleep(_GLANCE)
    raise BenchError("app.py did not serve its page. Try: python -m assistant doctor")
