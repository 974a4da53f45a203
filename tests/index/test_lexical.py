"""Search by words: textbook BM25 over words made comparable."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import Analyzer, LexicalIndex, folded, words_of

analyze = Analyzer()
some_words = st.lists(
    st.sampled_from(["calf", "cramp", "soleus", "kerb", "stretch", "night", "ice"]), max_size=12
).map(" ".join)


def textbook(texts: list[str], query: str, k1: float = 1.5, b: float = 0.75) -> list[float]:
    """BM25 as Lucene computes it, written from the formula."""
    units = [Counter(analyze(text)) for text in texts]
    mean = sum(unit.total() for unit in units) / len(units)
    scores = []
    for unit in units:
        score = 0.0
        for term in dict.fromkeys(analyze(query)):
            holding = sum(term in other for other in units)
            rarity = math.log(1 + (len(units) - holding + 0.5) / (holding + 0.5))
            long = k1 * (1 - b + b * unit.total() / mean)
            score += rarity * unit[term] / (unit[term] + long) if holding else 0.0
        scores.append(score)
    return scores


@given(st.lists(some_words.filter(bool), min_size=1, max_size=12), some_words)
def test_scores_are_those_of_the_formula(texts: list[str], query: str) -> None:
    scores = LexicalIndex(texts, analyze).scores(query)
    assert scores.tolist() == pytest.approx(textbook(texts, query), abs=1e-4)


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


def test_a_word_said_ten_times_counts_once() -> None:
    index = LexicalIndex(["calf cramp", "ice bath"], analyze)
    assert index.scores("calf " * 10).tolist() == index.scores("calf").tolist()


@pytest.mark.parametrize("query", ["", "the and of", "zyzzyva", "\U0001f44d", "?!"])
def test_a_query_without_known_words_scores_nothing(query: str) -> None:
    assert LexicalIndex(["calf cramp", "ice"], analyze).scores(query).tolist() == [0.0, 0.0]


def test_texts_without_words_can_be_indexed() -> None:
    assert LexicalIndex(["!", ""], analyze).scores("calf").tolist() == [0.0, 0.0]
    assert LexicalIndex(["!", "calf"], analyze).scores("calf")[0] == 0.0
    assert LexicalIndex([], analyze).scores("calf").shape == (0,)


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
