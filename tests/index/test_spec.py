"""What an index is told apart by: changes exactly when what it keeps would."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from corpus import Document, Provenance, Topic
from index.encode import spec_for
from index.spec import IndexSpec, document_digest, questions_digest
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ANKLE, ASKING_TEXTS, BALANCE

SPEC = spec_for(FakeEncoder())


@pytest.mark.parametrize(
    "changed",
    [
        replace(ANKLE, title="Squeaking ankle"),
        replace(ANKLE, provenance=Provenance("someone", "elsewhere", "2020-01-01")),
        replace(ANKLE, topics=(Topic("ankles", "Why do ankles creak?"),)),
        replace(ANKLE, id="other"),
        ASKING_TEXTS[0],
        BALANCE,
    ],
)
def test_whatever_an_index_keeps_of_a_document_changes_its_digest(changed: Document) -> None:
    assert document_digest(changed) != document_digest(ANKLE)


def test_the_digest_is_the_same_on_every_machine() -> None:
    assert document_digest(ANKLE) == document_digest(replace(ANKLE))
    assert document_digest(ANKLE).isalnum()
    assert len(document_digest(ANKLE)) == 64


def test_the_same_encoder_gives_the_same_spec() -> None:
    assert spec_for(FakeEncoder()) == SPEC
    assert spec_for(FakeEncoder(seed=1)) != SPEC


def test_out_of_scope_questions_and_their_order_count() -> None:
    kinds = [(), ("a",), ("a", "b"), ("b", "a")]
    assert len({questions_digest(each) for each in kinds}) == 4


def test_where_one_question_ends_counts() -> None:
    assert questions_digest(["a", "b"]) != questions_digest(["ab"])
    assert questions_digest(["a", "b"]) == questions_digest(("a", "b"))


def test_a_label_with_unknown_fields_is_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        IndexSpec.model_validate({**SPEC.model_dump(), "colour": "blue"})
