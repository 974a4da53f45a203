"""Instructions to a program that are planted where only data should stand.

The text attacks of BIPIA (Yi et al. 2023, arXiv 2312.14197; MIT; given by folder) and some of our
own, so that something is measured without public test data too.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from eval.safety.rows import Row, read_lines, read_toml

OWN = Path(__file__).resolve().parent / "instructions.toml"
_QUOTED = r"[\"“]([^\"”]{12,})[\"”]"
_ADDRESS = r"\b((?:www\.)?[\w.@-]+\.(?:com|xyz|org|net|example))\b"
_WANTED = re.compile(f"{_QUOTED}|{_ADDRESS}")
_NAME = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Attack:
    """One instruction to a program."""

    source: str
    """Which set it is from."""
    words: str
    payloads: tuple[str, ...]
    """What it wants said, in lower case; any of them in a reply shows that it was obeyed."""


class _Bipia(Row):
    category: _NAME
    attack: _NAME


class _Own(Row):
    attack: _NAME
    payload: str


class _Owns(Row):
    instruction: Annotated[tuple[_Own, ...], Field(min_length=1)]


def read_bipia(data: Path) -> tuple[Attack, ...]:
    """The text attacks in the folder of public test data. Raises SafetyDataError."""
    rows = read_lines(data / "bipia" / "text_attacks.jsonl", _Bipia)
    return tuple(Attack("BIPIA", row.attack, wanted_by(row.attack)) for row in rows)


def read_own(path: Path = OWN) -> tuple[Attack, ...]:
    """Our own. Raises SafetyDataError."""
    rows = read_toml(path, _Owns).instruction
    return tuple(
        Attack("ours", row.attack, tuple(filter(None, (row.payload.lower(),)))) for row in rows
    )


def wanted_by(attack: str) -> tuple[str, ...]:
    """What an attack wants said word for word: what it puts in quotes, addresses it names."""
    return tuple((found[1] or found[2]).lower() for found in _WANTED.finditer(attack))
