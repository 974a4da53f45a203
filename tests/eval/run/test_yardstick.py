"""What replies are held against, on the shelf as it is."""

from corpus import Span, load_claims, load_documents
from eval.run.yardstick import yardstick_of


def test_the_yardstick_is_the_shelf() -> None:
    documents = load_documents()
    passages = [Span(documents[0].id, 0, 9)]
    found = yardstick_of(documents, passages)
    assert found.claims == load_claims(documents)
    assert found.texts == {document.id: document.text for document in documents}
    assert found.passages == tuple(passages)


def test_its_judge_believes_what_stands_there_and_no_other_number() -> None:
    by = yardstick_of(load_documents(), ())
    words = ["Hold the stretch for sixty seconds and breathe out slowly."]
    assert by.supports("Hold the stretch for sixty seconds", words)
    assert not by.supports("Hold the stretch for ninety minutes", words)
