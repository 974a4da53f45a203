"""Differences between paired scores, and whether chance would do as much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.pairs import difference, holm, mcnemar

SCORES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("won", "lost", "chance"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),  # 2 x (1/2)
        (5, 0, 0.0625),  # 2 x 1/32
        (1, 5, 0.21875),  # 2 x (1 + 6)/64
        (8, 2, 0.109375),  # 2 x (1 + 10 + 45)/1024
        (3, 3, 1.0),  # 2 x (1 + 6 + 15 + 20)/64 is more than 1
    ],
)
def test_mcnemar_tosses_a_coin_for_each_case_that_changed(
    won: int, lost: int, chance: float
) -> None:
    assert mcnemar(won, lost) == pytest.approx(chance)


@given(st.integers(0, 200), st.integers(0, 200))
def test_mcnemar_agrees_with_the_binomial_test(won: int, lost: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    expected = stats.binomtest(won, won + lost).pvalue if won + lost else 1.0
    assert mcnemar(won, lost) == pytest.approx(expected)


def test_mcnemar_takes_thousands_of_changes() -> None:
    assert mcnemar(3000, 1000) < 1e-100
    assert mcnemar(2000, 2000) == 1.0


def test_holm_multiplies_the_smallest_by_all_and_never_falls() -> None:
    # 0.01 x 4, 0.03 x 3 = 0.09, 0.04 x 2 = 0.08 but not below 0.09, 0.5 x 1
    assert holm([0.03, 0.01, 0.5, 0.04]) == pytest.approx((0.09, 0.04, 0.5, 0.09))
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_keeps_the_order_and_helps_nobody(chances: list[float]) -> None:
    corrected = holm(chances)
    assert all(
        after >= before and after <= 1 for before, after in zip(chances, corrected, strict=True)
    )
    order = sorted(range(len(chances)), key=lambda n: chances[n])
    assert [corrected[n] for n in order] == sorted(corrected)


def test_a_difference_is_the_mean_gain_with_its_interval() -> None:
    # gains: 0, 0.5, 0.5, 1.0; their mean is 2.0 / 4
    found = difference([0.0, 0.0, 0.5, 0.0], [0.0, 0.5, 1.0, 1.0])
    assert found.value == 0.5
    assert 0 <= found.low < 0.5 < found.high <= 1
    assert found.cases == 4


def test_the_same_scores_are_no_difference() -> None:
    found = difference([0.1, 0.7, 0.3], [0.1, 0.7, 0.3])
    assert (found.value, found.low, found.high, found.chance) == (0.0, 0.0, 0.0, 1.0)


def test_signs_at_random_come_near_the_exact_share() -> None:
    # Four gains of 0.25, so of 2^4 signs two are as extreme: p = 2/16 = 0.125.
    found = difference([0.25] * 4, [0.5] * 4)
    assert found.chance == pytest.approx(0.125, abs=0.015)


def test_scores_of_nought_and_one_are_tested_in_full() -> None:
    # Five gained and one lost: 2 x (1 + 6)/64.
    before, after = [0.0] * 5 + [1.0] * 3, [1.0] * 5 + [0.0] + [1.0] * 2
    assert difference(before, after).chance == pytest.approx(0.21875)


@given(SCORES)
def test_swapping_the_runs_turns_the_sign(pairs: list[tuple[float, float]]) -> None:
    before, after = [old for old, _ in pairs], [new for _, new in pairs]
    there, back = difference(before, after, 200), difference(after, before, 200)
    assert there.value == pytest.approx(-back.value)
    assert there.low <= there.high
    assert there.chance == pytest.approx(back.chance)
    assert 0 < there.chance <= 1


@pytest.mark.parametrize(("before", "after"), [([], []), ([1.0], [1.0, 0.0])])
def test_what_is_not_paired_is_refused(before: list[float], after: list[float]) -> None:
    with pytest.raises(ValueError, match="no pairs"):
        difference(before, after)
