"""A fitted regression at run time."""

import math

import pytest

from assistant.judge.regression import Regression


def test_probability_is_the_logistic_of_the_weighed_sum() -> None:
    # 1 + 2 * 0.5 - 3 * 1 = -1: 1 / (1 + e) = 0.26894
    assert Regression(1, (2, -3)).probability((0.5, 1)) == pytest.approx(0.268941, abs=1e-6)


@pytest.mark.parametrize(("bias", "sure"), [(1e4, 1.0), (-700.0, 0.0)])
def test_extremes_do_not_overflow(bias: float, sure: float) -> None:
    found = Regression(bias, ()).probability(())
    assert math.isclose(found, sure, abs_tol=1e-12)


def test_each_weight_needs_its_value() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        Regression(0, (1, 2)).probability((1,))
