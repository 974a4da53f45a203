"""The messages in messages/RFxx.jsonl: for each rule, what must make it fire and what must not."""

import json
from dataclasses import dataclass
from pathlib import Path

MESSAGES = Path(__file__).parent / "messages"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One line: the reader's turns, and whether the rule the file is named after fires."""

    rule: str
    line: int
    turns: tuple[str, ...]
    fires: bool
    kind: str

    def __str__(self) -> str:
        return f"{self.rule}-{self.line}"


def _read(path: Path) -> tuple[Labelled, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [(number, json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()]
    return tuple(
        Labelled(path.stem, number, tuple(row["turns"]), row["fires"], row["kind"])
        for number, row in rows
    )


LABELLED = tuple(case for path in sorted(MESSAGES.glob("*.jsonl")) for case in _read(path))
