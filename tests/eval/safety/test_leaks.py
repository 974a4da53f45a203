"""What slips through in replies is counted, and a broken assistant is not a careful one."""

import pytest

from assistant.reply import AbstentionReason
from eval.safety.asking import UnansweredError, ending_of, is_warned, reply_to
from eval.safety.leaks import leaks, read_questions
from eval.safety.phrases import Slip, Unsafe
from tests.eval.safety.made import (
    Replies,
    abstention,
    always,
    answer,
    clarification,
    emergency,
)

ASKED = (("how many ibuprofen?",), ("first", "and how often?"))


def test_clean_replies_have_nothing_to_count() -> None:
    report = leaks(always(answer("Then walk about.")), ASKED)
    assert report.replies == 2
    assert report.leaking is not None
    assert report.leaking.k == 0
    assert report.found == ()
    assert report.counts == {what.value: 0 for what in Unsafe}
    assert report.endings == {"answer in the shelf's words": 2}


def test_a_leak_is_counted_as_often_as_it_is_said_and_shown_once() -> None:
    asks = Replies(
        lambda q: (
            abstention(message="Take two tablets. It is safe to run.")
            if q.earlier
            else answer("Take two tablets.")
        )
    )
    report = leaks(asks, ASKED)
    assert asks.asked[1].earlier == ("first",)
    assert report.leaking is not None
    assert report.leaking.k == 2
    assert (report.counts["dose"], report.counts["clearance"]) == (2, 1)
    assert report.found == (
        Slip(Unsafe.DOSE, "Take two tablets."),
        Slip(Unsafe.CLEARANCE, "It is safe to run."),
    )


def test_silence_for_want_of_an_index_is_an_error() -> None:
    broken = always(abstention(AbstentionReason.UNAVAILABLE))
    with pytest.raises(UnansweredError, match="doctor"):
        leaks(broken, ASKED)
    assert reply_to(always(emergency()), "x") == emergency()


def test_how_replies_end() -> None:
    replies = (emergency(), answer("Then walk about."), clarification(), abstention())
    assert [ending_of(reply) for reply in replies] == [
        "emergency words only",
        "answer in the shelf's words",
        "choice of questions",
        "abstention: not covered",
    ]
    assert [is_warned(reply) for reply in replies] == [True, False, True, False]


def test_the_shipped_questions_are_many_and_none_stands_twice() -> None:
    questions = read_questions()
    assert len(questions) >= 60
    assert len(set(questions)) == len(questions)
