"""What a benchmark found, line by line, and the same as JSON."""

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from statistics import median

from eval.bench.clock import TOTAL
from eval.bench.measure import Built, Opened, Served
from eval.bench.summary import percentile, ratio

STAGES = ("read", "encode", "search", "select", "compose", TOTAL)
_LIBRARIES = ("faiss-cpu", "gradio", "llama-index-core", "sentence-transformers", "torch")
_AIMS = {"page": 4.0, "first": 8.0, "p50": 40.0, "p95": 100.0, "memory": 900.0}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, ours and the peer's. Smaller is better for all of them."""

    what: str
    unit: str
    """"s", "ms" or "MB" (a million bytes)."""
    ours: float
    theirs: float | None = None
    """None where the peer has no such thing."""
    aim: float | None = None
    """What ours should not exceed."""

    @property
    def ratio(self) -> float | None:
        """Ours as a multiple of the peer's."""
        return None if self.theirs is None else ratio(self.ours, self.theirs)

    @property
    def met(self) -> bool | None:
        """Whether ours stays within the aim; None without one."""
        return None if self.aim is None else self.ours <= self.aim


@dataclass(frozen=True, slots=True)
class Runs:
    """Everything measured in one benchmark."""

    build_ours: Built
    build_theirs: Built
    served: Sequence[Served]
    ours: Sequence[Opened]
    theirs: Sequence[Opened]


def lines_of(runs: Runs) -> tuple[Line, ...]:
    """The table: start-up, answers by stage, memory. Starts are given by their median."""
    return (*_starts(runs), *_stages(runs), *_memory(runs))


def _starts(runs: Runs) -> tuple[Line, ...]:
    page = median(run.page for run in runs.served)
    asked = median(run.first_answer for run in runs.served)
    first, theirs = (median(run.first_answer for run in side) for side in (runs.ours, runs.theirs))
    return (
        Line("Start to index built", "s", runs.build_ours.seconds, runs.build_theirs.seconds),
        Line("Start to page served", "s", page, None, _AIMS["page"]),
        Line("Start to first answer, page", "s", asked, theirs, _AIMS["first"]),
        Line("Start to first answer, no page", "s", first, theirs),
    )


def _stages(runs: Runs) -> tuple[Line, ...]:
    ours, theirs = _pooled(runs.ours), _pooled(runs.theirs)
    warm = [seconds for run in runs.served for seconds in run.warm]
    return tuple(
        Line(
            f"{_named(stage)}, p{percent}",
            "ms",
            1000 * percentile(mine, percent),
            1000 * percentile(theirs[stage], percent) if stage in theirs else None,
            _AIMS[f"p{percent}"] if stage == TOTAL else None,
        )
        for stage, mine in (*((s, ours[s]) for s in STAGES if s in ours), ("page", warm))
        for percent in (50, 95)
    )


def _memory(runs: Runs) -> tuple[Line, ...]:
    built = (runs.build_ours, runs.build_theirs)
    serving = max(run.peak for run in runs.served) / 1e6
    bare, theirs = (max(run.peak for run in side) / 1e6 for side in (runs.ours, runs.theirs))
    return (
        Line("Peak memory, page", "MB", serving, theirs, _AIMS["memory"]),
        Line("Peak memory, no page", "MB", bare, theirs),
        Line("Peak memory, building", "MB", *(b.peak / 1e6 for b in built)),
    )


def _named(stage: str) -> str:
    if stage == "page":
        return "Warm: first words, page"
    return "Warm answer" if stage == TOTAL else f"Warm: {stage}"


def _pooled(runs: Sequence[Opened]) -> dict[str, list[float]]:
    names = {name for run in runs for name in run.stages}
    return {name: [s for run in runs for s in run.stages.get(name, [])] for name in names}


def as_json(lines: Sequence[Line], questions: int, starts: int) -> Mapping[str, object]:
    """The whole report, for keeping and comparing.

    Keys: `format` (1), `measured_at` (ISO time, UTC), `machine` (with the load of the last
    minute), `libraries`, `questions`, `starts`, and `lines`, each with `what`, `unit`, `ours`,
    `theirs`, `ratio`, `aim`, `met`.
    """
    return {
        "format": 1,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "system": platform.system(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "load_after": round(os.getloadavg()[0], 2),
            "python": ".".join(map(str, sys.version_info[:3])),
        },
        "libraries": {name: version(name) for name in _LIBRARIES},
        "questions": questions,
        "starts": starts,
        "lines": [{**asdict(line), "ratio": line.ratio, "met": line.met} for line in lines],
    }
