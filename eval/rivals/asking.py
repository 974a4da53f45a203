"""Builds and asks each contestant in processes of its own, and reads what they took."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.question import Question
from eval.bench.process import Measured, running
from eval.rivals.heard import Heard, questions_json, read_heard
from eval.rivals.one import HEARD

_OWN = {"TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One contestant in one run."""

    heard: Heard
    build_seconds: float
    build_bytes: int
    """Growth of its memory at the peak of the build, over a Python that has loaded nothing."""
    ask_bytes: int
    """The same of opening and answering."""


def ask_all(name: str, questions: Sequence[Question], folder: Path) -> Asked:
    """Builds in a folder of its own, opens, asks. Raises BenchError, RivalError."""
    with _ready(name, "build", folder) as (process, before):
        process.write("go")
        seconds = float(process.wait_for("built")["seconds"])
        build_bytes = process.peak - before
    with _ready(name, "ask", folder, questions_json(tuple(questions))) as (process, before):
        process.write("go")
        process.wait_for("timed")
        ask_bytes = process.peak - before
        process.write("go on")
        process.wait_for("asked")
    return Asked(read_heard(folder / HEARD), seconds, build_bytes, ask_bytes)


@contextmanager
def _ready(name: str, step: str, folder: Path, first: str = "") -> Iterator[tuple[Measured, int]]:
    """A process that has loaded nothing of its contestant, and its memory as it stands."""
    with running(["-m", "eval.rivals.one", name, step, str(folder)], _OWN) as process:
        if first:
            process.write(first)
        process.wait_for("ready")
        yield process, process.peak
