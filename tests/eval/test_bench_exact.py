"""The exact search that recall is measured against is right, and recall is fair to equals."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.growth.exact import KEPT, Best, ExactSearch, Units, recall_at
from eval.bench.made_encoder import MadeEncoder
from eval.bench.made_shelf import MadeShelf
from eval.bm25 import LexicalIndex
from index.build import build_index
from index.encode import passage_text, sentence_text
from index.lexical import Analyzer
from index.opening import open_index
from index.passage import Passage
from index.shelf_index import ShelfIndex
from index.spec import SentenceContext

SHELF = MadeShelf(12)
ENCODER = MadeEncoder()
QUESTIONS = tuple(SHELF.queries(15))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> ShelfIndex:
    root: Path = tmp_path_factory.mktemp("made")
    encoder, sources = ENCODER, SHELF.sources()
    build_index(sources, encoder, root)
    return open_index(sources, encoder, root)


def _search(passages: tuple[Passage, ...]) -> ExactSearch:
    encoder, analyze = ENCODER, Analyzer()
    search = ExactSearch(encoder.encode(QUESTIONS), tuple(tuple(analyze(q)) for q in QUESTIONS))
    for part in (passages[:30], passages[30:]):
        for each in part:
            said = [analyze(sentence.text) for sentence in each.sentences]
            search.add_words(each.id, analyze(each.header), said)
        sentences = [
            sentence_text(each, sentence, SentenceContext.TOPIC, encoder)
            for each in part
            for sentence in each.sentences
        ]
        search.add_vectors(
            encoder.encode([passage_text(each, encoder) for each in part]),
            encoder.encode(sentences),
        )
    return search


def test_a_small_index_finds_what_the_exact_search_finds(opened: ShelfIndex) -> None:
    search = _search(opened.passages)
    for number, question in enumerate(QUESTIONS):
        hits = opened.search(question, 10)
        best = search.best(number)
        assert [hit.passage.id for hit in hits] == list(best.ids[:10])
        assert [hit.fused for hit in hits] == pytest.approx(list(best.scores[:10]), abs=1e-4)


def test_by_meaning_the_nearest_vectors_are_best(opened: ShelfIndex) -> None:
    search, encoder = _search(opened.passages), ENCODER
    vectors = encoder.encode([passage_text(each, encoder) for each in opened.passages])
    products = encoder.encode(QUESTIONS) @ vectors.T
    for number, row in enumerate(products):
        best = search.best_by_meaning(number)
        assert best.ids[0] == opened.passages[int(np.argmax(row))].id
        assert len(best.ids) == min(KEPT, len(opened.passages))
        assert list(best.scores) == sorted(best.scores, reverse=True)


class _Words(Analyzer):
    """Words as they stand."""

    def __call__(self, text: str) -> list[str]:
        return text.split()


TERMS = st.lists(st.sampled_from("calf cramp heel salt night run pain".split()), max_size=12)


@given(units=st.lists(TERMS, min_size=1, max_size=8).filter(any), asked=TERMS.filter(bool))
def test_words_are_scored_as_by_bm25s(units: list[list[str]], asked: list[str]) -> None:
    mine = Units(frozenset(asked))
    for unit in units:
        mine.add(unit)
    theirs = LexicalIndex([" ".join(unit) for unit in units], _Words())
    assert mine.bm25(asked) == pytest.approx(theirs.scores(" ".join(asked)), abs=1e-5)


BEST = Best(("a", "b", "c", "d"), (4.0, 3.0, 2.0, 2.0))


def test_all_of_the_best_is_all_and_none_is_none() -> None:
    assert recall_at(2, ["b", "a"], BEST) == 1.0
    assert recall_at(2, ["c", "x"], BEST) == 0.0
    assert recall_at(2, ["a", "x"], BEST) == 0.5


def test_one_that_scores_like_the_last_is_as_good() -> None:
    assert recall_at(3, ["a", "b", "d"], BEST) == 1.0


def test_more_than_k_finds_earn_nothing() -> None:
    assert recall_at(2, ["x", "y", "a", "b"], BEST) == 0.0


def test_a_small_shelf_is_found_whole() -> None:
    assert recall_at(10, ["d", "c", "b", "a"], BEST) == 1.0
    assert recall_at(10, [], Best((), ())) == 1.0
