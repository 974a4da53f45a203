"""What stands below a warning: everything, what is safe, or nothing."""

from dataclasses import replace

import pytest

from assistant import fixed_words
from assistant.below import below
from assistant.compose import quote
from assistant.guard.guard import Verdict
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Answer,
    Clarification,
    Escalation,
    ItemKind,
    Level,
    NearbyTopic,
    Reply,
)
from assistant.select import Point
from assistant.why import Why
from tests.assistant.made import alert, evidence_note, passage, place

FOREIGN = "Qui i testi sono in inglese."
WHY = Why("does salt help", (), "0.70 sure")
TOPICS = (NearbyTopic("Ice", "How long should I ice it?"),) * 2
NOTES = (evidence_note(),)
ITEMS = quote([Point(ItemKind.STATEMENT, (place(passage("Salt is worth a try.")),), 0.9)])
ANSWER = Answer(ITEMS, WHY, ("magnesium",), TOPICS, NOTES)
CLARIFY = Clarification("Which?", TOPICS, WHY)
NOTHING = Abstention(AbstentionReason.NOT_COVERED, "No.", TOPICS, "the coach", WHY, NOTES)
GONE = Abstention(AbstentionReason.UNAVAILABLE, "Again, please.", (), "", WHY)
REPLIES: dict[str, Answer | Clarification | Abstention] = {
    "answer": ANSWER,
    "clarification": CLARIFY,
    "abstention": NOTHING,
    "unavailable": GONE,
}


def screened(*levels: Level, withhold: str = "massage", foreign: str = FOREIGN) -> Verdict:
    return Verdict(alert(*levels) if levels else None, frozenset({withhold}), foreign)


@pytest.mark.parametrize("name", REPLIES)
def test_below_advice_to_see_somebody_the_whole_reply_stands(name: str) -> None:
    verdict = screened(Level.SEE_PROFESSIONAL)
    assert below(verdict, REPLIES[name]) == replace(
        REPLIES[name], alert=verdict.alert, foreign=FOREIGN
    )


@pytest.mark.parametrize("name", REPLIES)
def test_without_a_warning_the_reply_stays_as_it_is(name: str) -> None:
    assert below(Verdict(None, frozenset()), REPLIES[name]) == REPLIES[name]


@pytest.mark.parametrize("name", REPLIES)
def test_another_language_is_answered_in_it_without_any_warning(name: str) -> None:
    reply = below(Verdict(None, frozenset(), FOREIGN), REPLIES[name])
    assert reply == replace(REPLIES[name], foreign=FOREIGN)


def test_below_an_urgent_warning_quotes_stay_without_suggestions_to_click() -> None:
    verdict = screened(Level.URGENT, Level.SEE_PROFESSIONAL)
    assert below(verdict, ANSWER) == replace(
        ANSWER, nearby=(), alert=verdict.alert, foreign=FOREIGN
    )


@pytest.mark.parametrize(
    "reply",
    [
        CLARIFY,
        NOTHING,
        replace(NOTHING, reason=AbstentionReason.SMALL_TALK),
        replace(NOTHING, reason=AbstentionReason.EMPTY),
        replace(NOTHING, reason=AbstentionReason.INSTRUCTION),
        replace(ANSWER, items=()),
    ],
)
def test_below_an_urgent_warning_everything_else_waits(
    reply: Answer | Clarification | Abstention,
) -> None:
    verdict = screened(Level.URGENT)
    waits = below(verdict, reply)
    assert isinstance(waits, Abstention)
    assert (waits.reason, waits.message) == (AbstentionReason.WAIT, fixed_words.WAIT)
    assert (waits.nearby, waits.ask) == ((), "")
    assert (waits.alert, waits.foreign, waits.why) == (verdict.alert, FOREIGN, reply.why)
    assert waits.notes == (() if isinstance(reply, Clarification) else NOTES)


def test_a_failure_is_said_below_an_urgent_warning_too() -> None:
    verdict = screened(Level.URGENT)
    assert below(verdict, GONE) == replace(GONE, alert=verdict.alert, foreign=FOREIGN)


def test_where_everything_is_held_back_no_level_is_too_low_to_wait() -> None:
    verdict = screened(Level.SEE_PROFESSIONAL, withhold="everything")
    waits = below(verdict, CLARIFY)
    assert isinstance(waits, Abstention)
    assert waits.reason is AbstentionReason.WAIT
    assert waits.alert == verdict.alert


def test_an_escalation_gets_nothing_added() -> None:
    alone = Escalation(alert(Level.EMERGENCY))
    reply: Reply = below(screened(Level.EMERGENCY), alone)
    assert reply is alone
