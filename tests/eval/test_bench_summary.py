"""Percentiles and ratios are the textbook's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.summary import percentile, ratio

SECONDS = st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=50)


@given(SECONDS, st.floats(0, 100))
def test_a_percentile_is_the_one_numpy_gives(seconds: list[float], percent: float) -> None:
    expected = float(np.percentile(seconds, percent))
    assert percentile(seconds, percent) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(SECONDS, st.floats(0, 100), st.floats(0, 100))
def test_a_higher_percentile_is_never_a_smaller_value(
    seconds: list[float], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert min(seconds) <= percentile(seconds, low) <= percentile(seconds, high) <= max(seconds)


def test_the_middle_of_an_even_number_of_values_lies_between_them() -> None:
    assert percentile([1.0, 2.0, 3.0, 10.0], 50) == 2.5


def test_nothing_measured_is_no_zero() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 50)


@pytest.mark.parametrize("percent", [-1, 100.5])
def test_there_is_no_percentile_outside_a_hundred(percent: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        percentile([1.0], percent)


def test_a_ratio_to_nothing_is_not_given() -> None:
    assert ratio(3.0, 0.0) is None
    assert ratio(3.0, 2.0) == 1.5
