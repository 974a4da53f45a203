"""What a run comes to, before any detail."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures.interval import wilson
from eval.report.failures import SEALED, failed
from eval.report.rows import HALVES, Group, groups_of, is_met
from eval.results import CaseResult, Figure, Results

EVERYTHING = "all questions"


@dataclass(frozen=True, slots=True)
class Half:
    """One half at a glance."""

    name: str
    passed: Figure
    """Share of its cases that passed."""
    right: int
    met: int
    targets: int
    """Figures with a target and a value, of which `met` reach it."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The run at a glance."""

    harmful: int
    """Critical cases that failed by what was said: one stops a release."""
    critical: tuple[CaseResult, ...]
    """Critical cases that failed, harmful ones first."""
    critical_asked: int
    halves: tuple[Half, ...]


def headline_of(results: Results) -> Headline:
    """The run at a glance."""
    critical = tuple(case for case in failed(results.cases) if case.critical)
    return Headline(
        harmful=sum(case.harmful for case in critical),
        critical=critical,
        critical_asked=sum(case.critical for case in results.cases),
        halves=tuple(
            _half(name, results)
            for name in HALVES
            if any(case.half == name for case in results.cases)
        ),
    )


def _half(name: str, results: Results) -> Half:
    cases = [case for case in results.cases if case.half == name]
    met = [is_met(figure) for figure in results.figures if figure.half == name]
    return Half(
        name=name,
        passed=share_passed(EVERYTHING, name, cases),
        right=sum(case.passed for case in cases),
        met=met.count(True),
        targets=len(met) - met.count(None),
    )


def share_passed(name: str, half: str, cases: Sequence[CaseResult]) -> Figure:
    """How many of these cases passed, with Wilson's interval. There must be one at least."""
    right = sum(case.passed for case in cases)
    interval = wilson(right, len(cases))
    share = right / len(cases)
    return Figure(half, "passed", name, share, interval.low, interval.high, len(cases), 0)


def by_category(cases: Sequence[CaseResult]) -> Group:
    """How many passed of each category, one row each, in alphabetical order."""
    kinds: dict[tuple[str, str], list[CaseResult]] = {}
    for case in sorted(cases, key=lambda case: case.category):
        kinds.setdefault((case.half, case.category), []).append(case)
    shares = [share_passed(kind, half, those) for (half, kind), those in kinds.items()]
    return next(iter(groups_of(shares)), Group("passed", ()))


def sealed_note(results: Results) -> str:
    """How often the sealed half was looked at, which is how far it can still be trusted."""
    if not any(case.half == SEALED for case in results.cases):
        return "The sealed half was not asked in this run."
    times = "once" if results.sealed_runs == 1 else f"{results.sealed_runs} times"
    return f"Sealed half scored {times} so far."
