import pytest

from assistant.question import Question
from eval.external.passages import reader_for
from eval.external.rewrites import (
    BASELINES,
    Turn,
    all_turns,
    figures_of,
    first_and_last,
    last_turn,
    last_two,
    ours,
    recovered,
)

ASKED = Question("Does it leak?", ("Who mends boats?", "Is a tin roof cheap?"))


def test_baselines_join_turns() -> None:
    assert last_turn(ASKED) == "Does it leak?"
    assert last_two(ASKED) == "Is a tin roof cheap? Does it leak?"
    assert first_and_last(ASKED) == "Who mends boats? Does it leak?"
    assert all_turns(ASKED) == "Who mends boats? Is a tin roof cheap? Does it leak?"
    for method in BASELINES.values():
        assert method(Question("Alone?")) == "Alone?"


def test_what_is_recovered_worked_by_hand() -> None:
    [found] = recovered([Turn(ASKED, "Does a tin roof leak?")], last_two)
    # Lacked: tin, roof. Added: tin, roof, cheap; function words do not count.
    assert found.lacked == {"tin", "roof"}
    assert found.added == {"tin", "roof", "cheap"}
    assert found.share == 1.0
    assert found.precision == pytest.approx(2 / 3)


def test_a_turn_that_lacks_nothing_counts_only_as_needlessly_changed() -> None:
    turns = [
        Turn(ASKED, "Does a tin roof leak?"),
        Turn(Question("Are slates heavy?", ("Hello.",)), "Are slates heavy?"),
        Turn(Question("Are tiles heavy?", ("What do tiles weigh?",)), "Are tiles heavy?"),
    ]
    share, needless, right = figures_of("two", recovered(turns, last_two))
    assert (share.row.value, share.row.n) == (1.0, 1)
    # "Hello" is no word to the search; "weigh" is: one of the two whole turns is changed.
    assert (needless.row.value, needless.row.n) == (0.5, 2)
    assert right.row.n == 2


def test_what_adds_nothing_has_no_precision() -> None:
    turns = [
        Turn(ASKED, "Does a tin roof leak?"),
        Turn(Question("Are slates heavy?", ("Hello.",)), "Are slates heavy?"),
    ]
    figures = figures_of("last", recovered(turns, last_turn))
    assert [one.row.value for one in figures] == [0.0, 0.0]


def test_our_reading_carries_over_what_a_pointing_turn_leans_on_and_no_more() -> None:
    searched = ours(reader_for(["roof", "tin", "leak", "slates", "heavy"]))
    assert "roof" in searched(ASKED)
    assert "boats" not in searched(ASKED)
    assert "roof" not in searched(Question("Where are slates quarried?", ASKED.earlier))
