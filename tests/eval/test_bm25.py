"""BM25 to be compared with: what bm25s gives is the textbook's."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bm25 import LexicalIndex
from index.lexical import Analyzer

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
