"""The shipped assistant, asked the way runners type."""

import pytest

from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, Clarification, Reply
from tests.assistant.golden import citations_of, quoted

PLAIN = "calf cramped at mile 8, should i stretch it straight away??"
ASIDE = "My sister got married in Leeds and the cake had three tiers. "
SOLEUS = "How do I stretch my soleus?"


def ask(assistant: Assistant, text: str, *earlier: str) -> Reply:
    return assistant.ask(Question(text, earlier))


@pytest.mark.parametrize(
    "typed",
    [
        PLAIN.upper(),
        f"😭😭 {PLAIN} 🏃",
        "calf crampd at mile 8, shoud i strech it straight away??",
        f"{ASIDE * 3}\n\n{PLAIN}\n\n{ASIDE * 3}",
        f"{ASIDE * 38}{PLAIN} {ASIDE * 38}"[:5000],
        f"hi! {PLAIN} thanks",
    ],
    ids=["shouted", "emoji", "misspelt", "rambling", "pasted", "polite"],
)
def test_however_it_is_typed_the_first_words_are_the_same(assistant: Assistant, typed: str) -> None:
    plain, reply = ask(assistant, PLAIN), ask(assistant, typed)
    assert isinstance(reply, Answer)
    assert citations_of(reply)[0].quote == citations_of(plain)[0].quote


def test_british_and_american_spelling_find_the_same(assistant: Assistant) -> None:
    kerb = ask(assistant, "is it ok to hang my heels off a kerb")
    curb = ask(assistant, "is it ok to hang my heels off a curb")
    assert isinstance(kerb, Answer)
    assert isinstance(curb, Answer)
    assert kerb.items[:3] == curb.items[:3]


@pytest.mark.parametrize("word", ["Potassium", "bananas", "foam roller", "ICE"])
def test_one_word_is_enough(assistant: Assistant, word: str) -> None:
    assert isinstance(ask(assistant, word), Answer)


def test_a_follow_up_is_answered_about_what_was_asked_before(assistant: Assistant) -> None:
    reply = ask(assistant, "and how long?", SOLEUS)
    assert isinstance(reply, Answer)
    assert reply.why.carried == (SOLEUS,)
    assert "60 seconds" in quoted(reply)
    assert "soleus" in quoted(reply).lower()


def test_the_covered_half_of_a_question_is_answered_and_the_other_named(
    assistant: Assistant,
) -> None:
    reply = ask(
        assistant,
        "How long should I hold the soleus stretch and how much magnesium should I take?",
    )
    assert isinstance(reply, Answer)
    assert "60 seconds" in quoted(reply)
    assert any("magnesium" in part for part in reply.uncovered)


@pytest.mark.parametrize("message", ["", "😀😀", "\u200b"])
def test_nothing_readable_is_said_to_be_nothing(assistant: Assistant, message: str) -> None:
    reply = ask(assistant, message)
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.EMPTY


def test_a_bare_question_is_asked_back(assistant: Assistant) -> None:
    assert isinstance(ask(assistant, "how long?"), Clarification)


@pytest.mark.parametrize(
    "message", ["what is the capital of France", "how do I bake sourdough bread", "best GPS watch?"]
)
def test_questions_about_something_else_are_not_answered(
    assistant: Assistant, message: str
) -> None:
    assert not isinstance(ask(assistant, message), Answer)


def test_a_letter_that_is_only_half_there_is_no_error(assistant: Assistant) -> None:
    assert isinstance(ask(assistant, "calf cramp \ud800 should i stretch it?"), Answer)


@pytest.mark.parametrize("message", ["do flip flops matter", "clams", "baby oil?", "deep heat"])
def test_a_message_of_one_named_thing_gets_what_is_said_of_it(
    assistant: Assistant, message: str
) -> None:
    assert isinstance(ask(assistant, message), Answer)


@pytest.mark.parametrize("message", ["tiger balm?", "do squats matter", "olive oil"])
def test_a_message_of_one_unnamed_thing_gets_no_answer(assistant: Assistant, message: str) -> None:
    assert not isinstance(ask(assistant, message), Answer)


def test_what_the_shelf_does_cover_is_not_said_to_be_uncovered(assistant: Assistant) -> None:
    reply = ask(assistant, "bananas or salt")
    assert isinstance(reply, Answer)
    assert reply.uncovered == ()


@pytest.mark.parametrize("message", ["why do my calves cramp", "is salt or potassium better"])
def test_no_disagreement_of_the_shelf_is_shown_half(assistant: Assistant, message: str) -> None:
    reply = ask(assistant, message)
    shown = [item.group for item in reply.items] if isinstance(reply, Answer) else []
    for known in assistant.shelf.disagreements:
        assert shown.count(known.about) in (0, len(known.sides)), known.id
