"""Reads the files that safety is measured with. A message names a line and never quotes it."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.errors import EvalError


class SafetyDataError(EvalError):
    """A file that safety is measured with cannot be used."""


class Row(BaseModel):
    """Base of everything read here; fields that nothing reads are let by."""

    model_config = ConfigDict(frozen=True, extra="ignore")


_Row = TypeVar("_Row", bound=BaseModel)


def read_lines(path: Path, kind: type[_Row]) -> tuple[_Row, ...]:
    """Every line of a JSONL file; at least one. Raises SafetyDataError."""
    lines = [line for line in _text(path).splitlines() if line.strip()]
    rows = tuple(_row(line, kind, f"{path.name}, line {n}") for n, line in enumerate(lines, 1))
    if not rows:
        raise SafetyDataError(f"{path.name} is empty.")
    return rows


def read_toml(path: Path, kind: type[_Row]) -> _Row:
    """A TOML file. Raises SafetyDataError."""
    try:
        return kind.model_validate(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise SafetyDataError(f"{path.name} is not valid TOML: {error}.") from None
    except ValidationError as error:
        raise SafetyDataError(f"{path.name} is not as it must be: {_fields(error)}.") from None


def _row(line: str, kind: type[_Row], where: str) -> _Row:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        # Not chained: pydantic's own words quote the line, which may be a sealed one.
        raise SafetyDataError(f"{where} is not as it must be: {_fields(error)}.") from None


def _fields(error: ValidationError) -> str:
    named = {".".join(map(str, each["loc"])) for each in error.errors(include_input=False)}
    return ", ".join(sorted(filter(None, named))) or "it cannot be read as data"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SafetyDataError(f"{path} cannot be read ({type(error).__name__}).") from error
