"""What a model thinks aloud is taken out, however the text is cut."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.models.thoughts import Thoughts


def without(pieces: list[str]) -> str:
    thoughts = Thoughts()
    return "".join([*(thoughts.without(piece) for piece in pieces), thoughts.rest()])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The calf tires. [1]", "The calf tires. [1]"),
        ("<think>Who asks?</think>The calf.", "The calf."),
        ("<THINK>a</Think>b", "b"),
        ("<thinking>a</think>b</thinking>c", "c"),
        ("a<think>b</think>c<think>d</think>e", "ace"),
        ("a<think>never closed", "a"),
        ("a < b, 3 <thin", "a < b, 3 <thin"),
        ("<p>x</p>", "<p>x</p>"),
        ("Who asks?</think>The calf. [1]", "The calf. [1]"),
        ("Hm.</Thinking>\nThe calf.</think> [1]", "\nThe calf.</think> [1]"),
        ("<think>a</think>b</think>c", "c"),
        ("Hm.</think>", ""),
        ("Tired. [1] Odd.</think> [2]", "Tired. [1] Odd.</think> [2]"),
        ('{"text": "a</think>b"}', '{"text": "a</think>b"}'),
        ("hm " * 200 + "</think>b", "hm " * 200 + "</think>b"),
        ("", ""),
    ],
)
def test_thoughts_are_taken_out(text: str, left: str) -> None:
    assert without([text]) == left
    assert without(list(text)) == left


@given(
    st.lists(
        st.sampled_from(
            [
                "<think>",
                "</think>",
                "<thinking>",
                "<",
                "thin",
                "k>",
                "/",
                "a b",
                "{",
                "[",
                "1",
                "x" * 195,
            ]
        ),
        max_size=12,
    ).map("".join),
    st.lists(st.integers(0, 60), max_size=6),
)
def test_where_a_text_is_cut_makes_no_difference(text: str, cuts: list[int]) -> None:
    places = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    pieces = [text[a:b] for a, b in pairwise(places)]
    assert without(pieces) == without([text])


@given(st.lists(st.text(max_size=90) | st.sampled_from(["<think", "think>", "{", "[1]"])))
def test_without_a_tag_no_text_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    assume(re.search("</?think(ing)?>", text, re.IGNORECASE) is None)
    assert without(pieces) == text


@pytest.mark.parametrize("beginning", ["The calf tires. [1]", '{"sentences"', "word " * 80])
def test_what_can_be_no_thought_is_not_held_back(beginning: str) -> None:
    thoughts = Thoughts()
    assert "".join(map(thoughts.without, beginning)) == beginning
    assert thoughts.without("3 < 4 and so") == "3 < 4 and so"


def test_what_may_be_a_thought_is_held_back() -> None:
    assert Thoughts().without("The calf tires.") == ""
