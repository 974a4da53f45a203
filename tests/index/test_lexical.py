"""Words made comparable: spelling, endings and grammar put aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import Analyzer, folded, words_of

analyze = Analyzer()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kerb", "curb"),
        ("muscle fibres", "muscle fiber"),
        ("centre of gravity", "center of gravity"),
        ("stretching", "stretches"),
        ("cool-down", "cooldown"),
        ("don\u2019t", "don't"),
        ("recognise", "recognize"),
        ("STRETCH", "stretch"),
        ("30 secs", "30 seconds"),
    ],
)
def test_two_spellings_count_as_one(one: str, other: str) -> None:
    assert set(analyze(other)) <= set(analyze(one))


def test_words_that_only_carry_grammar_are_dropped() -> None:
    assert analyze("What should I do about my calf?") == ["calf"]


@pytest.mark.parametrize("word", ["not", "before", "after", "up", "down", "off"])
def test_words_that_tell_things_apart_are_kept(word: str) -> None:
    assert analyze(word)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(term for term in analyze(text))
    assert all(word == word.lower() for word in words_of(text))


def test_words_are_given_as_they_are_spelled() -> None:
    assert words_of("The Kerb\u2019s edge, 60-second hold") == [
        "the",
        "kerb's",
        "edge",
        "60-second",
        "hold",
    ]
    assert folded("kerb") == "curb"
