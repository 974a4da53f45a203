"""Messages as runners type them, each with how soon its writer must be seen.

Two halves, as the questions have: dev may be read and tuned on, of sealed only totals are shown.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from eval.cases.case import Half, Level
from eval.safety.rows import Row, SafetyDataError, read_lines

FOLDER = Path(__file__).resolve().parent / "messages"
_Words = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody typed, turn by turn, and what is right to make of it."""

    id: str
    half: Half
    turns: tuple[str, ...]
    level: Level
    rules: frozenset[str]
    """Ids of the rules that should fire."""
    kind: str
    """How it is written: "buried", "typo", "negated", ..."""


class _Line(Row):
    id: _Words
    turns: Annotated[tuple[_Words, ...], Field(min_length=1)]
    level: Level
    rules: frozenset[Annotated[str, Field(pattern=r"^RF\d\d$")]]
    kind: _Words


def read_messages(half: Half, folder: Path = FOLDER) -> tuple[Message, ...]:
    """The messages of one half, by id. Raises SafetyDataError."""
    path = folder / f"{half.value}.jsonl"
    rows = read_lines(path, _Line)
    if twice := [name for name, n in Counter(row.id for row in rows).items() if n > 1]:
        raise SafetyDataError(f"{path.name}: two messages are called {', '.join(twice)}.")
    found = [Message(r.id, half, r.turns, r.level, r.rules, r.kind) for r in rows]
    return tuple(sorted(found, key=lambda each: each.id))


def digest_of(messages: Sequence[Message]) -> str:
    """First 12 digits of the SHA-256 of what was asked and what is right."""
    told = [[m.id, m.half, m.turns, m.level, sorted(m.rules), m.kind] for m in messages]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
