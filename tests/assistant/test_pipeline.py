"""The way of a question, with fakes: what wakes the search, and what is said when it fails."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import fixed_words
from assistant.admit import AdmitSettings
from assistant.bearing import Bearing
from assistant.guard.guard import Guard
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reading.ask import Reading
from assistant.reading.lexicon import Lexicon
from assistant.reading.reader import Reader
from assistant.reading.smalltalk import SmallTalk
from assistant.reading.spelling import Speller
from assistant.release import Topics
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Answer,
    Clarification,
    Escalation,
    Level,
    Reply,
)
from assistant.select import SelectSettings
from assistant.shelf import Shelf, ShelfTopic
from assistant.texts import HeldTexts
from assistant.weights import Weights
from index import PassageIndexError
from tests.assistant.made import FakeSearcher, hit, passage

SALT = passage("Salt against calf cramp is worth a try.", document="salt", speaker="reply 2")
ICE = passage("Ice a sore calf for 20 minutes.", document="ice")
TOPICS = (
    ShelfTopic("salt", "Salt", "Does salt help against cramp?"),
    ShelfTopic("ice", "Ice", "How long should I ice my calf?"),
)
PRIVATE = "my calf cramps and my landlord is Mr Pumpernickel"


class ForbiddenReader(Reader):
    """A reader that must not be woken."""

    def __init__(self) -> None:
        """Knows nothing."""

    def read(self, question: Question) -> Reading:
        raise AssertionError("the reader was woken")


@pytest.fixture
def searcher() -> FakeSearcher:
    return FakeSearcher((hit(SALT), hit(ICE, 2)))


@pytest.fixture
def assistant(lexicon: Lexicon, searcher: FakeSearcher, guard: Guard, topics: Topics) -> Assistant:
    return Assistant(
        reader=Reader(lexicon, Speller(lexicon.words)),
        searcher=searcher,
        bearing=Bearing((SALT, ICE), lexicon, Weights()),
        shelf=Shelf(HeldTexts((SALT, ICE)), TOPICS, (), ()),
        lexicon=lexicon,
        admit_settings=AdmitSettings(0.0),  # whatever is not ruled out is answered
        select_settings=SelectSettings(),
        top_k=5,
        guard=guard,
        topics=topics,
        contact="the coach",
    )


def ask(assistant: Assistant, text: str, *earlier: str) -> Reply:
    return assistant.ask(Question(text, earlier))


def test_an_escalation_wakes_neither_reader_nor_search(
    assistant: Assistant, searcher: FakeSearcher
) -> None:
    screened = replace(assistant, reader=ForbiddenReader())
    question = Question("does salt help?", ("I am coughing up blood",))
    verdict = assistant.guard.screen(question)
    reply = screened.ask(question)
    assert isinstance(reply, Escalation)
    assert (reply.alert, reply.alert.level) == (verdict.alert, Level.EMERGENCY)
    assert searcher.asked == []


def test_a_guard_that_finds_nothing_lets_the_question_through(assistant: Assistant) -> None:
    assert assistant.guard.screen(Question("does salt help?")).alert is None
    reply = ask(assistant, "does salt help?")
    assert isinstance(reply, Answer)
    assert (reply.alert, reply.foreign) == (None, "")


def test_an_answer_quotes_what_was_found(assistant: Assistant, searcher: FakeSearcher) -> None:
    reply = ask(assistant, "does salt help?")
    assert isinstance(reply, Answer)
    assert [s.text for item in reply.items for s in item.sentences] == [SALT.text]
    assert len(searcher.asked) == 1
    assert reply.uncovered == ()
    assert reply.nearby == ()
    assert reply.why.used[0].text == SALT.text


def test_a_failing_index_is_said_and_no_word_of_the_reader_is_logged(
    assistant: Assistant, searcher: FakeSearcher, caplog: pytest.LogCaptureFixture
) -> None:
    searcher.error = PassageIndexError("The index is damaged.")
    with caplog.at_level(logging.DEBUG):
        reply = ask(assistant, PRIVATE, "and my name is Rumpelstiltskin")
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.UNAVAILABLE
    assert reply.message == fixed_words.UNAVAILABLE
    assert "PassageIndexError" in caplog.text
    for word in ("Pumpernickel", "landlord", "Rumpelstiltskin", "cramps"):
        assert word.lower() not in caplog.text.lower()


def test_a_programming_error_is_not_swept_under_the_rug(
    assistant: Assistant, searcher: FakeSearcher
) -> None:
    searcher.error = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        ask(assistant, "does salt help?")


@pytest.mark.parametrize("message", ["", "   ", "😀😀🏃", "\u200b\n", "…!"])
def test_a_message_without_words_is_said_to_be_empty(
    assistant: Assistant, searcher: FakeSearcher, message: str
) -> None:
    reply = ask(assistant, message)
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.EMPTY
    assert reply.message == fixed_words.EMPTY
    assert searcher.asked == []


def test_question_marks_alone_are_met_with_choices_or_said_to_be_empty(
    assistant: Assistant, searcher: FakeSearcher
) -> None:
    reply = ask(assistant, "???")
    empty = isinstance(reply, Abstention) and reply.reason is AbstentionReason.EMPTY
    assert empty or (isinstance(reply, Clarification) and reply.choices)
    assert searcher.asked == []


@pytest.mark.parametrize(
    ("message", "talk"),
    [
        ("hello!", SmallTalk.GREETING),
        ("Thanks, that was great", SmallTalk.THANKS),
        ("you useless piece of crap", SmallTalk.ABUSE),
    ],
)
def test_small_talk_is_answered_in_fixed_words_without_a_search(
    assistant: Assistant, searcher: FakeSearcher, message: str, talk: SmallTalk
) -> None:
    reply = ask(assistant, message, "does salt help?")
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.SMALL_TALK
    assert reply.message == fixed_words.SMALL_TALK[talk]
    assert searcher.asked == []


@pytest.mark.parametrize("message", ["how long?", "why", "help", "is it ok?"])
def test_a_first_message_that_names_nothing_is_asked_back_with_choices(
    assistant: Assistant, searcher: FakeSearcher, message: str
) -> None:
    reply = ask(assistant, message)
    assert isinstance(reply, Clarification)
    assert {choice.question for choice in reply.choices} == {t.question for t in TOPICS}
    assert all(isinstance(ask(assistant, choice.question), Answer) for choice in reply.choices)
    assert reply.why.decided_by


def test_how_long_is_offered_the_question_about_length_first(assistant: Assistant) -> None:
    reply = ask(assistant, "how long?")
    assert isinstance(reply, Clarification)
    assert reply.choices[0].name == "Ice"


def test_the_same_words_after_a_question_need_no_asking_back(assistant: Assistant) -> None:
    reply = ask(assistant, "how long?", "should I ice my calf?")
    assert isinstance(reply, Answer)
    assert reply.why.carried == ("should I ice my calf?",)
    assert [s.text for item in reply.items for s in item.sentences] == [ICE.text]


def test_nothing_to_quote_is_said_with_topics_and_whom_to_ask(assistant: Assistant) -> None:
    reply = ask(assistant, "my knee hurts going downstairs")
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.NOT_COVERED
    assert reply.message == fixed_words.NOT_COVERED
    assert 1 <= len(reply.nearby) <= 3
    assert "the coach" in reply.ask
    assert "knee" in reply.why.decided_by
    assert reply.why.rejected


def test_without_a_contact_a_professional_is_named(assistant: Assistant) -> None:
    reply = ask(replace(assistant, contact=""), "my knee hurts")
    assert isinstance(reply, Abstention)
    assert reply.ask == fixed_words.ASK_WITHOUT_CONTACT


def test_of_two_parts_the_covered_one_is_answered_and_the_other_named(
    assistant: Assistant,
) -> None:
    reply = ask(assistant, "Does salt help? And how much does a foam roller cost?")
    assert isinstance(reply, Answer)
    assert [s.text for item in reply.items for s in item.sentences] == [SALT.text]
    assert reply.uncovered == ("And how much does a foam roller cost?",)
    assert reply.nearby


def test_a_thing_nobody_on_the_shelf_names_is_named_as_not_covered(assistant: Assistant) -> None:
    reply = ask(assistant, "do salt and magnesium help?")
    assert isinstance(reply, Answer)
    assert reply.uncovered == ("magnesium",)


def test_a_paste_of_five_thousand_characters_is_answered(assistant: Assistant) -> None:
    paste = "It rained and we had soup again. " * 76
    reply = ask(assistant, f"{paste}Does salt help against a calf cramp? {paste}"[:5000])
    assert isinstance(reply, Answer)


@settings(max_examples=50)
@given(message=st.text(max_size=5000), earlier=st.lists(st.text(max_size=60), max_size=2))
def test_nothing_typed_is_ever_an_error(
    talker: Assistant, message: str, earlier: list[str]
) -> None:
    reply = talker.ask(Question(message, tuple(earlier)))
    assert not isinstance(reply, Escalation)
    assert not (isinstance(reply, Abstention) and reply.reason is AbstentionReason.UNAVAILABLE)


@pytest.fixture(scope="module")
def talker(lexicon: Lexicon, guard: Guard, topics: Topics) -> Assistant:
    """An assistant for property tests, which may not share the fixtures of one test."""
    return Assistant(
        reader=Reader(lexicon, Speller(lexicon.words, is_english=lambda _: True)),
        searcher=FakeSearcher((hit(SALT), hit(ICE, 2))),
        bearing=Bearing((SALT, ICE), lexicon, Weights()),
        shelf=Shelf(HeldTexts((SALT, ICE)), TOPICS, (), ()),
        lexicon=lexicon,
        admit_settings=AdmitSettings(),
        select_settings=SelectSettings(),
        top_k=5,
        guard=guard,
        topics=topics,
    )


@dataclass
class Clock:
    """Notes the stages that were timed."""

    stages: list[str]

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.stages.append(name)
        yield


def test_every_stage_of_an_answer_can_be_timed(assistant: Assistant) -> None:
    clock = Clock([])
    ask(replace(assistant, stage=clock), "does salt help?")
    assert list(dict.fromkeys(clock.stages)) == [
        "guard",
        "read",
        "encode",
        "search",
        "select",
        "compose",
    ]
