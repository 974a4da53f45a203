"""Greetings, thanks and abuse are told from questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.smalltalk import SmallTalk, small_talk_in


@pytest.mark.parametrize("message", ["hi", "Hello!", "hey there 👋", "good morning", "HIYA", "yo"])
def test_greetings(message: str) -> None:
    assert small_talk_in(message) is SmallTalk.GREETING


@pytest.mark.parametrize(
    "message", ["thanks", "Thank you so much!!", "cheers mate", "ok thx, bye", "ta 👍", "perfect"]
)
def test_thanks(message: str) -> None:
    assert small_talk_in(message) is SmallTalk.THANKS


@pytest.mark.parametrize(
    "message", ["you're useless", "this is rubbish", "SHUT UP stupid bot", "go to hell, idiot"]
)
def test_abuse(message: str) -> None:
    assert small_talk_in(message) is SmallTalk.ABUSE


@pytest.mark.parametrize(
    "message",
    [
        "",
        "???",
        "😀",
        "hi, my calf cramped",
        "thanks, and how long?",
        "you stupid bot, should I stretch a cramp?",
        "good",
        "hello calf",
        "how long?",
        "help",
        "is it ok?",
    ],
)
def test_a_message_that_says_more_is_no_small_talk(message: str) -> None:
    assert small_talk_in(message) is None


@given(st.text(max_size=200))
def test_nothing_typed_is_refused(message: str) -> None:
    assert small_talk_in(message) in {None, *SmallTalk}


@given(st.sampled_from(["hi", "thanks", "you idiot"]), st.text("!?. 😀🎉", max_size=8))
def test_marks_and_emoji_change_nothing(message: str, tail: str) -> None:
    assert small_talk_in(message + tail) is small_talk_in(message)
    assert small_talk_in(message.upper()) is small_talk_in(message)
