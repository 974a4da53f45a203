"""What rivals find on a tiny shelf, and what they reply with it."""

from pathlib import Path

import pytest

from assistant.question import Question
from corpus import Span
from eval.measures.answers import attribution
from eval.measures.citations import quote_exactness
from eval.peers import build_and_persist
from eval.rivals.llama import LlamaFinder, place_of
from eval.rivals.passages import Bm25Finder, DenseFinder, build_dense, cut, kept_passages
from eval.rivals.reply import Finder, Found, Quoting, RivalError, sentences_in
from eval.transcript import Ending
from tests.eval.rivals.shelf import HEELS, SALT, SHELF, LetterEncoder

TEXTS = {one.id: one.text for one in SHELF}
WHOLE = (Span("salt", 0, len(SALT)), Span("heels", 0, len(HEELS)))


def test_words_find_the_passage_that_has_them_and_no_other(tmp_path: Path) -> None:
    finder = Bm25Finder(cut(SHELF, LetterEncoder(), tmp_path))
    assert [one.span.document_id for one in finder.find("sixty seconds?")] == ["heels"]
    assert finder.find("tax return") == ()


def test_the_passages_that_were_cut_are_found_again_in_their_folder(tmp_path: Path) -> None:
    assert cut(SHELF, LetterEncoder(), tmp_path) == kept_passages(tmp_path)


def test_meaning_ranks_every_passage_and_the_same_words_first(tmp_path: Path) -> None:
    build_dense(SHELF, LetterEncoder(), tmp_path)
    finder = DenseFinder.open(tmp_path, LetterEncoder())
    found = finder.find(f"About heels | Start | author\n{HEELS}")
    assert [one.span.document_id for one in found] == ["heels", "salt"]
    assert found[0].score == pytest.approx(1.0)


def test_llamaindex_nodes_are_found_again_as_places_on_the_shelf(tmp_path: Path) -> None:
    build_and_persist(SHELF, LetterEncoder(), tmp_path)
    finder = LlamaFinder.open(tmp_path, LetterEncoder(), SHELF)
    assert set(finder.units) == set(WHOLE)
    assert finder.find(HEELS)[0].span == WHOLE[1]


def test_words_that_stand_nowhere_are_no_place() -> None:
    assert place_of("salt and", "salt", TEXTS) == Span("salt", 6, 14)
    for words, where in (("pepper", "salt"), ("salt and", "sugar"), ("", "salt")):
        with pytest.raises(RivalError):
            place_of(words, where, TEXTS)


def test_a_folder_without_a_build_says_so(tmp_path: Path) -> None:
    with pytest.raises(RivalError, match="build"):
        kept_passages(tmp_path)
    with pytest.raises(RivalError, match="LlamaIndex"):
        LlamaFinder.open(tmp_path, LetterEncoder(), SHELF)


@pytest.mark.parametrize("best", [-0.5, 0.0, 0.3, 25.0])
def test_sureness_is_a_share_in_the_order_of_the_scores(tmp_path: Path, best: float) -> None:
    build_dense(SHELF, LetterEncoder(), tmp_path)
    dense = DenseFinder.open(tmp_path, LetterEncoder())
    finders: tuple[Finder, ...] = (dense, Bm25Finder(kept_passages(tmp_path)))
    for finder in finders:
        assert 0 <= finder.sure(max(best, 0.0)) <= 1
        assert finder.sure(0.2) < finder.sure(0.4)


class Fixed:
    """Finds both texts, heels first; or nothing."""

    units = WHOLE

    def __init__(self, *found: Found) -> None:
        self.found = found

    def find(self, question: str) -> tuple[Found, ...]:
        return self.found

    def sure(self, best: float) -> float:
        return best


def test_a_reply_shows_the_best_units_word_for_word_each_sentence_citing_itself() -> None:
    rival = Quoting("x", Fixed(Found(WHOLE[1], 0.75), Found(WHOLE[0], 0.5)), SHELF, shown=1)
    said = rival.ask(Question("how long?"))
    assert said.ending is Ending.ANSWER
    assert said.sure == 0.75
    assert [one.text for one in said.sentences] == [
        "Heels down for sixty seconds.",
        "Then walk about.",
    ]
    assert quote_exactness(said.sentences, TEXTS) == 1.0
    assert rival.rank(Question("how long?")) == (WHOLE[1], WHOLE[0])


def test_who_finds_nothing_still_answers_but_is_not_sure_at_all() -> None:
    said = Quoting("x", Fixed(), SHELF, shown=2).ask(Question("tax?"))
    assert (said.ending, said.sentences, said.sure) == (Ending.ANSWER, (), 0.0)


def test_a_title_does_not_tell_that_a_runner_speaks() -> None:
    # The reader sees "About salt", not that it is a forum's word: no attribution at all.
    assert attribution(tuple(sentences_in(WHOLE[0], SHELF))) == 0.0


def test_half_a_sentence_is_shown_as_half_a_sentence() -> None:
    (said,) = sentences_in(Span("salt", 6, 10), SHELF)
    assert said.text == "salt"
    assert said.cited[0].span == Span("salt", 6, 10)
