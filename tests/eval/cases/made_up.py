"""A made-up case and what goes with it, for the tests of everything that handles cases."""

import json
from pathlib import Path
from typing import Any

from eval.cases.case import Case, Half, read_cases

ROW: dict[str, Any] = {
    "id": "ans-1",
    "version": 1,
    "question": "how long do i hold it??",
    "earlier": [],
    "behaviour": "answer",
    "level": "self_care",
    "facts": [{"claims": ["1-01"], "say": ["60|sixty"]}],
    "also": ["1-02"],
    "ordered": False,
    "uncovered": [],
    "must_not_say": [{"pattern": r"\b30 seconds", "why": "wrong_number"}],
    "attribution": ["article"],
    "tags": ["answerable", "one-liner"],
    "critical": False,
    "note": "",
}
ABSTAIN: dict[str, Any] = {
    **ROW,
    "id": "near-1",
    "behaviour": "abstain",
    "facts": [],
    "also": [],
    "must_not_say": [],
    "attribution": [],
    "tags": ["near-topic"],
}


def write_rows(folder: Path, half: Half, *rows: dict[str, Any]) -> Path:
    """A folder of questions with these rows in one half."""
    place = folder / half.value
    place.mkdir(parents=True, exist_ok=True)
    (place / "cases.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return folder


def case_of(folder: Path, half: Half = Half.DEV, /, **changes: object) -> Case:
    """One case like `ROW` but for some fields."""
    return read_cases(half, write_rows(folder, half, {**ROW, **changes}))[0]
