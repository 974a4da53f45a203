"""What the checker's verdicts come to: lies caught, supported sentences kept, and the trade."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.cases.case import Half
from eval.safety.share import Share, share_of
from eval.written.labelled import Kept
from eval.written.levels import LEVELS, RULES, Looked, rules_of

STEPS = tuple(step / 20 for step in range(21))
"""Thresholds of the judge that are tried, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Verdicts held against labels. None where there is nothing to count."""

    caught: Share | None
    """Of unsupported sentences, those refused: the recall of refusing."""
    kept: Share | None
    """Of supported sentences, those passed."""
    precision: Share | None
    """Of refused sentences, those that are unsupported."""
    slipped: Share | None
    """Of passed sentences, those that are unsupported: what a reader might see."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One kind of lie or paraphrase, or one model's drafts."""

    group: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Point:
    """Where some rules and some threshold stand between catching and keeping."""

    name: str
    sure: float
    """Threshold of the judge."""
    caught: float
    kept: float


@dataclass(frozen=True, slots=True)
class Trade:
    """What catching costs. Of the dev half only: it is what was tuned on."""

    levels: tuple[Point, ...]
    """Rules put back one by one, at the threshold in use; the last is the checker."""
    without: tuple[Point, ...]
    """The checker without one rule at a time."""
    judge: tuple[Point, ...]
    """The judge alone at every threshold."""
    checker: tuple[Point, ...]
    """The checker at every threshold."""


@dataclass(frozen=True, slots=True)
class SetReport:
    """One set of labelled sentences of one half."""

    kept: Kept
    half: Half
    sentences: int
    counts: Counts
    groups: tuple[GroupRow, ...]
    """Empty for the sealed half."""
    trade: Trade | None
    """None for the sealed half, or where either label is missing."""
    wrong: tuple[str, ...]
    """Ids of sentences judged wrongly; empty for the sealed half."""


def score(looked: Sequence[Looked], kept: Kept, half: Half, sure: float) -> SetReport | None:
    """The figures of one set; None where it is empty. `sure`: the checker's threshold."""
    mine = [one for one in looked if one.item.kept is kept and one.item.half is half]
    if not mine:
        return None
    open_half = half is Half.DEV
    return SetReport(
        kept,
        half,
        len(mine),
        counts_of(mine),
        tuple(_groups(mine)) if open_half else (),
        _trade(mine, sure) if open_half else None,
        tuple(one.item.id for one in mine if one.passed is not one.item.supported)
        if open_half
        else (),
    )


def counts_of(looked: Sequence[Looked]) -> Counts:
    """The checker's verdicts on some sentences."""
    refused = [one for one in looked if not one.passed]
    passed = [one for one in looked if one.passed]
    return Counts(
        caught=share_of(not one.passed for one in looked if not one.item.supported),
        kept=share_of(one.passed for one in looked if one.item.supported),
        precision=share_of(not one.item.supported for one in refused),
        slipped=share_of(not one.item.supported for one in passed),
    )


def _groups(looked: Sequence[Looked]) -> Iterator[GroupRow]:
    for group in dict.fromkeys(one.item.group for one in looked):
        yield GroupRow(group, counts_of([one for one in looked if one.item.group == group]))


def _trade(looked: Sequence[Looked], sure: float) -> Trade | None:
    if len({one.item.supported for one in looked}) < 2:
        return None
    levels = [_point(name, looked, rules_of(level), sure) for level, name in enumerate(LEVELS)]
    without = [
        _point(f"without {rule}", looked, [one for one in RULES if one != rule], sure)
        for rule in RULES
    ]
    return Trade(
        tuple(levels),
        (*without, _point("without the judge", looked, RULES, 0.0)),
        tuple(_point(LEVELS[0], looked, (), step) for step in STEPS),
        tuple(_point("the checker", looked, RULES, step) for step in STEPS),
    )


def _point(name: str, looked: Sequence[Looked], rules: Sequence[str], sure: float) -> Point:
    lies = [not one.passes(rules, sure) for one in looked if not one.item.supported]
    true = [one.passes(rules, sure) for one in looked if one.item.supported]
    return Point(name, sure, sum(lies) / len(lies), sum(true) / len(true))
