"""Intervals against numbers worked by hand or printed in textbooks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.interval import bootstrap, resampled, wilson


def test_wilson_of_eight_in_ten() -> None:
    # p = 0.8, n = 10, z = 1.96: middle (0.8 + 0.19207) / 1.38415 = 0.71674,
    # spread 1.96 * sqrt(0.016 + 0.0096036) / 1.38415 = 0.22657
    found = wilson(8, 10)
    assert found.low == pytest.approx(0.4902, abs=1e-4)
    assert found.high == pytest.approx(0.9433, abs=1e-4)


def test_wilson_of_sixty_in_sixty_still_allows_94_percent() -> None:
    # 60 / (60 + 3.8415) = 0.9398
    assert wilson(60, 60).low == pytest.approx(0.9398, abs=1e-4)
    assert wilson(60, 60).high == 1.0


@pytest.mark.parametrize(("right", "asked"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(right: int, asked: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(right, asked)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(share: tuple[int, int]) -> None:
    right, asked = share
    found, mirrored = wilson(right, asked), wilson(asked - right, asked)
    assert 0 <= found.low <= right / asked <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high)


def test_the_bootstrap_of_one_value_is_that_value() -> None:
    assert bootstrap([0.25] * 7).low == bootstrap([0.25] * 7).high == 0.25


def test_the_bootstrap_comes_near_the_normal_interval_of_a_mean() -> None:
    # 200 values, half 0 and half 1: standard error sqrt(0.25 / 200) = 0.03536, so 0.5 +- 0.0693
    found = bootstrap([0.0, 1.0] * 100)
    assert found.low == pytest.approx(0.5 - 0.0693, abs=0.01)
    assert found.high == pytest.approx(0.5 + 0.0693, abs=0.01)


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.1, 0.5, 0.9, 1.0]
    assert bootstrap(values) == bootstrap(values)


def test_nothing_has_no_bootstrap() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        bootstrap([])


def test_a_statistic_of_whole_cases_is_drawn_by_case() -> None:
    # The largest of 3 cases is left out of a draw with (2/3)^3 = 0.30: so the low end is below it.
    found = resampled([1, 2, 9], lambda drawn: float(max(drawn)))
    assert found is not None
    assert found.low < 9
    assert found.high == 9


def test_draws_without_a_value_are_passed_over() -> None:
    assert resampled([1, 2], lambda _: None) is None
    assert resampled([], lambda _: 1.0) is None
    found = resampled([0, 1], lambda drawn: 1.0 if 1 in drawn else None)
    assert found is not None
    assert (found.low, found.high) == (1.0, 1.0)
