"""Figures over rankings and over how sure something was, as rows with their 95 % intervals."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from corpus import Span
from eval.external.report import Row
from eval.measures.interval import ROUNDS, bootstrap, resampled
from eval.measures.retrieval import ndcg_at_k, recall_at_k, reciprocal_rank

_FEWER_ROUNDS = 500
"""Draws of what takes longer to compute than a mean."""
_Case = TypeVar("_Case")


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: how sure something was with an answer there, and with none there.

    A question that exists in one form only has the other side empty.
    """

    with_answer: tuple[float, ...]
    without: tuple[float, ...]


def ndcg(ranked: Sequence[str], right: Sequence[str], k: int) -> float:
    """nDCG of the first `k` ids, each right one a gain of 1 (Järvelin and Kekäläinen 2002)."""
    wanted = [[_whole(each)] for each in right]
    found = ndcg_at_k(_wholes(ranked), wanted, k, _wholes(right))
    return _known(found)


def recall(ranked: Sequence[str], right: Sequence[str], k: int) -> float:
    """Share of the right ids among the first `k`."""
    return _known(recall_at_k(_wholes(ranked), [[_whole(each)] for each in right], k))


def mrr(ranked: Sequence[str], right: Sequence[str], k: int) -> float:
    """1 over the rank of the first right id among the first `k`, 0 if there is none."""
    return _known(reciprocal_rank(_wholes(ranked[:k]), [[_whole(each)] for each in right]))


@dataclass(frozen=True, slots=True)
class Measured(Generic[_Case]):
    """One figure of one method, with what each question gave to it."""

    row: Row
    cases: tuple[_Case, ...]
    statistic: Callable[[Sequence[_Case]], float | None]
    rounds: int


def mean_of(method: str, measure: str, values: Sequence[float]) -> Measured[float]:
    """The mean of one value a question. Raises ValueError without values."""
    sure = bootstrap(values)
    row = Row(method, measure, mean(values), sure.low, sure.high, len(values))
    return Measured(row, tuple(values), mean, ROUNDS)


def area_of(method: str, measure: str, judged: Sequence[Judged]) -> Measured[Judged]:
    """The area under the ROC curve. Raises ValueError without both sorts of question."""
    value = auroc(judged)
    if value is None:
        raise ValueError("an area needs questions with an answer and questions without")
    sure = resampled(judged, auroc, rounds=_FEWER_ROUNDS)
    low, high = (sure.low, sure.high) if sure else (None, None)
    row = Row(method, measure, value, low, high, len(judged))
    return Measured(row, tuple(judged), auroc, _FEWER_ROUNDS)


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean. Raises ZeroDivisionError without values."""
    return math.fsum(values) / len(values)


def auroc(judged: Sequence[Judged]) -> float | None:
    """Chance that a score with an answer there beats one without, ties half (Mann, Whitney 1947).

    None unless there are both.
    """
    high = np.array([score for each in judged for score in each.with_answer])
    low = np.sort(np.array([score for each in judged for score in each.without]))
    if not high.size or not low.size:
        return None
    below = np.searchsorted(low, high, side="left")
    tied = np.searchsorted(low, high, side="right") - below
    return float((below + tied / 2).sum() / (high.size * low.size))


def published(method: str, measure: str, value: float, source: str) -> Row:
    """A figure somebody else measured, under conditions of their own."""
    return Row(method, measure, value, published=True, source=source)


def compared(ours: Measured[_Case], *others: Measured[_Case]) -> tuple[str, ...]:
    """In plain words, whether ours is better or worse than each, question by question.

    The 95 % interval is of the difference, drawn over the questions both were asked; while it
    holds 0, nothing is claimed.

    Raises:
        ValueError: they were not asked the same number of questions.
    """
    return tuple(_compared(ours, other) for other in others)


def _compared(ours: Measured[_Case], other: Measured[_Case]) -> str:
    pairs = list(zip(ours.cases, other.cases, strict=True))

    def gained(drawn: Sequence[tuple[_Case, _Case]]) -> float | None:
        first = ours.statistic([one for one, _ in drawn])
        second = other.statistic([one for _, one in drawn])
        return None if first is None or second is None else first - second

    sure = resampled(pairs, gained, rounds=min(ours.rounds, _FEWER_ROUNDS))
    said = "No clear difference"
    if sure and sure.low > 0:
        said = "Better"
    elif sure and sure.high < 0:
        said = "WORSE"
    numbers = f"{ours.row.value:.3f} against {other.row.value:.3f}"
    return f"{said}: {ours.row.method} and {other.row.method}, {ours.row.measure} {numbers}."


def _wholes(names: Sequence[str]) -> list[Span]:
    return [_whole(name) for name in names]


def _whole(name: str) -> Span:
    """A whole text as a place: here texts are found or not, never parts of them."""
    return Span(name, 0, 1)


def _known(value: float | None) -> float:
    if value is None:
        raise ValueError("a question without a right text cannot be scored")
    return value
