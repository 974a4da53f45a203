"""Starts the processes that are measured, watches the clock for them, and ends them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.bench.memory import peak_memory
from eval.errors import EvalError

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "ORT_DISABLE_TELEMETRY": "1",
}
_GRACE = 10.0
"""Seconds a process has to end by itself."""


class BenchError(EvalError):
    """A measured process failed, so there is no figure."""


@dataclass
class Measured:
    """A process under way, and the moment it was started."""

    process: subprocess.Popen[str]
    started: float = field(default_factory=time.perf_counter)

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self.started

    @property
    def peak(self) -> int:
        """Bytes of memory it held at its peak, children included."""
        return peak_memory(self.process.pid)

    def write(self, line: str) -> None:
        """One line to its standard input."""
        assert self.process.stdin is not None  # noqa: S101 (opened below)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def wait_for(self, event: str, *others: str) -> dict[str, Any]:
        """The next report of that name, or of one of the others.

        Raises:
            BenchError: the process ended without it.
        """
        assert self.process.stdout is not None  # noqa: S101 (opened below)
        for line in self.process.stdout:
            report = _report_in(line)
            if report.get("event") in (event, *others):
                return report
        raise BenchError(f"A measured process ended before it was {event}; see its words above.")


@contextmanager
def running(arguments: Sequence[str], extra: Mapping[str, str] | None = None) -> Iterator[Measured]:
    """A Python process of ours from the project's folder, ended when the block is left."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **OFFLINE, **(extra or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Measured(process)
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _report_in(line: str) -> dict[str, Any]:
    """The report on a line; empty for whatever else a library prints."""
    try:
        read = json.loads(line)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
