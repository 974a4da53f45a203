"""Adds the scores of single cases up to figures, each with its 95 % interval."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.cases.case import Behaviour, Case, Category
from eval.measures.abstention import Turned, curve, f1, precision, recall
from eval.measures.interval import Interval, bootstrap, resampled, wilson
from eval.results import Curve, CurvePoint, Figure
from eval.run.scoring import MEASURES, Measure, Scores
from eval.transcript import Ending, Transcript

_OFF: frozenset[Category] = frozenset({"off-topic", "off-shelf-running"})
_NEAR: frozenset[Category] = frozenset({"near-topic"})


@dataclass(frozen=True, slots=True)
class Scored:
    """One case, what was said to it, and its scores."""

    case: Case
    said: Transcript
    scores: Scores


def figures_of(half: str, scored: Sequence[Scored]) -> tuple[Figure, ...]:
    """Every figure of one half; those without a single scored case have no value."""
    means = [_mean(half, measure, scored) for measure in MEASURES]
    return (*means, *_abstention(half, scored))


def curve_of(half: str, scored: Sequence[Scored]) -> Curve | None:
    """Precision and recall of abstention over every bar; None without a probability."""
    turned = _turned(scored)
    points = curve(turned)
    if not points:
        return None
    shown = tuple(CurvePoint(at.bar, at.precision, at.recall) for at in points)
    return Curve(half, shown, CurvePoint(0.5, precision(turned), recall(turned) or 0.0))


def _mean(half: str, measure: Measure, scored: Sequence[Scored]) -> Figure:
    asked = [one.scores[measure.name] for one in scored if measure.name in one.scores]
    values = [value for value in asked if value is not None]
    interval = _interval(values)
    return Figure(
        half=half,
        group=measure.group,
        name=measure.name,
        value=sum(values) / len(values) if values else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        scored=len(values),
        unscored=len(asked) - len(values),
        better=measure.better,
        target=measure.target,
    )


def _interval(values: Sequence[float]) -> Interval | None:
    """Wilson's for yes or no, which a bootstrap would call certain at 0 and 1; else bootstrap."""
    if not values:
        return None
    if set(values) <= {0.0, 1.0}:
        return wilson(round(sum(values)), len(values))
    return bootstrap(values)


def _abstention(half: str, scored: Sequence[Scored]) -> Iterator[Figure]:
    everything = _turned(scored)
    yield _of_turned(half, "abstention precision", precision, everything)
    yield _of_turned(half, "abstention recall", recall, everything)
    yield _of_turned(half, "abstention F1", f1, everything)
    for name, kinds, target in (("off-topic", _OFF, 0.95), ("near-topic", _NEAR, 0.80)):
        turned = _turned(scored, kinds)
        yield _of_turned(half, f"abstention precision, {name}", precision, turned)
        yield _of_turned(half, f"abstention recall, {name}", recall, turned)
        yield _of_turned(half, f"abstention F1, {name}", f1, turned, target)


def _of_turned(
    half: str,
    name: str,
    statistic: Callable[[Sequence[Turned]], float | None],
    turned: Sequence[Turned],
    target: float | None = None,
) -> Figure:
    value = statistic(turned)
    interval = None if value is None else resampled(turned, statistic)
    return Figure(
        half=half,
        group="abstention",
        name=name,
        value=value,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        scored=len(turned),
        unscored=0,
        target=target,
    )


def _turned(
    scored: Iterable[Scored], kinds: frozenset[Category] = _OFF | _NEAR
) -> tuple[Turned, ...]:
    """First messages the shelf answers, and those of some kinds that it does not."""
    return tuple(
        Turned(
            one.case.behaviour is Behaviour.ABSTAIN,
            one.said.ending in (Ending.NOT_COVERED, Ending.OTHER),
            one.said.sure,
        )
        for one in scored
        if one.case.category in kinds or one.case.category in ("answerable", "disagreement")
    )
