"""A run that goes on where it was stopped: each question is kept as soon as it is done."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import assistant
import corpus
import index
from assistant.settings import LlmSettings
from eval.errors import EvalError
from eval.written.case_run import CaseRun

_SUFFIXES = (".py", ".toml", ".txt", ".json", ".md")
_LEFT_OUT = {"ui", "artifacts"}
"""How an answer looks, and the built index, which follows from the rest."""
_OF_NO_MATTER = {"price_in", "price_out", "currency", "served_by", "consent", "rest"}
_ADAPTER = TypeAdapter(CaseRun)


class GoingError(EvalError):
    """What was done so far cannot be kept."""


@dataclass(frozen=True, slots=True)
class Going:
    """The file of one run: a line for each question that is done."""

    path: Path

    def done(self) -> Mapping[str, CaseRun]:
        """What is done so far, by case; a line that was cut off is passed over."""
        if not self.path.exists():
            return {}
        return {run.id: run for run in self._lines()}

    def add(self, run: CaseRun) -> None:
        """Keeps one more. Raises GoingError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                # A line before it that was cut off must not swallow this one.
                file.write(b"\n" + _ADAPTER.dump_json(run) + b"\n")
        except OSError as error:
            raise GoingError(f"{self.path} cannot be written: {error.strerror}.") from error

    def forget(self) -> None:
        """Begins anew."""
        self.path.unlink(missing_ok=True)

    def _lines(self) -> Iterator[CaseRun]:
        for line in self.path.read_bytes().splitlines():
            try:
                yield _ADAPTER.validate_json(line)
            except ValidationError:
                continue


def going_of(folder: Path, model: str, llm: LlmSettings) -> Going:
    """The file for a run of this model, with these settings and this code."""
    asked = llm.model_dump(mode="json", exclude=_OF_NO_MATTER)
    told = json.dumps([model, asked, _code_digest()], sort_keys=True)
    return Going(
        folder / f"{short_name(model)}-{hashlib.sha256(told.encode()).hexdigest()[:12]}.jsonl"
    )


def short_name(model: str) -> str:
    """A model's name as that of a file."""
    return re.sub(r"[^a-z0-9.]+", "-", model.lower()).strip("-.") or "model"


def _code_digest() -> str:
    """Of every file of the packages that an answer comes out of: one that goes on must not be put
    together from two versions.
    """
    found = hashlib.sha256()
    for package in (corpus, index, assistant):
        folder = Path(str(package.__file__)).parent
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).parts
            if path.suffix in _SUFFIXES and inside[0] not in _LEFT_OUT:
                found.update(path.read_bytes())
    return found.hexdigest()
