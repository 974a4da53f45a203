"""Fitting on made-up claims whose answer is known."""

import numpy as np
import pytest

from assistant.judge.features import NAMES
from eval.judge.claim import Claim
from eval.judge.fitting import (
    Sample,
    cross_validated,
    departed_supported,
    fit,
    sample_of,
    transferred,
)

_THINGS = "salt water rest ice heat sleep massage shoes socks tape".split()


def claims() -> list[Claim]:
    """For each thing a claim its evidence holds, and one that it does not."""
    return [
        Claim(
            f"The calf needs {said}.", (f"{thing} is what the calf needs.",), said == thing, thing
        )
        for n, thing in enumerate(_THINGS)
        for said in (thing, _THINGS[n - 1])
    ]


def sample(values: list[float], supported: list[int], departed: list[int] | None = None) -> Sample:
    return Sample(
        np.array(values).reshape(-1, 1),
        np.array(supported, dtype=np.bool_),
        np.array(departed or [0] * len(values), dtype=np.bool_),
        tuple(str(n) for n in range(len(values))),
    )


def test_claims_become_rows_of_numbers() -> None:
    found = sample_of(claims())
    assert found.values.shape == (20, len(NAMES))
    assert found.supported.sum() == 10
    assert found.groups[:3] == ("salt", "salt", "water")
    # "needs massage" of evidence about ice, "needs shoes" of massage: remedies only are listed
    assert found.departed.sum() >= 1
    assert not found.departed[found.supported].any()


def test_one_label_alone_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="both"):
        sample_of([claim for claim in claims() if claim.supported])


def test_a_sign_that_goes_with_support_gets_weight_above_zero() -> None:
    found = fit([sample([0, 1, 2, 3, 4, 5], [0, 0, 0, 1, 1, 1])])
    assert found.weights[0] > 0
    # Both labels weigh alike and the values are even: half-way between is a half.
    assert found.probability((2.5,)) == pytest.approx(0.5, abs=1e-3)


def test_a_second_set_weighs_as_much_as_the_first_however_large() -> None:
    # The same claims a hundred times over are still one set of two.
    often = sample([0, 1] * 100, [0, 1] * 100)
    turned = sample([0, 1], [1, 0])
    assert fit([often, turned]).weights[0] == pytest.approx(0, abs=1e-6)


def test_a_constant_sign_does_no_harm() -> None:
    found = fit([sample([1, 1, 1, 1], [0, 1, 0, 1])])
    assert found.probability((1,)) == pytest.approx(0.5)


def test_known_claims_are_told_apart_when_held_out() -> None:
    found = cross_validated(sample_of(claims()))
    assert found.auroc.value == 1.0
    assert found.balanced.value > 0.9
    assert found.claims == 20


def test_refused_departures_count_as_unsupported() -> None:
    # The regression gets all four right; refusing one supported claim leaves (1/2 + 1) / 2.
    known = sample([0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 0])
    found = transferred(fit([known]), known)
    assert found.balanced.value == 1.0
    assert found.in_use.value == pytest.approx(0.75)
    assert found.in_use.sure.low <= 0.75 <= found.in_use.sure.high


def test_a_baseline_is_one_number_a_claim_and_refuses_nothing() -> None:
    known = sample([0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 0]).alone([5, 6, 7, 8])
    assert known.values.tolist() == [[5], [6], [7], [8]]
    assert not known.departed.any()


def test_how_often_departed_claims_are_supported_all_the_same() -> None:
    # Of the supported 1 in 2 departs, of the unsupported 2 in 2: 0.5 / (0.5 + 1) = 1/3
    known = sample([0, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 1])
    assert departed_supported([known]) == pytest.approx(1 / 3)
    assert departed_supported([sample([0, 0], [1, 0])]) == 0.5
