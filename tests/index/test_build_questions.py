"""Building with questions: each in its own file, none in a passage, new ones in a new index."""

from pathlib import Path

import pytest

from index.build import build_index
from index.opening import open_index
from index.store import VectorStore
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ASKING_TEXTS, OUT_OF_SCOPE, TWO_TEXTS


def test_each_file_holds_the_vectors_of_its_own_texts(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    path = build_index(ASKING_TEXTS, encoder, tmp_path, out_of_scope=OUT_OF_SCOPE).path

    def vectors_in(name: str) -> VectorStore:
        return VectorStore.from_bytes(next(path.glob(f"*/{name}")).read_bytes(), encoder.dimension)

    asked = [
        question
        for document in ASKING_TEXTS
        for section in document.sections
        for sentence in section.sentences
        for question in sentence.asked
    ]
    assert len(vectors_in("passages.faiss")) == 5
    assert len(vectors_in("sentences.faiss")) == 12
    # Beside its own vector a question has product 1, so the diagonal tells one from another.
    for name, questions in (("asked.faiss", asked), ("out_of_scope.faiss", list(OUT_OF_SCOPE))):
        store = vectors_in(name)
        assert len(store) == len(questions)
        products = [store.all_scores(row) for row in encoder.encode(questions)]
        assert [int(each.argmax()) for each in products] == list(range(len(questions)))
        assert [float(each.max()) for each in products] == pytest.approx([1.0] * len(questions))


def test_questions_are_counted_as_work_and_not_as_sentences(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    encoder = FakeEncoder()
    summary = build_index(
        ASKING_TEXTS,
        encoder,
        tmp_path,
        out_of_scope=OUT_OF_SCOPE,
        progress=lambda *at: told.append(at),
    )
    assert (summary.passages, summary.sentences) == (5, 12)
    # 5 passages, 12 sentences, 6 questions they answer, 2 they do not.
    assert told[-1] == (25, 25)
    assert len(encoder.encoded) == 25


def test_no_question_is_put_into_the_words_of_a_passage(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    build_index(ASKING_TEXTS, encoder, tmp_path)
    plain = FakeEncoder()
    build_index(TWO_TEXTS, plain, tmp_path)
    assert encoder.encoded[:17] == plain.encoded


def test_changed_questions_are_built_beside_the_old_ones(tmp_path: Path) -> None:
    summaries = [
        build_index(TWO_TEXTS, FakeEncoder(), tmp_path),
        build_index(ASKING_TEXTS, FakeEncoder(), tmp_path),
        build_index(ASKING_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE),
        build_index(ASKING_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE[:1]),
    ]
    assert not any(each.reused for each in summaries)
    assert len({each.path for each in summaries}) == 4
    assert build_index(ASKING_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE).reused


def test_an_out_of_scope_question_given_twice_counts_once(tmp_path: Path) -> None:
    twice = (*OUT_OF_SCOPE, OUT_OF_SCOPE[0])
    build_index(TWO_TEXTS, FakeEncoder(), tmp_path, out_of_scope=twice)
    opened = open_index(TWO_TEXTS, FakeEncoder(), tmp_path, out_of_scope=twice)
    assert opened.scope(opened.encode(OUT_OF_SCOPE[:1])).out_of_scope == pytest.approx(1.0)
