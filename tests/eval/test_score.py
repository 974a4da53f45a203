"""Scores: the textbook's intervals, every question counted once, nothing shown of sealed ones."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Reply
from eval.golden import Behaviour, Golden, GoldenError
from eval.measures.interval import wilson
from eval.score import Score, Tally, as_json, lines_of, score
from tests.eval.test_golden import CLAIMS, FIRST, SECOND, abstention, answer


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [
        # Nothing right of n: from 0 to z² / (n + z²), and z² is 3.8415.
        (0, 10, 0.0, 0.27753),
        (10, 10, 0.72247, 1.0),
        (1, 1, 0.20655, 1.0),
        # (0.8 + 0.19207) / 1.38415, give or take 1.95996 x sqrt(0.016 + 0.0096037) / 1.38415
        (8, 10, 0.49016, 0.94332),
        # (0.5 + 0.0192073) / 1.0384146 = 0.5, give or take 0.0961683
        (50, 100, 0.40383, 0.59617),
    ],
)
def test_the_interval_is_wilsons(right: int, asked: int, low: float, high: float) -> None:
    found = wilson(right, asked)
    assert (found.low, found.high) == pytest.approx((low, high), abs=2e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_each_end_of_the_interval_is_just_not_refuted(counts: tuple[int, int]) -> None:
    """Wilson's ends are the shares p at which |share - p| is z standard errors of p."""
    right, asked = counts
    found = wilson(right, asked)
    low, high = found.low, found.high
    assert 0 <= low <= right / asked <= high <= 1
    for end in (low, high):
        error = math.sqrt(end * (1 - end) / asked)
        assert abs(right / asked - end) == pytest.approx(1.959963985 * error, abs=1e-6)


@pytest.mark.parametrize(("right", "asked"), [(0, 0), (2, 1), (-1, 5)])
def test_what_is_no_share_has_no_interval(right: int, asked: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(right, asked)


def golden(
    name: str, behaviour: Behaviour, *points: str, tag: str = "", earlier: tuple[str, ...] = ()
) -> Golden:
    asked = Question(f"words of {name}", earlier)
    alternatives = tuple((point,) for point in points)
    return Golden(name, asked, behaviour, alternatives, (), ("at night",), frozenset({tag}))


GOLDENS = (
    golden("q-1", "answer", "1-01", "1-02"),
    golden("q-2", "answer", "1-02", tag="near-topic", earlier=("before",)),
    golden("q-3", "abstain", tag="near-topic"),
    golden("q-4", "abstain", tag="near-topic"),
    golden("q-5", "abstain", earlier=("before",)),
)
REPLIES: dict[str, Reply] = {
    "q-1": answer(FIRST),
    "q-2": abstention(),
    "q-3": abstention(),
    "q-4": answer(SECOND),
    "q-5": abstention(),
}


def ask(question: Question) -> Reply:
    return REPLIES[question.text.removeprefix("words of ")]


@pytest.fixture
def found() -> Score:
    return score(GOLDENS, ask, CLAIMS, sealed=False)


@pytest.fixture
def sealed() -> Score:
    return score(GOLDENS, ask, CLAIMS, sealed=True)


def test_every_question_is_counted_under_what_it_wants(found: Score) -> None:
    assert found.total == Tally(3, 5)
    assert found.behaviours == {"answer": Tally(1, 2), "abstain": Tally(2, 3)}
    assert found.near_topic == Tally(1, 2)
    assert found.follow_ups == Tally(1, 2)


def test_points_and_forbidden_words_are_counted_apart(found: Score) -> None:
    assert found.points == Tally(1, 3)
    assert found.forbidden == 1
    assert found.failing == ("q-2", "q-4")


def test_the_printed_score_names_the_failing_and_warns_that_the_file_was_tuned_on(
    found: Score,
) -> None:
    printed = "\n".join(lines_of("dev", found))
    assert "dev: 5 questions" in printed
    assert "all                             3      5   60.0%   23.1% to 88.2%" in printed
    assert "Golden points made: 1 of 3 (33.3%)" in printed
    assert "Not right: q-2 q-4" in printed
    assert "tuned on" in printed


def test_of_sealed_questions_only_totals_are_kept_or_shown(found: Score, sealed: Score) -> None:
    everything = f"{lines_of('sealed', sealed)} {json.dumps(as_json(sealed))} {sealed!r}"
    for one in GOLDENS:
        assert one.id not in everything
        assert one.asked.text not in everything
    assert "Totals only" in everything
    assert sealed.total == found.total
    assert "failing" not in as_json(sealed)


def test_the_kept_score_survives_a_round_trip(found: Score) -> None:
    kept = json.loads(json.dumps(as_json(found)))
    assert (kept["total"]["right"], kept["total"]["asked"]) == (3, 5)
    sure = wilson(3, 5)
    assert kept["total"]["interval"] == pytest.approx((sure.low, sure.high))
    assert kept["failing"] == ["q-2", "q-4"]


def test_a_group_nobody_asked_for_has_no_line_and_no_interval() -> None:
    found = score(GOLDENS[2:3], ask, CLAIMS, sealed=False)
    printed = "\n".join(lines_of("dev", found))
    assert "follow-ups" not in printed
    assert "Golden points made: 0 of 0\n" in printed
    assert "Not right: none" in printed
    assert json.loads(json.dumps(as_json(found)))["follow_ups"]["interval"] is None


def test_an_assistant_that_cannot_look_is_not_scored() -> None:
    broken = Abstention(AbstentionReason.UNAVAILABLE, "Sorry.", (), "", abstention().why)
    with pytest.raises(GoldenError, match="doctor"):
        score(GOLDENS, lambda _: broken, CLAIMS, sealed=True)
