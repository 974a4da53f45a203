"""Agreement with people, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.judge.agreement import auroc, balanced


def test_balanced_accuracy_is_the_mean_of_both_shares() -> None:
    # 2 of 3 supported got right, 1 of 2 unsupported: (2/3 + 1/2) / 2 = 7/12
    assert balanced([1, 1, 1, 0, 0], [1, 1, 0, 1, 0]) == pytest.approx(7 / 12)


def test_auroc_counts_pairs_and_halves_of_ties() -> None:
    # Supported 0.9 and 0.5 against 0.5 and 0.1: wins 2 + 1, one tie: 3.5 of 4
    assert auroc([1, 1, 0, 0], [0.9, 0.5, 0.5, 0.1]) == pytest.approx(3.5 / 4)


@pytest.mark.parametrize("measure", [auroc, balanced])
def test_one_label_alone_has_no_score(measure: type) -> None:
    with pytest.raises(ValueError, match="both"):
        measure([1, 1], [0.1, 0.2])


@given(st.lists(st.tuples(st.booleans(), st.integers(-5, 5)), min_size=2))
def test_turning_the_sureness_round_mirrors_the_auroc(pairs: list[tuple[bool, int]]) -> None:
    truth, sure = [t for t, _ in pairs], [float(s) for _, s in pairs]
    if len(set(truth)) == 2:
        assert auroc(truth, sure) == pytest.approx(1 - auroc(truth, [-s for s in sure]))
        assert 0 <= auroc(truth, sure) <= 1
