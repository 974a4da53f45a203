"""Cutting: nothing lost, nobody mixed up, nothing longer than an encoder reads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document
from index import Passage
from index.chunk import split_document
from index.encode import TokenCounter, passage_text, sentence_text
from index.encoders import SentenceTransformerEncoder
from index.spec import PASSAGE_BUDGET, SentenceContext
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ANKLE, BALANCE, document_of, documents


def cut(
    document: Document, tokenizer: TokenCounter | None = None, budget: int = PASSAGE_BUDGET
) -> list[Passage]:
    return list(split_document(document, tokenizer or FakeEncoder(), budget))


def check(document: Document, tokenizer: TokenCounter, budget: int) -> None:
    """Everything that holds of every document, whatever is in it."""
    passages = cut(document, tokenizer, budget)
    sections = {id(section): section for section in document.sections}
    covered = set()
    for passage in passages:
        assert document.words_at(passage.span) == passage.text
        homes = [s for s in sections.values() if s.start <= passage.span.start < s.end]
        assert [(s.heading, s.speaker) for s in homes] == [(passage.section, passage.speaker)]
        assert passage.span.end <= homes[0].end
        for sentence in passage.sentences:
            assert document.words_at(sentence.span) == sentence.text
            assert passage.span.start <= sentence.span.start
            assert sentence.span.end <= passage.span.end
            covered |= set(range(sentence.span.start, sentence.span.end))
            for context in SentenceContext:
                encoded = sentence_text(passage, sentence, context, tokenizer)
                assert tokenizer.count_tokens(encoded) <= tokenizer.max_tokens
        assert tokenizer.count_tokens(passage_text(passage, tokenizer)) <= tokenizer.max_tokens
    spoken = {
        place
        for section in document.sections
        for sentence in section.sentences
        for place in range(sentence.start, sentence.end)
        if not document.text[place].isspace()
    }
    assert spoken <= covered
    starts = [passage.span.start for passage in passages]
    assert starts == sorted(set(starts))


@settings(max_examples=60)
@given(documents, st.integers(8, 120), st.integers(40, 254))
def test_no_word_is_lost_and_no_speaker_mixed_in_any_document(
    document: Document, budget: int, max_tokens: int
) -> None:
    check(document, FakeEncoder(max_tokens=max_tokens), budget)


@pytest.mark.slow
@settings(max_examples=40)
@given(documents)
def test_the_real_word_pieces_of_any_document_fit_the_real_encoder(document: Document) -> None:
    check(document, REAL, PASSAGE_BUDGET)


REAL = SentenceTransformerEncoder()


@pytest.mark.slow
def test_every_passage_of_the_shelf_is_read_to_its_last_word_piece(
    shelf: tuple[Document, ...], encoder: SentenceTransformerEncoder
) -> None:
    assert encoder.max_tokens == 254
    for document in shelf:
        check(document, encoder, PASSAGE_BUDGET)


@pytest.mark.slow
def test_every_procedure_of_the_shelf_stays_in_one_passage(
    shelf: tuple[Document, ...], encoder: SentenceTransformerEncoder
) -> None:
    procedures = 0
    for document in shelf:
        passages = cut(document, encoder)
        for section in document.sections:
            steps = [each for each in section.sentences if each.step is not None]
            if steps:
                procedures += 1
                first, last = steps[0], steps[-1]
                assert any(
                    passage.span.start <= first.start and last.end <= passage.span.end
                    for passage in passages
                )
    assert procedures == 3


def test_a_short_section_is_one_passage() -> None:
    assert [passage.text for passage in cut(ANKLE)] == [
        "My ankle creaks on hills. Oil did not help it.",
        "Potassium.",
        "Roll a tennis ball under the foot. Hang the heels off a kerb.",
    ]


def test_a_one_word_post_is_encoded_with_what_it_is_about() -> None:
    post = cut(ANKLE)[1]
    assert passage_text(post, FakeEncoder()) == "Creaking ankle | Reply 1 | reply 1\nPotassium."
    about = sentence_text(post, post.sentences[0], SentenceContext.TOPIC, FakeEncoder())
    assert about == "Creaking ankle: Potassium."


def test_sentences_are_packed_up_to_the_budget_and_no_further() -> None:
    document = document_of([("Long", "author", [f"Point {n} is made here." for n in range(12)])])
    lengths = [len(passage.sentences) for passage in cut(document, budget=20)]
    assert lengths == [3, 3, 3, 3]


def test_a_procedure_over_the_budget_stays_whole_with_the_sentence_before_it() -> None:
    texts = [passage.text for passage in cut(BALANCE, budget=10)]
    assert texts[0].startswith("Balance can be learned")
    assert texts[0].endswith("Count to thirty, then change feet.")
    assert texts[1] == "Socks make it harder."


def test_two_procedures_in_a_row_are_told_apart() -> None:
    document = document_of([("Both", "author", [["One.", "Two."], ["Uno.", "Dos."]])])
    assert [len(passage.sentences) for passage in cut(document, budget=4)] == [2, 2]


def test_a_procedure_too_long_for_the_encoder_is_cut_between_steps() -> None:
    steps = [f"Step number {n} asks for a little patience." for n in range(30)]
    document = document_of([("Endless", "author", ["Do all this.", steps])])
    passages = cut(document, FakeEncoder(max_tokens=80), budget=40)
    assert passages[0].text.startswith("Do all this.")
    assert [s.text for p in passages for s in p.sentences] == ["Do all this.", *steps]


def test_a_sentence_longer_than_the_budget_stays_whole_while_the_encoder_can_read_it() -> None:
    sentence = " ".join(["word"] * 60) + "."
    document = document_of([("Long", "author", ["Short.", sentence, "Short again."])])
    assert sentence in [passage.text for passage in cut(document, budget=20)]


def test_a_sentence_too_long_for_the_encoder_is_cut_into_passages_without_losing_a_word() -> None:
    words = [f"word{n}" for n in range(500)]
    document = document_of([("Rant", "reply 1", [" ".join(words)])])
    passages = cut(document)
    assert len(passages) > 1
    assert [word for passage in passages for word in passage.text.split()] == words


def test_a_heading_of_a_hundred_words_is_shortened_for_the_encoder_only() -> None:
    heading = " ".join(f"heading{n}" for n in range(300))
    document = document_of([(heading, "author", ["The point."])])
    (passage,) = cut(document)
    assert passage.section == heading
    assert FakeEncoder().count_tokens(passage_text(passage, FakeEncoder())) <= 254
    assert passage_text(passage, FakeEncoder()).endswith("The point.")


def test_passages_keep_their_address_when_the_text_is_cut_again() -> None:
    assert [passage.id for passage in cut(BALANCE)] == [passage.id for passage in cut(BALANCE)]
