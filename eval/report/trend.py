"""How figures went from commit to commit, over the same questions only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from eval.report.headline import EVERYTHING, share_passed
from eval.report.rows import HALVES
from eval.results import Figure, Results


@dataclass(frozen=True, slots=True)
class Step:
    """One run in the trend."""

    commit: str
    at: str
    """Its day, ISO 8601; empty if unknown."""
    figures: tuple[Figure, ...]

    def of(self, name: str, half: str) -> Figure | None:
        """The figure, if the run has it."""
        return next((one for one in self.figures if (one.name, one.half) == (name, half)), None)


@dataclass(frozen=True, slots=True)
class Trend:
    """Runs that can be held against each other, oldest first, and how many cannot."""

    steps: tuple[Step, ...]
    names: tuple[str, ...]
    """The share that passed, then every figure of this run that has a target."""
    other_questions: int
    other_providers: int
    """Kept runs that are left out, each counted once."""


def trend_of(results: Results, earlier: Sequence[Results]) -> Trend:
    """This run and those before it on the same questions by the same provider.

    Of several runs of a commit the last one measured stands.
    """
    others = [run for run in earlier if run.questions != results.questions]
    same = [run for run in earlier if run.questions == results.questions]
    ours = [run for run in same if run.provider == results.provider]
    by_commit = {run.commit: run for run in sorted((*ours, results), key=_measured)}
    aimed = (one for one in results.figures if one.target is not None and one.half in HALVES)
    return Trend(
        steps=tuple(_step(run) for run in sorted(by_commit.values(), key=_order)),
        names=(EVERYTHING, *dict.fromkeys(figure.name for figure in aimed)),
        other_questions=len(others),
        other_providers=len(same) - len(ours),
    )


def _step(run: Results) -> Step:
    return Step(
        run.commit, (run.committed_at or run.measured_at)[:10], (*_passed(run), *run.figures)
    )


def _passed(run: Results) -> Iterator[Figure]:
    for half in HALVES:
        cases = [case for case in run.cases if case.half == half]
        if cases:
            yield share_passed(EVERYTHING, half, cases)


def _order(run: Results) -> tuple[datetime, datetime]:
    return _moment(run.committed_at or run.measured_at), _measured(run)


def _measured(run: Results) -> datetime:
    return _moment(run.measured_at)


def _moment(written: str) -> datetime:
    """A point in time; commits carry the zone of whoever made them."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
