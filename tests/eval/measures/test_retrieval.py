"""Recall, reciprocal rank and nDCG against examples worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.evaluation.retrieval.metrics import NDCG

from corpus import Span
from eval.measures.retrieval import ndcg_at_k, recall_at_k, reciprocal_rank

SHELF = tuple(Span("text", 10 * n, 10 * n + 10) for n in range(20))


def at(*places: int) -> tuple[Span, ...]:
    return tuple(SHELF[n] for n in places)


def test_recall_counts_facts_not_passages() -> None:
    # Two facts: the first stands in 3 or in 7, the second in 5. 7 is first, 5 is sixth.
    wanted = [at(3, 7), at(5)]
    ranked = at(7, 0, 1, 2, 3, 5)
    assert recall_at_k(ranked, wanted, 1) == 0.5
    assert recall_at_k(ranked, wanted, 5) == 0.5
    assert recall_at_k(ranked, wanted, 6) == 1.0


def test_words_inside_a_passage_find_it_and_its_neighbour_does_not() -> None:
    inside = [(Span("text", 14, 17),)]
    assert recall_at_k(at(1), inside, 5) == 1.0
    assert recall_at_k(at(0, 2), inside, 5) == 0.0
    assert recall_at_k((Span("other", 10, 20),), inside, 5) == 0.0


def test_the_reciprocal_rank_is_of_the_first_that_carries_a_fact() -> None:
    assert reciprocal_rank(at(9, 8, 3, 5), [at(5), at(3)]) == pytest.approx(1 / 3)
    assert reciprocal_rank(at(9, 8), [at(5)]) == 0.0


def test_ndcg_by_hand() -> None:
    # Relevant: 3 and 5. Ranked 9, 3, 5: gains 0, 1/log2(3), 1/log2(4); ideal 1 + 1/log2(3).
    gained = 1 / math.log2(3) + 0.5
    ideal = 1 + 1 / math.log2(3)
    assert ndcg_at_k(at(9, 3, 5), [at(3), at(5)], 10, SHELF) == pytest.approx(gained / ideal)


def test_with_more_relevant_than_places_a_perfect_ranking_still_scores_one() -> None:
    # LlamaIndex's own gives 1.63 / 2.13 = 0.77 here: its ideal has three places.
    wanted = [at(1, 2, 3)]
    assert ndcg_at_k(at(1, 2), wanted, 2, SHELF) == pytest.approx(1.0)
    theirs = NDCG().compute(expected_ids=["1", "2", "3"], retrieved_ids=["1", "2"]).score
    assert theirs == pytest.approx((1 + 1 / math.log2(3)) / (1.5 + 1 / math.log2(3)))


def test_what_nobody_wants_is_unscored_not_zero() -> None:
    assert recall_at_k(at(1), [], 5) is None
    assert reciprocal_rank(at(1), []) is None
    assert ndcg_at_k(at(1), [], 10, SHELF) is None
    assert ndcg_at_k(at(1), [(Span("elsewhere", 0, 5),)], 10, SHELF) is None
    assert ndcg_at_k((), [at(1)], 10, SHELF) == 0.0


@given(st.permutations(range(20)), st.sets(st.integers(0, 19), min_size=1, max_size=10))
def test_it_agrees_with_llama_index_where_that_is_right(order: list[int], good: set[int]) -> None:
    ranked = at(*order)[:10]
    ours = ndcg_at_k(ranked, [at(*good)], 10, SHELF)
    theirs = NDCG().compute(
        expected_ids=[str(each) for each in at(*good)], retrieved_ids=[str(one) for one in ranked]
    )
    assert ours == pytest.approx(theirs.score)
