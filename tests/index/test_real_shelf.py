"""The five texts and the bundled encoder together: what the product really searches."""

import pytest

from corpus import Document, load_out_of_scope
from index.shelf_index import ShelfIndex

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("calf cramped mid run, can i stretch it right now??", "Do not stretch a cramping calf"),
        ("is hanging your heels off the curb a good idea", "heel drops off a kerb"),
        ("bananas", "eating bananas"),
        ("POTASSIUM", "Potassium"),
        ("which muscles are on the outside of the lower leg", "peroneus"),
        ("can i keep running while i fix tight calves", "do not stop running altogether"),
        ("how do i stretch the soleus", "bend the ankle slightly"),
    ],
)
def test_the_right_words_are_among_the_first_five(
    real_index: ShelfIndex, query: str, words: str
) -> None:
    assert any(words in hit.passage.text for hit in real_index.search(query, 5))


def test_every_passage_and_sentence_stands_in_its_document(
    real_index: ShelfIndex, shelf: tuple[Document, ...]
) -> None:
    texts = {document.id: document for document in shelf}
    for passage in real_index.passages:
        document = texts[passage.span.document_id]
        assert document.words_at(passage.span) == passage.text
        assert all(document.words_at(each.span) == each.text for each in passage.sentences)


def test_every_sentence_of_the_shelf_can_be_found(
    real_index: ShelfIndex, shelf: tuple[Document, ...]
) -> None:
    spoken = {
        f"{document.id}:{sentence.start}-{sentence.end}"
        for document in shelf
        for section in document.sections
        for sentence in section.sentences
    }
    held = {str(each.span) for passage in real_index.passages for each in passage.sentences}
    assert held == spoken


def test_a_sentence_asked_for_word_for_word_comes_first(real_index: ShelfIndex) -> None:
    for passage in real_index.passages[::9]:
        asked = passage.sentences[0].text
        best = max(
            (found for hit in real_index.search(asked, 3) for found in hit.sentences),
            key=lambda found: found.cosine + found.bm25,
        )
        assert best.sentence.text == asked


def test_a_known_question_finds_the_sentence_that_answers_it(
    real_index: ShelfIndex,
) -> None:
    asking = [s for passage in real_index.passages for s in passage.sentences if s.asked]
    for sentence in asking[::12]:
        best = real_index.search(sentence.asked[-1], 1)[0]
        assert sentence in [found.sentence for found in best.sentences], sentence.asked[-1]


def test_known_questions_are_told_from_those_out_of_scope(real_index: ShelfIndex) -> None:
    answered = real_index.passages[0].sentences[0].asked[0]
    left_open = load_out_of_scope()[0]
    inside, outside = (real_index.scope(real_index.encode([q])) for q in (answered, left_open))
    assert inside.asked == pytest.approx(1, abs=1e-4)
    assert outside.out_of_scope == pytest.approx(1, abs=1e-4)
    assert inside.out_of_scope < 0.9
    assert outside.asked < 0.9
