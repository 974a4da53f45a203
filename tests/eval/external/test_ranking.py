import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.external.ranking import (
    Judged,
    area_of,
    auroc,
    compared,
    mean_of,
    mrr,
    ndcg,
    published,
    recall,
)

SCORES = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=8)


def judged(high: list[float], low: list[float]) -> list[Judged]:
    return [Judged((score,), ()) for score in high] + [Judged((), (score,)) for score in low]


def test_figures_of_one_ranking_worked_by_hand() -> None:
    ranked = ["x", "a", "y", "b"]
    # Right at ranks 2 and 4: (1/log2(3) + 1/log2(5)) / (1/log2(2) + 1/log2(3)).
    gained = 1 / math.log2(3) + 1 / math.log2(5)
    assert ndcg(ranked, ["a", "b"], 4) == pytest.approx(gained / (1 + 1 / math.log2(3)))
    assert recall(ranked, ["a", "b"], 3) == 0.5
    assert mrr(ranked, ["b"], 4) == 0.25
    assert mrr(ranked, ["b"], 3) == 0.0


def test_a_question_without_a_right_text_cannot_be_scored() -> None:
    for measure in (ndcg, recall, mrr):
        with pytest.raises(ValueError, match="right text"):
            measure(["a"], [], 5)


def test_area_worked_by_hand() -> None:
    # Pairs (0.9, 0.5) (0.9, 0.2) won, (0.5, 0.5) tied, (0.5, 0.2) won: 3.5 of 4.
    assert auroc(judged([0.9, 0.5], [0.5, 0.2])) == 0.875
    assert auroc([Judged((0.9,), (0.5,)), Judged((0.5,), (0.2,))]) == 0.875


@pytest.mark.parametrize("one_sided", [[], judged([1.0], []), judged([], [1.0])])
def test_an_area_needs_both_sorts(one_sided: list[Judged]) -> None:
    assert auroc(one_sided) is None
    with pytest.raises(ValueError, match="questions without"):
        area_of("any", "AUROC", one_sided)


@given(SCORES, SCORES)
def test_an_area_is_the_share_of_pairs_won(high: list[float], low: list[float]) -> None:
    won = [float(h > w) + 0.5 * (h == w) for h in high for w in low]
    area = auroc(judged(high, low))
    assert area == pytest.approx(sum(won) / len(won))
    turned = auroc(judged(low, high))
    assert area is not None
    assert turned == pytest.approx(1 - area)


def test_methods_are_compared_question_by_question() -> None:
    # Means 0.9 and 0.8 have intervals that overlap, but every difference is 0.1.
    values = [0.0, 1.0] * 50
    better = mean_of("ours", "share", [0.1 + 0.9 * each for each in values])
    other = mean_of("theirs", "share", [0.9 * each for each in values])
    assert better.row.low is not None
    assert other.row.high is not None
    assert better.row.low < other.row.high
    assert compared(better, other) == ("Better: ours and theirs, share 0.550 against 0.450.",)
    assert compared(other, better)[0].startswith("WORSE: theirs and ours")
    assert compared(other, other)[0].startswith("No clear difference")


def test_areas_are_compared_by_drawing_the_same_questions() -> None:
    sharp = area_of("sharp", "AUROC", [Judged((1.0,), (0.0,))] * 20)
    blind = area_of("blind", "AUROC", [Judged((0.5,), (0.5,))] * 20)
    assert compared(sharp, blind) == ("Better: sharp and blind, AUROC 1.000 against 0.500.",)


def test_only_methods_asked_the_same_can_be_compared() -> None:
    with pytest.raises(ValueError, match="zip"):
        compared(mean_of("a", "share", [1.0]), mean_of("b", "share", [1.0, 0.0]))


def test_a_published_figure_says_whose_it_is_and_has_no_interval_of_ours() -> None:
    row = published("somebody", "nDCG@10", 0.5, "a paper")
    assert (row.published, row.source, row.low, row.n) == (True, "a paper", None, None)
