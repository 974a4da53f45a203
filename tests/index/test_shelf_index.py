"""The search: words, meaning and known questions count, and the order never wavers."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from index.build import build_index
from index.encode import passage_text, sentence_text, spec_for
from index.opening import open_index
from index.passage import Hit, SentenceHit
from index.ranking import Likeness, log_odds
from index.shelf_index import ShelfIndex
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import (
    ANKLE,
    ASKING_TEXTS,
    OUT_OF_SCOPE,
    TWO_TEXTS,
    asking,
    document_of,
)

ENCODER = FakeEncoder()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ShelfIndex:
    return indexed(TWO_TEXTS, tmp_path_factory.mktemp("artifacts"))


def indexed(
    documents: Sequence[Document], root: Path, out_of_scope: Sequence[str] = ()
) -> ShelfIndex:
    build_index(documents, ENCODER, root, out_of_scope=out_of_scope)
    return open_index(documents, ENCODER, root, out_of_scope=out_of_scope)


@pytest.fixture(scope="module")
def asking_index(tmp_path_factory: pytest.TempPathFactory) -> ShelfIndex:
    return indexed(ASKING_TEXTS, tmp_path_factory.mktemp("artifacts"), OUT_OF_SCOPE)


def said(hit: Hit) -> list[str]:
    return [found.sentence.text for found in hit.sentences]


def sentence_hit(index: ShelfIndex, query: str, words: str) -> SentenceHit:
    return next(
        found
        for hit in index.search(query, len(index.passages))
        for found in hit.sentences
        if found.sentence.text == words
    )


QUERIES = ["heels off the curb", "tennis ball", "barefoot or shod", "which mineral", "oil", "dogs"]


@pytest.mark.parametrize("query", QUERIES)
def test_a_passage_ranks_by_the_log_odds_of_its_best_sentence(
    asking_index: ShelfIndex, query: str
) -> None:
    hits = asking_index.search(query, len(asking_index.passages))
    for hit in hits:
        found = hit.sentences
        odds = log_odds(
            Likeness(
                cosine=np.array([each.cosine for each in found], dtype=np.float32),
                passage_cosine=np.full(len(found), hit.cosine, dtype=np.float32),
                bm25=np.array([each.bm25 for each in found], dtype=np.float32),
                passage_bm25=np.full(len(found), hit.bm25, dtype=np.float32),
                asked=np.array([each.asked for each in found], dtype=np.float32),
                asked_mean=np.array([each.asked_mean for each in found], dtype=np.float32),
                asked_bm25=np.array([each.asked_bm25 for each in found], dtype=np.float32),
            ),
            np.array([bool(each.sentence.asked) for each in found]),
        )
        assert hit.fused == pytest.approx(float(odds.max()), abs=1e-4)
    assert [hit.fused for hit in hits] == sorted((hit.fused for hit in hits), reverse=True)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


@pytest.mark.parametrize("query", QUERIES)
def test_the_order_of_the_documents_changes_no_score(tmp_path: Path, query: str) -> None:
    third = document_of([("Sleep", "author", ["Sleep mends a leg.", "Naps count."])], name="sleep")
    orders = list(permutations((*ASKING_TEXTS, third)))
    indexes = [indexed(order, tmp_path) for order in (orders[0], orders[3], orders[5])]
    scores = [{hit.passage.id: hit.fused for hit in index.search(query, 9)} for index in indexes]
    assert len(scores[0]) == 6
    assert all(each == pytest.approx(scores[0], abs=1e-5) for each in scores[1:])
    # Where two score alike, reading order decides; everything else stands in the same order.
    for index in indexes:
        ranked = [scores[0][hit.passage.id] for hit in index.search(query, 9)]
        assert ranked == pytest.approx(sorted(ranked, reverse=True), abs=1e-5)


# -- by the questions that sentences answer


def test_a_sentence_is_found_through_its_question_alone(
    index: ShelfIndex, asking_index: ShelfIndex
) -> None:
    # Of these words only "help" stands on the shelf, in another post.
    assert said(index.search("do bananas help", 1)[0]) == [
        "My ankle creaks on hills.",
        "Oil did not help it.",
    ]
    assert said(asking_index.search("do bananas help", 1)[0]) == ["Potassium."]


def test_the_words_of_a_question_count_though_its_meaning_is_far(
    asking_index: ShelfIndex,
) -> None:
    found = sentence_hit(asking_index, "carpet", "Socks make it harder.")
    assert found.bm25 == 0
    assert found.asked_bm25 > 0


@pytest.mark.parametrize(
    "words", ["Roll a tennis ball under the foot.", "Twice a day is plenty.", "Lift one foot."]
)
def test_sentences_without_questions_are_still_found(asking_index: ShelfIndex, words: str) -> None:
    assert words in said(asking_index.search(words, 1)[0])
    found = sentence_hit(asking_index, words, words)
    assert (found.asked, found.asked_mean) == (0, 0)
    assert found.cosine > 0.5


def test_every_passage_is_ranked_whether_it_has_questions_or_not(asking_index: ShelfIndex) -> None:
    found = {hit.passage.id for hit in asking_index.search("barefoot or shod", 99)}
    assert found == {passage.id for passage in asking_index.passages}


def test_the_likest_question_and_the_mean_of_the_three_likest_are_told(tmp_path: Path) -> None:
    questions = ["bed or sofa", "naps by day", "bed", "dreams of hills"]
    document = document_of([("Sleep", "author", ["Lie down.", "Close both eyes."])])
    sleepy = indexed((asking(document, {"Close both eyes.": questions}),), tmp_path)
    products = sorted(ENCODER.encode(questions) @ ENCODER.encode(["bed time"])[0], reverse=True)
    found = sentence_hit(sleepy, "bed time", "Close both eyes.")
    assert found.asked == pytest.approx(float(products[0]), abs=1e-5)
    assert found.asked_mean == pytest.approx(float(sum(products[:3])) / 3, abs=1e-5)


def test_fewer_than_three_questions_are_not_filled_up_with_nothing(
    asking_index: ShelfIndex,
) -> None:
    one = sentence_hit(asking_index, "what about steps", "Hang the heels off a kerb.")
    assert (one.asked, one.asked_mean) == pytest.approx((1, 1), abs=1e-5)


def test_questions_are_never_among_the_words_shown(
    index: ShelfIndex, asking_index: ShelfIndex
) -> None:
    assert asking_index.vocabulary == index.vocabulary
    assert [each.text for each in asking_index.passages] == [each.text for each in index.passages]


# -- one question in several wordings


def test_scores_are_the_mean_over_the_wordings(asking_index: ShelfIndex) -> None:
    wordings = ["barefoot or shod", "heels off the kerb", "potassium"]
    alone = [{h.passage.id: h for h in asking_index.search(each, 9)} for each in wordings]
    for hit in asking_index.search_encoded(wordings, asking_index.encode(wordings), 9):
        each_alone = [found[hit.passage.id] for found in alone]
        assert hit.cosine == pytest.approx(fmean(one.cosine for one in each_alone), abs=1e-5)
        assert hit.bm25 == pytest.approx(fmean(one.bm25 for one in each_alone), abs=1e-5)
        for place, found in enumerate(hit.sentences):
            parts = [one.sentences[place] for one in each_alone]
            for name in ("cosine", "bm25", "asked", "asked_mean", "asked_bm25"):
                mean = fmean(getattr(part, name) for part in parts)
                assert getattr(found, name) == pytest.approx(mean, abs=1e-5)


def test_the_same_wording_twice_is_as_good_as_once(asking_index: ShelfIndex) -> None:
    twice = ["tennis ball", "tennis ball"]
    again = asking_index.search_encoded(twice, asking_index.encode(twice), 9)
    once = asking_index.search("tennis ball", 9)
    assert [hit.passage for hit in again] == [hit.passage for hit in once]
    assert [hit.fused for hit in again] == pytest.approx([hit.fused for hit in once], abs=1e-5)


def test_a_wording_without_a_vector_is_refused(asking_index: ShelfIndex) -> None:
    with pytest.raises(ValueError, match="zip"):
        asking_index.search_encoded(["one", "two"], asking_index.encode(["one"]), 3)


# -- any search


def test_scores_are_the_encoders_and_not_the_rank(index: ShelfIndex) -> None:
    query = "hang the heels off"
    vector = ENCODER.encode([query])[0]
    context = spec_for(ENCODER).sentence_context
    for hit in index.search(query, 4):
        whole = ENCODER.encode([passage_text(hit.passage, ENCODER)])[0]
        assert hit.cosine == pytest.approx(float(whole @ vector), abs=1e-5)
        for found in hit.sentences:
            text = sentence_text(hit.passage, found.sentence, context, ENCODER)
            assert found.cosine == pytest.approx(
                float(ENCODER.encode([text])[0] @ vector), abs=1e-5
            )


def test_every_hit_carries_all_its_sentences_in_reading_order(index: ShelfIndex) -> None:
    for hit in index.search("count to thirty", 10):
        assert tuple(found.sentence for found in hit.sentences) == hit.passage.sentences
        assert all(found.bm25 >= 0 and -1.001 <= found.cosine <= 1.001 for found in hit.sentences)


def test_a_word_of_one_post_finds_that_post(index: ShelfIndex) -> None:
    assert index.search("POTASSIUM??", 1)[0].passage.text == "Potassium."


def test_no_more_is_found_than_is_asked_for_or_there(index: ShelfIndex) -> None:
    assert len(index.search("ankle", 2)) == 2
    assert len(index.search("ankle", 500)) == len(index.passages)
    assert index.search("ankle", 0) == ()


@given(st.text(max_size=300))
def test_any_query_can_be_searched_and_gives_the_same_twice(index: ShelfIndex, query: str) -> None:
    hits = index.search(query, 3)
    assert len(hits) == 3
    assert index.search(query, 3) == hits


def test_passages_that_score_alike_come_in_reading_order(tmp_path: Path) -> None:
    sections = [("Same", "author", ["The same words again."]) for _ in range(6)]
    twins = indexed((document_of(sections),), tmp_path)
    hits = twins.search("something else", 6)
    assert [hit.passage for hit in hits] == list(twins.passages)


def test_the_query_is_encoded_once(index: ShelfIndex) -> None:
    ENCODER.encoded.clear()
    index.search("creaking ankle", 5)
    assert ENCODER.encoded == ["creaking ankle"]


def test_encoding_and_searching_can_be_timed_apart(index: ShelfIndex) -> None:
    vectors = index.encode(["balance"])
    assert vectors.shape == (1, ENCODER.dimension)
    assert np.linalg.norm(vectors[0]) == pytest.approx(1, abs=1e-5)
    assert index.search_encoded(["balance"], vectors, 3) == index.search("balance", 3)


def test_two_builds_find_the_same(asking_index: ShelfIndex, tmp_path: Path) -> None:
    again = indexed(ASKING_TEXTS, tmp_path, OUT_OF_SCOPE)
    for query in QUERIES:
        assert again.search(query, 9) == asking_index.search(query, 9)
        vectors = again.encode([query])
        assert again.scope(vectors) == asking_index.scope(vectors)


def test_the_vocabulary_holds_the_words_as_spelled(index: ShelfIndex) -> None:
    assert {"kerb", "creaking", "fortnight", "potassium", "standing"} <= index.vocabulary
    assert not {"curb", "Kerb", "fortnights"} & index.vocabulary


def test_many_threads_find_what_one_finds(index: ShelfIndex) -> None:
    queries = ["heels", "tennis ball", "twice a day", "oil", "socks"] * 10
    alone = [index.search(query, 4) for query in queries]
    with ThreadPoolExecutor(8) as crowd:
        assert list(crowd.map(lambda query: index.search(query, 4), queries)) == alone


def test_a_shelf_of_one_word_can_be_searched(tmp_path: Path) -> None:
    lonely = indexed((document_of([("Only", "author", ["Rest."])]),), tmp_path)
    assert lonely.search("rest", 5)[0].sentences[0].sentence.text == "Rest."


def test_an_empty_shelf_finds_nothing(tmp_path: Path) -> None:
    empty = indexed((document_of([("Nothing", "author", [])]),), tmp_path, OUT_OF_SCOPE)
    assert empty.search("rest", 5) == ()
    assert empty.search_encoded(["rest", "sleep"], empty.encode(["rest", "sleep"]), 5) == ()
    scope = empty.scope(empty.encode([OUT_OF_SCOPE[0]]))
    assert (scope.asked, scope.cosine, scope.passage_cosine) == (0, 0, 0)
    assert scope.out_of_scope == pytest.approx(1, abs=1e-5)


def test_passages_say_who_speaks(index: ShelfIndex) -> None:
    told = {(passage.title, passage.speaker) for passage in index.passages}
    assert (ANKLE.title, "reply 1") in told
