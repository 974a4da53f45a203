"""The name of an index: changes exactly when its bytes would."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from corpus import Provenance, Topic
from index.encode import spec_for
from index.spec import (
    FORMAT_VERSION,
    IndexSpec,
    SentenceContext,
    document_digest,
    fingerprint,
    questions_digest,
)
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ANKLE, ASKING_TEXTS, BALANCE, OUT_OF_SCOPE, TWO_TEXTS

SPEC = spec_for(FakeEncoder())


@pytest.mark.parametrize(
    "change",
    [
        {"encoder": "another"},
        {"encoder_digest": "0" * 64},
        {"dimension": 7},
        {"passage_budget": 1},
        {"sentence_context": SentenceContext.NONE},
        {"format_version": FORMAT_VERSION + 1},
    ],
)
def test_every_setting_that_changes_bytes_changes_the_name(change: dict[str, object]) -> None:
    other = IndexSpec.model_validate({**SPEC.model_dump(), **change})
    assert fingerprint(other, TWO_TEXTS) != fingerprint(SPEC, TWO_TEXTS)


def test_each_field_of_the_spec_is_among_those_tried() -> None:
    tried = {"encoder", "encoder_digest", "dimension", "passage_budget"}
    assert set(IndexSpec.model_fields) == tried | {"sentence_context", "format_version"}


def test_a_new_title_changes_the_name_and_a_new_address_does_not() -> None:
    retitled = replace(ANKLE, title="Squeaking ankle")
    moved = replace(
        ANKLE,
        provenance=Provenance("someone", "elsewhere", "2020-01-01"),
        topics=(Topic("ankles", "Why do ankles creak?"),),
    )
    assert document_digest(retitled) != document_digest(ANKLE)
    assert document_digest(moved) == document_digest(ANKLE)


def test_the_order_of_the_documents_does_not_change_the_name() -> None:
    assert fingerprint(SPEC, (ANKLE, BALANCE)) == fingerprint(SPEC, (BALANCE, ANKLE))


def test_the_name_is_the_same_on_every_machine() -> None:
    assert fingerprint(SPEC, TWO_TEXTS) == fingerprint(spec_for(FakeEncoder()), TWO_TEXTS)
    assert fingerprint(SPEC, TWO_TEXTS).isalnum()
    assert len(fingerprint(SPEC, TWO_TEXTS)) == 16


def test_a_question_that_a_sentence_answers_changes_the_name() -> None:
    assert document_digest(ASKING_TEXTS[0]) != document_digest(ANKLE)
    assert fingerprint(SPEC, ASKING_TEXTS) != fingerprint(SPEC, TWO_TEXTS)


def test_out_of_scope_questions_and_their_order_change_the_name() -> None:
    kinds: list[tuple[str, ...]] = [(), OUT_OF_SCOPE[:1], OUT_OF_SCOPE, OUT_OF_SCOPE[::-1]]
    assert len({fingerprint(SPEC, TWO_TEXTS, each) for each in kinds}) == 4
    assert fingerprint(SPEC, TWO_TEXTS, ()) == fingerprint(SPEC, TWO_TEXTS)


def test_where_one_question_ends_counts() -> None:
    assert questions_digest(["a", "b"]) != questions_digest(["ab"])
    assert questions_digest(["a", "b"]) == questions_digest(("a", "b"))


def test_a_label_with_unknown_fields_is_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        IndexSpec.model_validate({**SPEC.model_dump(), "colour": "blue"})
