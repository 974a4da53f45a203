"""One measuring of the checker, as it is kept in eval/written/results.json."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant import checking, judge
from eval.cases.case import Half
from eval.errors import EvalError
from eval.whole import write_whole
from eval.written.labelled import FOLDER, Kept
from eval.written.scores import SetReport

FORMAT = 1
RESULTS = FOLDER / "results.json"
COMMAND = "python -m eval written"
_ROOMS = (checking, judge)


class WrittenResultsError(EvalError):
    """Kept figures cannot be read."""


@dataclass(frozen=True, slots=True)
class CheckerReport:
    """One measuring."""

    format: int
    commit: str
    measured_at: str
    """ISO 8601."""
    checker: str
    """First 12 digits of the SHA-256 of the checker's own files: figures of another are stale."""
    sure: float
    """The checker's threshold."""
    labelled: Mapping[Half, str]
    """First 12 digits of the SHA-256 of each half's labelled sentences."""
    sealed_runs: int
    """How often the sealed half was scored so far, this time included; 0 if not in this run."""
    sets: tuple[SetReport, ...]

    def of(self, kept: Kept, half: Half) -> SetReport | None:
        """The figures of one set; None where it was not measured."""
        return next((one for one in self.sets if (one.kept, one.half) == (kept, half)), None)


_ADAPTER = TypeAdapter(CheckerReport)


def checker_digest() -> str:
    """First 12 digits of the SHA-256 of the code and data that checking rests on."""
    folders = [Path(str(room.__file__)).parent for room in _ROOMS]
    files = sorted(
        path
        for folder in folders
        for path in folder.iterdir()
        if path.suffix in (".py", ".toml", ".json")
    )
    found = hashlib.sha256()
    for path in files:
        found.update(f"{path.parent.name}/{path.name}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def write_report(report: CheckerReport, path: Path = RESULTS) -> None:
    """Keeps it, whole or not at all."""
    write_whole(path, _ADAPTER.dump_json(report, indent=1) + b"\n")


def read_report(path: Path = RESULTS) -> CheckerReport:
    """The kept figures. Raises WrittenResultsError."""
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except OSError as error:
        raise WrittenResultsError(
            f"{path.name} cannot be read: {error.strerror}. Run: {COMMAND}"
        ) from error
    except ValidationError as error:
        raise WrittenResultsError(
            f"{path.name} holds no figures that this version can read. Run: {COMMAND}"
        ) from error
