"""The made-up shelf is the same everywhere, of any size, and shaped like a real one."""

from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document
from eval.bench.made_encoder import MadeEncoder
from eval.bench.made_shelf import PASSAGES_EACH, MadeShelf, id_of
from eval.bench.made_words import name, words
from index.chunk import split_document
from index.spec import PASSAGE_BUDGET

SHELF = MadeShelf(400)


def spoken_in(document: Document) -> list[str]:
    return [
        document.text[each.start : each.end] for one in document.sections for each in one.sentences
    ]


def test_a_document_is_the_same_each_time_and_whoever_came_before_it() -> None:
    first = SHELF.document(7)
    SHELF.document(8)
    assert SHELF.document(7) == first
    assert MadeShelf(400).source(7).load() == first


def test_every_sentence_stands_where_it_is_said_to_stand() -> None:
    spoken = spoken_in(SHELF.document(11))
    assert all(each[0].isupper() and each.endswith(".") for each in spoken)
    assert all("\n" not in each for each in spoken)


def test_a_document_is_cut_into_about_as_many_passages_as_a_real_one() -> None:
    encoder = MadeEncoder()
    passages = [
        passage
        for number in range(30)
        for passage in split_document(SHELF.document(number), encoder, PASSAGE_BUDGET)
    ]
    assert len(passages) / 30 == pytest.approx(PASSAGES_EACH, rel=0.15)
    lengths = [len(each.text.split()) for each in passages]
    assert 30 < sum(lengths) / len(lengths) < 60
    assert 1.5 < sum(len(each.sentences) for each in passages) / len(passages) < 3.5


@given(number=st.integers(0, 399), edition=st.integers(1, 5))
def test_of_another_edition_one_sentence_is_another(number: int, edition: int) -> None:
    before, after = spoken_in(SHELF.document(number)), spoken_in(SHELF.document(number, edition))
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_a_digest_tells_documents_and_editions_apart_without_making_them() -> None:
    digests = {SHELF.source(number, edition).digest for number in range(20) for edition in (0, 1)}
    assert len(digests) == 40
    assert SHELF.source(3).digest == SHELF.source(3).digest
    assert MadeShelf(400, seed=6).source(3).digest != SHELF.source(3).digest


def test_ids_stand_in_the_order_of_their_numbers() -> None:
    assert all(one < other for one, other in pairwise(map(id_of, (0, 9, 10, 99_999, 100_000))))
    assert [source.id for source in SHELF.sources()] == [id_of(n) for n in range(400)]


def test_a_larger_shelf_has_more_topics_and_fuller_ones() -> None:
    small, large = MadeShelf.of_passages(1_000), MadeShelf.of_passages(1_000_000)
    assert large.topics > small.topics
    assert large.documents / large.topics > small.documents / small.topics


def test_questions_differ_and_ask_in_words_of_the_shelf() -> None:
    asked = list(SHELF.queries(60))
    assert asked == list(SHELF.queries(60))
    assert list(islice(SHELF.queries(100), 60)) == asked
    assert len(set(asked)) > 55
    known = {
        word.strip(",.").lower()
        for number in range(400)
        for word in SHELF.document(number).text.split()
    }
    for each in asked:
        assert set(each.split()[2:]) <= known


def test_the_vocabulary_parts_grammar_from_what_a_text_is_about() -> None:
    found = words()
    assert {"the", "and", "of"} <= set(found.grammar)
    assert {"calf", "cramp"} <= set(found.field)
    assert len(found.telling) > 5000
    assert not set(found.telling) & {*found.grammar, *found.field}


def test_names_are_different_for_different_numbers() -> None:
    assert len({name(number) for number in range(20_000)}) == 20_000
