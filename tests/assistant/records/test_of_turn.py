"""What is kept of a turn, and above all what is not."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import fixed_words
from assistant.guard.guard import Guard
from assistant.guard.rules import read_rules
from assistant.question import Question
from assistant.records.kept import Ending, KeptTurn, Thumb
from assistant.records.of_turn import LONGEST, UNTOLD_RULES, feedback_of, turn_of
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Answer,
    AnswerItem,
    AnswerSentence,
    Citation,
    Clarification,
    Escalation,
    ItemKind,
    Level,
    Reply,
    Writing,
)
from assistant.why import Why
from tests.assistant.made import alert, passage
from tests.assistant.records.made_records import CODE, NOON, turn

WHY = Why("", (), "")
ASKED = Question("does salt help? I'm Anna, ring 07700 900123", ("my foot hurts",))
NOTHING = Abstention(AbstentionReason.NOT_COVERED, fixed_words.NOT_COVERED, (), "", WHY)


def answer(*documents: str, **changes: object) -> Answer:
    """An answer that quotes a sentence of each of these."""
    quoted = [passage("Salt may help.", document=name) for name in documents]
    sentences = tuple(
        AnswerSentence(one.text, (Citation(n, one, one.span),)) for n, one in enumerate(quoted, 1)
    )
    item = AnswerItem(ItemKind.STATEMENT, "The author says:", sentences)
    return replace(Answer((item,), WHY), **changes)  # type: ignore[arg-type]


def kept(
    reply: Reply, asked: Question = ASKED, *, with_text: bool = True, unchecked: bool = False
) -> KeptTurn:
    return turn_of(asked, reply, CODE, NOON, with_text=with_text, unchecked=unchecked)


def test_the_question_is_kept_masked_and_nothing_of_the_turns_before_it() -> None:
    made = kept(NOTHING)
    assert made.question == "does salt help? I'm [name], ring [number]"
    assert made.chat == CODE.digest
    assert "foot" not in repr(made)
    assert "Anna" not in repr(made)


def test_the_time_is_kept_to_the_hour_in_utc() -> None:
    local = datetime(2026, 7, 1, 0, 59, 58, 7, timezone(timedelta(hours=1)))
    assert turn_of(ASKED, NOTHING, CODE, local).asked_at == datetime(2026, 6, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize("fine", [timedelta(seconds=1), timedelta(microseconds=1)])
def test_a_finer_time_cannot_be_kept(fine: timedelta) -> None:
    with pytest.raises(ValueError, match="to the minute at most"):
        turn(asked_at=NOON + fine)
    with pytest.raises(ValueError, match="UTC"):
        turn(asked_at=NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("reply", "ending"),
    [
        (answer("salt"), Ending.ANSWER),
        (answer("salt", uncovered=("how much",)), Ending.PARTLY),
        (Clarification(fixed_words.CLARIFY, (), WHY), Ending.CLARIFICATION),
        (NOTHING, Ending.NOT_COVERED),
        (replace(NOTHING, reason=AbstentionReason.WAIT), Ending.WARNING),
        (replace(NOTHING, reason=AbstentionReason.UNAVAILABLE), Ending.OTHER),
        (replace(NOTHING, reason=AbstentionReason.SMALL_TALK), Ending.OTHER),
        (Escalation(alert(Level.EMERGENCY)), Ending.WARNING),
    ],
)
def test_what_became_of_it_is_kept(reply: Reply, ending: Ending) -> None:
    assert kept(reply).outcome is ending


def test_which_documents_were_quoted_is_kept_each_once_and_who_worded_it() -> None:
    worded = Writing("Small model", passed=2)
    made = kept(answer("salt", "pace", "salt", writing=worded, uncovered=("and jo@x.example",)))
    assert made.documents == ("salt", "pace")
    assert made.written_by == "Small model"
    assert made.uncovered == ("and [e-mail]",)
    assert kept(answer("salt", writing=replace(worded, passed=0))).written_by == ""


def test_without_text_only_what_became_of_it_is_kept() -> None:
    made = kept(answer("salt", uncovered=("how much",)), with_text=False)
    assert (made.question, made.uncovered) == ("", ())
    assert (made.outcome, made.documents) == (Ending.PARTLY, ("salt",))


GRAVE = [
    alert(Level.URGENT),
    alert(Level.EMERGENCY),
    alert(Level.EMERGENCY, Level.SEE_PROFESSIONAL),
]


@pytest.mark.parametrize("warning", GRAVE)
def test_of_something_grave_nothing_is_kept_but_that_it_was(warning: object) -> None:
    worded = Writing("Small model", passed=2)
    made = kept(answer("salt", alert=warning, uncovered=("how much",), writing=worded))
    told = (made.question, made.documents, made.uncovered, made.written_by)
    assert told == ("", (), (), "")
    assert (made.outcome, made.level.rank >= Level.URGENT.rank) == (Ending.PARTLY, True)


def test_a_lower_warning_changes_nothing() -> None:
    made = kept(replace(NOTHING, alert=alert(Level.SEE_PROFESSIONAL)))
    assert made.question.startswith("does salt help?")
    assert made.level is Level.SEE_PROFESSIONAL


def test_where_the_guard_failed_no_text_is_kept() -> None:
    assert kept(NOTHING, unchecked=True).question == ""


def test_the_rules_of_which_no_word_is_kept_are_those_on_self_harm_and_eating(
    guard: Guard,
) -> None:
    topics = {rule.topic for rule in read_rules(guard.lexicon) if rule.id in UNTOLD_RULES}
    assert topics == {"self-harm or suicide", "eating and low energy"}


@pytest.mark.parametrize(
    ("asked", "level"),
    [
        ("i make myself sick after meals to stay light for racing", Level.SEE_PROFESSIONAL),
        ("i want to kill myself", Level.EMERGENCY),
        ("my calf is swollen, hot and red", Level.URGENT),
        ("im coughing up blood and cant breathe", Level.EMERGENCY),
    ],
)
def test_of_what_the_real_guard_calls_grave_no_word_is_kept(
    guard: Guard, asked: str, level: Level
) -> None:
    warning = guard.screen(Question(asked)).alert
    made = kept(answer("salt", alert=warning), Question(asked))
    assert (made.question, made.documents, made.uncovered) == ("", (), ())
    assert made.level is level


def test_a_comment_is_kept_masked_unless_it_tells_of_something_grave(guard: Guard) -> None:
    made = feedback_of("t", Thumb.DOWN, "Too short. Cheers, Dave", guard)
    assert (made.thumb, made.comment) == (Thumb.DOWN, "Too short. Cheers, [name]")
    assert feedback_of("t", Thumb.DOWN, "i want to kill myself", guard).comment == ""
    assert feedback_of("t", Thumb.UP, "", guard).comment == ""


def test_what_a_cut_would_uncover_is_masked_before() -> None:
    number = "x" * (LONGEST - 8) + " 07700 900123"
    assert "0770" not in kept(NOTHING, Question(number)).question


@given(st.text(st.characters(codec=None), max_size=3_000))
def test_any_text_becomes_one_line_that_a_database_can_keep(text: str) -> None:
    made = kept(NOTHING, Question(text)).question
    assert len(made) <= LONGEST
    assert made.isprintable()
    assert made.encode("utf-8").decode() == made
    assert not re.search(r"\s\s|^\s|\s$", made)


def test_ids_are_new_unless_one_was_given_out() -> None:
    assert kept(NOTHING).id != kept(NOTHING).id
    assert turn_of(ASKED, NOTHING, CODE, NOON, turn="given").id == "given"
