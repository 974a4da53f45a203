"""Words are cut at exact places and folded alike however they were typed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.words import stem, stems_in, tidy, words_in


@given(st.text(max_size=300))
def test_a_word_stands_exactly_where_it_says(text: str) -> None:
    for word in words_in(text):
        assert text[word.start : word.end].lower() == word.text


@given(st.text(max_size=300))
def test_words_come_in_order_and_never_overlap(text: str) -> None:
    words = words_in(text)
    assert all(one.end <= other.start for one, other in pairwise(words))
    assert all(word.start < word.end for word in words)


@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once


@given(st.text(alphabet=st.characters(exclude_categories=("L", "N")), max_size=80))
def test_a_text_without_letters_or_digits_has_no_words(text: str) -> None:
    assert words_in(text) == ()


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("don’t", "don't"),
        ("ｃａｌｆ", "calf"),
        ("ca\u200blf", "calf"),
        ("soooo sore", "soo sore"),
        ("“calf”", '"calf"'),
        ("CALF 🏃", "CALF 🏃"),
        ("1000 miles", "1000 miles"),
    ],
)
def test_tidy_folds_what_must_not_change_a_reading(typed: str, tidied: str) -> None:
    assert tidy(typed) == tidied


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Calves, cramping!", ["calves", "cramping"]),
        ("13.1 miles", ["13.1", "miles"]),
        ("don't stop", ["don't", "stop"]),
        ("calf 😭 cramp", ["calf", "cramp"]),
        ("heat/ice", ["heat", "ice"]),
        ("100mg", ["100", "mg"]),
        ("it_band", ["it", "band"]),
    ],
)
def test_punctuation_and_emoji_are_no_words_but_numbers_are(text: str, words: list[str]) -> None:
    assert [word.text for word in words_in(text)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [("stretch", "Stretching"), ("cramp", "CRAMPED"), ("dont", "don't"), ("knot", "knots")],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stems_in(one) == stems_in(other)


def test_an_inflammation_is_not_cut_down_to_the_body_part() -> None:
    assert stem("tendonitis") != stem("tendon")
