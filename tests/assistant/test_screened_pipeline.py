"""The shipped assistant behind its guard: what each level of warning lets through."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from assistant import fixed_words
from assistant.errors import NotReadyError
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.release import Release
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Answer,
    Clarification,
    Escalation,
    ItemKind,
    Level,
    Reply,
)
from assistant.wire_format import as_payload
from index import PassageIndexError
from tests.assistant.golden import quoted
from tests.assistant.made import FakeSearcher
from tests.assistant.schema import faults

EMERGENCIES = [
    ("I have crushing chest pain and can't breathe", "RF01"),
    ("calf cramp all week and now im coughing up blood, does salt help?", "RF01"),
    ("my wee is the colour of cola after the ultra, how much should i drink", "RF09"),
    ("I want to kill myself", "RF32"),
]
CLOTS = [
    "My left calf is swollen, hot and red.",
    "one calf's blown up like a balloon and it's proper sore, other ones normal",
    "My right calf is painful and noticeably fatter than the left one.",
    "I had a clot in 2019. Now there's an ache in my left calf that I can't explain.",
    "I'm 28 weeks pregnant and my left calf has been sore and swollen since yesterday.",
]
HANDLING = re.compile(
    r"massag|\bstretch|\broll|squeez|knead|\brac(?:e|es|ing)\b|\brun(?:s|ning|ner|ners)?\b|\bjog",
    re.I,
)
NIGHTS = "I get cramp in my calves most nights now, four or five times a week, and it wakes me."


def ask(assistant: Assistant, text: str, *earlier: str) -> Reply:
    reply = assistant.ask(Question(text, earlier))
    assert faults(json.loads(json.dumps(as_payload(reply)))) == []
    return reply


def failing(assistant: Assistant, error: Exception) -> tuple[Assistant, FakeSearcher]:
    searcher = FakeSearcher(error=error)
    return replace(assistant, searcher=searcher), searcher


@pytest.mark.parametrize(("message", "rule"), EMERGENCIES)
def test_an_emergency_is_answered_in_fixed_words_before_anything_is_searched(
    assistant: Assistant, message: str, rule: str
) -> None:
    deaf, searcher = failing(assistant, AssertionError("the search was woken"))
    reply = ask(deaf, message)
    assert isinstance(reply, Escalation)
    assert reply.alert.level is Level.EMERGENCY
    assert rule in reply.alert.rules
    assert searcher.asked == []
    assert reply == ask(assistant, message)


@pytest.mark.parametrize(("message", "rule"), EMERGENCIES)
@pytest.mark.parametrize("after", ["ok thanks", "and does salt help?", "how long?", "", "hello"])
def test_an_emergency_stays_one_whatever_is_asked_next(
    assistant: Assistant, message: str, rule: str, after: str
) -> None:
    reply = ask(assistant, after, message)
    assert isinstance(reply, Escalation)
    assert rule in reply.alert.rules


def test_a_sign_told_over_two_turns_is_one_sign(assistant: Assistant) -> None:
    first, second = "My left calf is sore and swollen.", "Now I'm short of breath sitting still."
    assert getattr(ask(assistant, first), "alert", None) is not None
    assert isinstance(ask(assistant, second, first), Escalation)


def test_the_highest_level_leads_and_all_are_shown(assistant: Assistant) -> None:
    reply = ask(assistant, "I have crushing chest pain.", NIGHTS)
    assert isinstance(reply, Escalation)
    levels = [notice.level.rank for notice in reply.alert.notices]
    assert levels == sorted(levels, reverse=True)
    assert "RF23" in reply.alert.rules
    assert len(levels) >= 2


def conversations(assistant: Assistant, turn: str) -> Iterator[Reply]:
    """Everything the shelf says it answers, asked together with a sign and after it."""
    for topic in assistant.shelf.topics:
        yield ask(assistant, f"{turn} {topic.question}")
        yield ask(assistant, topic.question, turn)


@pytest.fixture(scope="module")
def below_clots(assistant: Assistant) -> Mapping[str, tuple[Reply, ...]]:
    """The replies of all conversations after each of CLOTS; asked once, judged twice."""
    return {turn: tuple(conversations(assistant, turn)) for turn in CLOTS}


@pytest.mark.parametrize("turn", CLOTS)
def test_below_a_possible_clot_stands_no_handling_no_choice_and_no_suggestion(
    assistant: Assistant, below_clots: Mapping[str, tuple[Reply, ...]], turn: str
) -> None:
    assert len(below_clots[turn]) == 2 * len(assistant.shelf.topics) > 50
    for reply in below_clots[turn]:
        assert isinstance(reply, Answer | Abstention)
        assert reply.alert is not None
        assert reply.alert.level is Level.URGENT
        assert reply.nearby == ()
        assert not HANDLING.search(quoted(reply)), quoted(reply)
        if isinstance(reply, Abstention):
            assert (reply.reason, reply.message) == (AbstentionReason.WAIT, fixed_words.WAIT)


@pytest.mark.parametrize("turn", CLOTS)
def test_no_step_of_a_procedure_that_is_held_back_in_part_is_quoted(
    assistant: Assistant, below_clots: Mapping[str, tuple[Reply, ...]], turn: str
) -> None:
    withhold = assistant.guard.screen(Question(turn)).withhold
    release = Release(assistant.topics, withhold)
    said = []
    for reply in below_clots[turn]:
        cited = [
            citation.span
            for item in (reply.items if isinstance(reply, Answer) else ())
            for sentence in item.sentences
            for citation in sentence.citations
        ]
        for place in assistant.shelf.places_at(cited):
            steps = assistant.shelf.procedure_at(place)
            if any(release.refusal(step.sentence.text) for step in steps):
                said.append(place.sentence.text)
    assert said == []


@pytest.mark.parametrize("turn", CLOTS)
@pytest.mark.parametrize("message", ["how long?", "why", "help", "thanks!", "hello", "", "???"])
def test_what_is_no_question_waits_below_an_urgent_warning(
    assistant: Assistant, turn: str, message: str
) -> None:
    reply = ask(assistant, message, turn)
    assert not isinstance(reply, Clarification | Escalation)
    assert reply.alert is not None
    if isinstance(reply, Abstention):
        assert reply.reason is AbstentionReason.WAIT
        assert (reply.nearby, reply.ask) == ((), "")


def test_what_is_safe_may_stand_below_an_urgent_warning(assistant: Assistant) -> None:
    bloated = (
        "I drank at every water stop on my 30k and now my rings won't come off, I feel bloated."
    )
    reply = ask(
        assistant, "How do I do the outer ankle stretch and how long do I hold it?", bloated
    )
    assert isinstance(reply, Answer)
    assert reply.alert is not None
    assert (reply.alert.level, reply.alert.rules) == (Level.URGENT, ("RF08",))
    assert "30 seconds" in quoted(reply)
    assert reply.nearby == ()


def test_below_advice_to_see_somebody_the_normal_answer_stands(assistant: Assistant) -> None:
    asked = "Which muscle could be cramping on the outside of my lower calf?"
    plain, warned = ask(assistant, asked), ask(assistant, asked, NIGHTS)
    assert isinstance(plain, Answer)
    assert isinstance(warned, Answer)
    assert plain.alert is None
    assert warned.alert is not None
    assert (warned.alert.level, warned.alert.rules) == (Level.SEE_PROFESSIONAL, ("RF23",))
    assert quoted(warned) == quoted(plain)


def test_advice_to_see_somebody_stands_above_small_talk_too(assistant: Assistant) -> None:
    reply = ask(assistant, "hello", NIGHTS)
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.SMALL_TALK
    assert reply.alert is not None


@pytest.mark.parametrize("error", [PassageIndexError("gone"), NotReadyError("not loaded")])
@pytest.mark.parametrize(
    ("turn", "level"), [(CLOTS[0], Level.URGENT), (NIGHTS, Level.SEE_PROFESSIONAL)]
)
def test_a_warning_survives_a_search_that_fails(
    assistant: Assistant, error: Exception, turn: str, level: Level
) -> None:
    broken, searcher = failing(assistant, error)
    reply = ask(broken, f"{turn} Do bananas help against a calf cramp?")
    assert searcher.asked
    assert isinstance(reply, Abstention)
    assert (reply.reason, reply.message) == (AbstentionReason.UNAVAILABLE, fixed_words.UNAVAILABLE)
    assert reply.alert is not None
    assert reply.alert.level is level
    assert reply.alert == assistant.guard.screen(Question(turn)).alert


def test_what_a_reply_quotes_and_its_record_agree_on_what_was_held_back(
    assistant: Assistant,
) -> None:
    reply = ask(assistant, "How do I stretch my soleus?", CLOTS[2])
    assert isinstance(reply, Abstention)
    held = [row for row in reply.why.rejected if "the warning above holds back" in row.reason]
    assert held


@pytest.mark.parametrize(
    ("turn", "level"),
    [
        ("crushing chest pain and can't breathe.", Level.EMERGENCY),
        (CLOTS[0], Level.URGENT),
        (NIGHTS, Level.SEE_PROFESSIONAL),
    ],
)
@pytest.mark.parametrize("front", [0, 50_000, 99_000])
def test_a_message_of_a_hundred_thousand_characters_is_screened_whole(
    assistant: Assistant, turn: str, level: Level, front: int
) -> None:
    dull = "It rained and we had soup again. " * 3_100
    message = f"{dull[:front]}\n{turn}\n{dull[: 100_000 - front - len(turn)]}"
    assert len(message) >= 100_000
    reply = ask(assistant, message)
    assert isinstance(reply, Escalation) == (level is Level.EMERGENCY)
    assert reply.alert is not None
    assert reply.alert.level is level


def test_a_long_message_without_a_sign_raises_no_warning(assistant: Assistant) -> None:
    reply = ask(assistant, "It rained and we had soup again. " * 3_100)
    assert not isinstance(reply, Escalation)
    assert reply.alert is None


def test_a_procedure_below_a_warning_is_whole(assistant: Assistant) -> None:
    asked = "How do I stretch my soleus?"
    plain, warned = ask(assistant, asked), ask(assistant, asked, NIGHTS)
    assert isinstance(plain, Answer)
    assert isinstance(warned, Answer)
    assert warned.alert is not None
    steps = [item for item in warned.items if item.kind is ItemKind.PROCEDURE]
    assert steps == [item for item in plain.items if item.kind is ItemKind.PROCEDURE]
    assert len(steps[0].sentences) >= 5
