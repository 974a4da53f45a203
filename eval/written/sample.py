"""Which questions are asked when there is no time for all of them."""

import hashlib
from collections.abc import Sequence

from eval.cases.case import Case, Half


def sample_of(cases: Sequence[Case], most: int) -> tuple[Case, ...]:
    """Up to so many answerable cases, as many of each half as there are of the other, by turns.

    Drawn by a digest of their ids: always the same ones, and the first of a larger sample are
    those of a smaller one, so that a run can be made longer.
    """
    halves = [_shuffled([case for case in cases if case.half is half]) for half in Half]
    longest = max((len(half) for half in halves), default=0)
    by_turns = [half[at] for at in range(longest) for half in halves if at < len(half)]
    return tuple(by_turns[:most])


def _shuffled(cases: Sequence[Case]) -> list[Case]:
    answerable = [case for case in cases if case.answerable]
    return sorted(answerable, key=lambda case: hashlib.sha256(case.id.encode()).digest())
