"""Building with questions: each in its own file, none in a passage, new ones in a new index."""

from pathlib import Path

import pytest

from index.build import build_index
from index.faiss_engine import FaissEngine
from index.opening import open_index
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ASKING_TEXTS, OUT_OF_SCOPE, TWO_TEXTS


def test_each_kind_of_text_is_kept_with_its_own_vectors(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    build_index(ASKING_TEXTS, encoder, tmp_path, out_of_scope=OUT_OF_SCOPE)
    snapshot = FaissEngine(tmp_path).open()
    kept = [snapshot.document(each.id) for each in ASKING_TEXTS]
    for document in kept:
        assert document is not None
        sentences = [each for passage in document.passages for each in passage.sentences]
        asked = [question for each in sentences for question in each.asked]
        assert len(document.passage_vectors) == len(document.passages)
        assert len(document.sentence_vectors) == len(sentences)
        assert document.asked_vectors.tolist() == encoder.encode(asked).tolist()
    questions = snapshot.out_of_scope()
    assert questions.questions == OUT_OF_SCOPE
    assert questions.vectors.tolist() == encoder.encode(OUT_OF_SCOPE).tolist()


def test_questions_are_counted_as_work_and_not_as_sentences(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    summary = build_index(ASKING_TEXTS, encoder, tmp_path, out_of_scope=OUT_OF_SCOPE)
    assert (summary.passages, summary.sentences) == (5, 12)
    # 5 passages, 12 sentences, 6 questions they answer, 2 they do not.
    assert summary.encoded == len(encoder.encoded) == 25


def test_no_question_is_put_into_the_words_of_a_passage(tmp_path: Path) -> None:
    encoder, plain = FakeEncoder(), FakeEncoder()
    build_index(ASKING_TEXTS, encoder, tmp_path / "asking")
    build_index(TWO_TEXTS, plain, tmp_path / "plain")
    questions = {q for d in ASKING_TEXTS for p in d.sections for s in p.sentences for q in s.asked}
    assert set(encoder.encoded) == set(plain.encoded) | questions
    assert len(questions) == 6


def test_changed_questions_change_the_index(tmp_path: Path) -> None:
    summaries = [
        build_index(TWO_TEXTS, FakeEncoder(), tmp_path),
        build_index(ASKING_TEXTS, FakeEncoder(), tmp_path),
        build_index(ASKING_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE),
        build_index(ASKING_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE[:1]),
    ]
    assert not any(each.reused for each in summaries)
    assert [each.encoded for each in summaries] == [17, 6, 2, 0]
    assert build_index(ASKING_TEXTS, FakeEncoder(), tmp_path, out_of_scope=OUT_OF_SCOPE[:1]).reused


def test_an_out_of_scope_question_given_twice_counts_once(tmp_path: Path) -> None:
    twice = (*OUT_OF_SCOPE, OUT_OF_SCOPE[0])
    build_index(TWO_TEXTS, FakeEncoder(), tmp_path, out_of_scope=twice)
    opened = open_index(TWO_TEXTS, FakeEncoder(), tmp_path, out_of_scope=twice)
    assert opened.scope(opened.encode(OUT_OF_SCOPE[:1])).out_of_scope == pytest.approx(1.0)
