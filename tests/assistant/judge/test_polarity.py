"""Denials, opposites, certainty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.judge.polarity import opposites, overstated, turned


def test_a_dropped_denial_is_seen() -> None:
    assert turned("Salt helped the cramps.", "Salt did not help the cramps.") == ("cramp", "help")


def test_an_added_denial_is_seen() -> None:
    assert turned("Salt never helped.", "Salt helped.") == ("help",)


@pytest.mark.parametrize(
    ("sentence", "window"),
    [
        ("Salt did not help.", "Salt never helped."),  # both deny
        ("Salt failed to help.", "Salt didn't help."),
        ("Six weeks without running.", "He stopped running for six weeks."),  # stopping answers it
        ("Salt helped.", "Salt helped, but nobody knows about water."),  # denies something else
        ("Rise by no more than 10.", "Rise by at most 10."),
    ],
)
def test_what_is_not_turned(sentence: str, window: str) -> None:
    assert turned(sentence, window) == ()


def test_the_opposite_is_seen_where_only_it_stands() -> None:
    assert opposites("Stretch before the run.", "Stretch after the run.") == (("before", "after"),)
    assert opposites("Stretch before it.", "Stretch before and after it.") == ()
    assert opposites("Stretch the calf.", "Stretch after the run.") == ()


def test_certainty_that_the_words_lack_is_overstated() -> None:
    assert overstated("Salt always cures cramps.", "Salt may help all cramps.") == (
        "always",
        "cures",
    )


@given(st.text())
def test_a_text_does_not_contradict_itself(text: str) -> None:
    assert turned(text, text) == ()
    assert opposites(text, text) == ()
    assert overstated(text, text) == ()
