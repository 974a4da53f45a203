"""Shares of cases and their intervals."""

import pytest

from eval.measures.interval import wilson
from eval.safety.share import share_of, words_of


def test_a_share_counts_what_is_true_of_what_counts() -> None:
    share = share_of([True, None, False, True, None])
    assert share is not None
    assert (share.k, share.n) == (2, 3)
    assert share.value == pytest.approx(2 / 3)
    assert (share.low, share.high) == (wilson(2, 3).low, wilson(2, 3).high)


@pytest.mark.parametrize("nothing", [[], [None, None]])
def test_nothing_to_count_is_no_share(nothing: list[None]) -> None:
    assert share_of(nothing) is None
    assert words_of(share_of(nothing)) == "none to count"


def test_it_is_told_with_its_interval() -> None:
    words = words_of(share_of([True] * 2 + [False] * 48))
    assert words == "2 of 50 (4.0 %, 95 % interval 1.1 to 13.5)"
