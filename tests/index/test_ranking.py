"""The order of passages: log-odds worked out by hand, and what no question can upset."""

from dataclasses import replace
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking import WEIGHTS, Likeness, RankingWeights, Scores, log_odds, mean_of, squashed

NAMES = tuple(Likeness.__slots__)
COSINES = ("cosine", "passage_cosine", "asked", "asked_mean")

PLAIN_NUMBERS = RankingWeights(
    asked_bias=-10,
    asked=4,
    asked_mean=2,
    asked_cosine=3,
    asked_passage=1,
    asked_bm25=16,
    bias=-9,
    cosine=5,
    bm25=6,
    passage_cosine=1,
    passage_bm25=8,
)


def scores(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


def reading(**values: float) -> Likeness:
    """The likeness of one sentence; whatever is not given is 0."""
    return Likeness(**{name: scores(values.get(name, 0.0)) for name in NAMES})


def known(*values: bool) -> npt.NDArray[np.bool_]:
    return np.array(values, dtype=np.bool_)


SENTENCE = {
    "cosine": 0.4,
    "passage_cosine": 0.3,
    "bm25": 3.0,
    "passage_bm25": 24.0,
    "asked": 0.5,
    "asked_mean": 0.25,
    "asked_bm25": 10.0,
}


def test_log_odds_of_a_sentence_with_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ranking.WEIGHTS", PLAIN_NUMBERS)
    # Bias -10; asked 4 * 0.5 = 2; asked_mean 2 * 0.25 = 0.5; cosine 3 * 0.4 = 1.2; passage 0.3;
    # words 16 * 10 / (10 + 10) = 8. Together 2.
    assert log_odds(reading(**SENTENCE), known(True)).tolist() == pytest.approx([2.0], abs=1e-5)


def test_log_odds_of_a_sentence_without_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ranking.WEIGHTS", PLAIN_NUMBERS)
    # Bias -9; cosine 5 * 0.4 = 2; words 6 * 3 / (3 + 6) = 2; passage 0.3; its words
    # 8 * 24 / (24 + 8) = 6. Together 1.3.
    assert log_odds(reading(**SENTENCE), known(False)).tolist() == pytest.approx([1.3], abs=1e-5)


def test_both_kinds_stand_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ranking.WEIGHTS", PLAIN_NUMBERS)
    both = Likeness(**{name: scores(value, value) for name, value in SENTENCE.items()})
    odds = log_odds(both, known(True, False))
    assert odds.dtype == np.float32
    assert odds.tolist() == pytest.approx([2.0, 1.3], abs=1e-5)


@pytest.mark.parametrize("has_questions", [True, False])
def test_nothing_alike_leaves_the_bias(has_questions: bool) -> None:
    bias = WEIGHTS.asked_bias if has_questions else WEIGHTS.bias
    assert log_odds(reading(), known(has_questions)).tolist() == pytest.approx([bias], abs=1e-5)


def test_an_empty_shelf_has_no_odds() -> None:
    nothing = Likeness(**{name: scores() for name in NAMES})
    assert log_odds(nothing, known()).shape == (0,)


@pytest.mark.parametrize("name", ["asked", "asked_mean", "asked_bm25"])
def test_questions_count_only_where_they_are_known(name: str) -> None:
    more = reading(**{**SENTENCE, name: 99.0})
    same = reading(**SENTENCE)
    assert log_odds(more, known(False)).tolist() == log_odds(same, known(False)).tolist()
    assert log_odds(more, known(True))[0] > log_odds(same, known(True))[0]


def test_the_mean_over_wordings_is_taken_of_each_reading() -> None:
    first = replace(reading(), cosine=scores(0.2, 0.9), bm25=scores(0, 6))
    second = replace(reading(), cosine=scores(0.6, 0.1), bm25=scores(3, 0))
    third = replace(reading(), cosine=scores(0.1, 0.2), bm25=scores(3, 0))
    found = mean_of([first, second, third])
    # A third of 0.2 + 0.6 + 0.1 and of 0.9 + 0.1 + 0.2; of 0 + 3 + 3 and of 6 + 0 + 0.
    assert found.cosine.tolist() == pytest.approx([0.3, 0.4], abs=1e-6)
    assert found.bm25.tolist() == pytest.approx([2.0, 2.0], abs=1e-6)
    assert found.asked.tolist() == [0.0]
    assert {getattr(found, name).dtype for name in NAMES} == {np.dtype(np.float32)}


def test_one_wording_is_its_own_mean() -> None:
    only = reading(**SENTENCE)
    assert mean_of([only]) is only


@pytest.mark.parametrize(
    ("bm25", "half", "share"), [(0, 6, 0.0), (6, 6, 0.5), (18, 6, 0.75), (10, 30, 0.25)]
)
def test_bm25_is_squashed_by_where_its_half_is(bm25: float, half: float, share: float) -> None:
    assert squashed(scores(bm25), half).tolist() == pytest.approx([share], abs=1e-6)


@given(st.floats(0, 1e6, width=32), st.floats(0.5, 100))
def test_squashed_bm25_stays_between_nothing_and_one(bm25: float, half: float) -> None:
    assert 0 <= float(squashed(scores(bm25), half)[0]) <= 1


def columns(rows: list[tuple[dict[str, float], bool]]) -> tuple[Likeness, npt.NDArray[np.bool_]]:
    likeness = Likeness(**{name: scores(*(row[name] for row, _ in rows)) for name in NAMES})
    return likeness, known(*(has_questions for _, has_questions in rows))


_values = st.fixed_dictionaries(
    {
        name: st.floats(-1, 1, width=32) if name in COSINES else st.floats(0, 60, width=32)
        for name in NAMES
    }
)
_rows = st.lists(st.tuples(_values, st.booleans()), min_size=1, max_size=12)


@given(_rows, st.randoms(use_true_random=False))
def test_shuffling_the_shelf_shuffles_the_odds_alike(
    rows: list[tuple[dict[str, float], bool]], chance: Random
) -> None:
    places = list(range(len(rows)))
    chance.shuffle(places)
    before = log_odds(*columns(rows))
    after = log_odds(*columns([rows[place] for place in places]))
    assert after.tolist() == pytest.approx([float(before[place]) for place in places], abs=1e-4)


@given(_values, st.booleans(), st.sampled_from(NAMES), st.floats(0, 2, width=32))
def test_being_more_alike_never_lowers_the_odds(
    values: dict[str, float], has_questions: bool, name: str, more: float
) -> None:
    nearer = {**values, name: values[name] + more}
    rows = [(values, has_questions), (nearer, has_questions)]
    odds = log_odds(*columns(rows))
    assert odds[1] >= odds[0] - 1e-4


@given(_values, st.sampled_from(NAMES), st.booleans())
def test_being_clearly_more_alike_raises_the_odds_where_it_counts(
    values: dict[str, float], name: str, has_questions: bool
) -> None:
    with_questions = {"cosine", "passage_cosine", "asked", "asked_mean", "asked_bm25"}
    without = {"cosine", "passage_cosine", "bm25", "passage_bm25"}
    counts = name in (with_questions if has_questions else without)
    rows = [(values, has_questions), ({**values, name: values[name] + 0.5}, has_questions)]
    odds = log_odds(*columns(rows))
    assert (odds[1] > odds[0]) == counts
