"""Whether the assistant says nothing when there is nothing to say: precision, recall, F1.

The positive class is "abstained". Precision is asked over the questions that should be abstained
from and those the shelf answers; each kind of unanswerable question is scored by itself, because a
question about tax is far easier to turn down than one about magnesium doses.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turned:
    """One question: whether it should have been abstained from, and whether it was."""

    should: bool
    did: bool
    sure: float | None = None
    """How sure the provider was that there is an answer, 0 to 1."""


@dataclass(frozen=True, slots=True)
class AtBar:
    """Abstaining from everything less sure than a bar."""

    bar: float
    precision: float | None
    recall: float


def precision(turned: Sequence[Turned]) -> float | None:
    """Share of the abstentions that were right; None when there was none."""
    did = [one.should for one in turned if one.did]
    return sum(did) / len(did) if did else None


def recall(turned: Sequence[Turned]) -> float | None:
    """Share of the unanswerable questions abstained from; None when there is none."""
    should = [one.did for one in turned if one.should]
    return sum(should) / len(should) if should else None


def f1(turned: Sequence[Turned]) -> float | None:
    """Harmonic mean of both: 2 right / (abstained + unanswerable); None when both are empty."""
    right = sum(one.should and one.did for one in turned)
    out_of = sum(one.did for one in turned) + sum(one.should for one in turned)
    return 2 * right / out_of if out_of else None


def curve(turned: Sequence[Turned]) -> tuple[AtBar, ...]:
    """Precision and recall at every bar that tells two questions apart, by rising bar.

    Questions nobody gave a probability for are left out; empty without unanswerable ones.
    """
    known = [(one.sure, one.should) for one in turned if one.sure is not None]
    wanted = sum(should for _, should in known)
    if not wanted:
        return ()
    points = []
    for bar in sorted({sure for sure, _ in known} | {1.01}):
        below = [should for sure, should in known if sure < bar]
        right = sum(below)
        points.append(AtBar(bar, right / len(below) if below else None, right / wanted))
    return tuple(points)
