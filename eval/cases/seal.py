"""How often the sealed half has been scored, kept beside it and printed with its totals.

Every look at a sealed half tells whoever tunes a little of it (Dwork et al. 2015 on reusing a
holdout). The count is committed with the results, so that a reader knows how much to believe.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.cases.case import FOLDER, CasesError
from eval.whole import write_whole

NAME = "sealed_runs.json"


class _Run(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    at: str
    commit: str
    provider: str
    questions: str


class _Runs(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    runs: tuple[_Run, ...] = ()


def count_sealed_run(commit: str, provider: str, questions: str, folder: Path = FOLDER) -> int:
    """Notes that the sealed half is scored now; how often it has been, this time included.

    Raises:
        CasesError: the record cannot be read or written. Then nothing may be scored.
    """
    path = folder / NAME
    known = _read(path)
    now = _Run(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=commit,
        provider=provider,
        questions=questions,
    )
    runs = _Runs(runs=(*known.runs, now))
    try:
        write_whole(path, json.dumps(runs.model_dump(), indent=1) + "\n")
    except OSError as error:
        raise CasesError(f"{path.name} cannot be written: {error.strerror}") from error
    return len(runs.runs)


def sealed_runs(folder: Path = FOLDER) -> int:
    """How often the sealed half has been scored so far. Raises CasesError."""
    return len(_read(folder / NAME).runs)


def _read(path: Path) -> _Runs:
    try:
        return _Runs.model_validate_json(path.read_bytes()) if path.exists() else _Runs()
    except (OSError, ValidationError) as error:
        raise CasesError(
            f"{path.name} is not the record of sealed runs. Restore it: git checkout {path.name}"
        ) from error
