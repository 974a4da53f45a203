"""One run of a model, as it is kept in eval/written/runs/."""

import os
import platform
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from assistant.models.card import ModelCard
from assistant.settings import LlmSettings
from eval.cases.case import Half
from eval.run.build import Build
from eval.whole import write_whole
from eval.written.case_run import CaseRun
from eval.written.going import short_name
from eval.written.labelled import FOLDER
from eval.written.report import checker_digest
from eval.written.summary import HalfSummary, summarise

FORMAT = 1
RUNS = FOLDER / "runs"


@dataclass(frozen=True, slots=True)
class How:
    """How the model was asked."""

    served_by: str
    """Empty where it is this machine."""
    form: str
    context: int
    max_tokens: int
    temperature: float
    seed: int
    deadline: float
    price_in: float
    """Of a million tokens read, in `currency`; likewise of tokens written."""
    price_out: float
    currency: str


@dataclass(frozen=True, slots=True)
class ModelReport:
    """One run."""

    format: int
    model: str
    commit: str
    measured_at: str
    """ISO 8601."""
    checker: str
    """First 12 digits of the SHA-256 of the checker's files."""
    questions: str
    """First 12 digits of the SHA-256 of the questions asked."""
    machine: str
    """Where this ran, and with it the model unless a server elsewhere did the work."""
    sealed_runs: int
    """How often the sealed half was scored so far, this time included; 0 if not in this run."""
    how: How
    halves: tuple[HalfSummary, ...]
    cases: tuple[CaseRun, ...]


_ADAPTER = TypeAdapter(ModelReport)


def model_report(
    card: ModelCard,
    llm: LlmSettings,
    runs: tuple[CaseRun, ...],
    build: Build,
    *,
    measured_at: str,
    questions: str,
    sealed_runs: int,
) -> ModelReport:
    """Everything a run found, without any words."""
    halves = (summarise(runs, half, llm) for half in Half)
    return ModelReport(
        format=FORMAT,
        model=card.name,
        commit=build.commit,
        measured_at=measured_at,
        checker=checker_digest(),
        questions=questions,
        machine=f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        sealed_runs=sealed_runs,
        how=How(
            card.served_by,
            llm.form,
            llm.context,
            llm.max_tokens,
            llm.temperature,
            llm.seed,
            llm.deadline,
            llm.price_in,
            llm.price_out,
            llm.currency,
        ),
        halves=tuple(one for one in halves if one is not None),
        cases=tuple(_without_words(run) for run in runs),
    )


def write_model_report(report: ModelReport, folder: Path = RUNS) -> Path:
    """Keeps it, whole or not at all; where."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{short_name(report.model)}.json"
    write_whole(path, _ADAPTER.dump_json(report, indent=1) + b"\n")
    return path


def _without_words(run: CaseRun) -> CaseRun:
    return replace(run, question="", quotes_shown="", words_shown="")
