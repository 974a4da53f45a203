"""Measures the checker on labelled sentences: reads them, holds them against it, adds up."""

from collections.abc import Sequence

from assistant.checking.check import Checker
from eval.cases.case import Half
from eval.written.labelled import Kept, Labelled
from eval.written.levels import look
from eval.written.report import FORMAT, CheckerReport, checker_digest
from eval.written.scores import SetReport, score


def measure_half(
    labelled: Sequence[Labelled], half: Half, checker: Checker
) -> tuple[SetReport, ...]:
    """The figures of one half, a report for each set that is there."""
    looked = look(labelled, checker)
    scored = [score(looked, kept, half, checker.sure) for kept in Kept]
    return tuple(one for one in scored if one is not None)


def report_of(
    sets: Sequence[SetReport],
    labelled: dict[Half, str],
    sure: float,
    *,
    commit: str = "",
    measured_at: str = "",
    sealed_runs: int = 0,
) -> CheckerReport:
    """One measuring of the checker as it stands. `labelled`: digest of each half's sentences."""
    return CheckerReport(
        FORMAT, commit, measured_at, checker_digest(), sure, labelled, sealed_runs, tuple(sets)
    )
