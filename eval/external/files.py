"""Reads the files of public test sets; they lie outside the project and are given by folder."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.external.report import ExternalError


class Line(BaseModel):
    """One line of a set's file; fields that nothing here reads are let by."""

    model_config = ConfigDict(frozen=True, extra="ignore")


_Line = TypeVar("_Line", bound=Line)


def read_rows(path: Path, kind: type[_Line]) -> tuple[_Line, ...]:
    """Every line of a JSONL file, gzipped if its name says so.

    Raises:
        ExternalError: it is missing, cannot be read, is empty, or a line is of another shape. The
            message names the line and does not quote it.
    """
    try:
        rows = [kind.model_validate_json(line) for line in _lines(path) if line.strip()]
    except ValidationError as error:
        fields = sorted({".".join(map(str, each["loc"])) for each in error.errors()})
        raise ExternalError(
            f"{path.name} is not in the form known here: {', '.join(fields) or 'no JSON'}."
        ) from None
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ExternalError(
            f"{path} cannot be read ({type(error).__name__}). Give the folder of public test data: "
            "--data DIR"
        ) from error
    if not rows:
        raise ExternalError(f"{path} is empty.")
    return tuple(rows)


def _lines(path: Path) -> Iterable[str]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return file.readlines()
    return path.read_text("utf-8").splitlines()
