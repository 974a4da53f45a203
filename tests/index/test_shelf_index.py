"""The fused search: both rankings count, every sentence is scored, order never wavers."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from index.build import build_index
from index.encode import passage_text, sentence_text, spec_for
from index.opening import open_index
from index.shelf_index import RRF_K, ShelfIndex
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ANKLE, TWO_TEXTS, document_of

ENCODER = FakeEncoder()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ShelfIndex:
    return indexed(TWO_TEXTS, tmp_path_factory.mktemp("artifacts"))


def indexed(documents: tuple[Document, ...], root: Path) -> ShelfIndex:
    build_index(documents, ENCODER, root)
    return open_index(documents, ENCODER, root)


def places(scores: list[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda place: (-scores[place], place))


@pytest.mark.parametrize(
    "query",
    ["heels off the curb", "tennis ball", "stand beside a wall", "oil", "potassium", "dogs"],
)
def test_fusion_is_the_textbook_sum_of_both_ranks(index: ShelfIndex, query: str) -> None:
    hits = index.search(query, len(index.passages))
    order = {passage.id: place for place, passage in enumerate(index.passages)}
    reading = sorted(hits, key=lambda hit: order[hit.passage.id])
    dense = places([hit.cosine for hit in reading])
    words = [p for p in places([hit.bm25 for hit in reading]) if reading[p].bm25 > 0]
    for place, hit in enumerate(reading):
        expected = 1 / (RRF_K + 1 + dense.index(place))
        if place in words:
            expected += 1 / (RRF_K + 1 + words.index(place))
        assert hit.fused == pytest.approx(expected, abs=1e-6)
    assert [hit.fused for hit in hits] == sorted((hit.fused for hit in hits), reverse=True)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


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
    vector = index.encode_query("balance")
    assert vector.shape == (ENCODER.dimension,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert index.search_encoded("balance", vector, 3) == index.search("balance", 3)


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
    assert indexed((document_of([("Nothing", "author", [])]),), tmp_path).search("rest", 5) == ()


def test_passages_say_who_speaks(index: ShelfIndex) -> None:
    told = {(passage.title, passage.speaker) for passage in index.passages}
    assert (ANKLE.title, "reply 1") in told
