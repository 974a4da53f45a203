"""Every question offered to be clicked is one the shelf really answers."""

import pytest

from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reply import Answer, Clarification
from assistant.serve import examples_of
from corpus import Document, Topic, load_documents
from tests.assistant.golden import citations_of

TOPICS = [(document.id, topic) for document in load_documents() for topic in document.topics]


@pytest.mark.parametrize(("document", "topic"), TOPICS, ids=[t.question for _, t in TOPICS])
def test_a_topic_is_answered_from_its_own_document(
    assistant: Assistant, document: str, topic: Topic
) -> None:
    reply = assistant.ask(Question(topic.question))
    assert isinstance(reply, Answer)
    assert document in {citation.span.document_id for citation in citations_of(reply)}
    assert reply.uncovered == ()


def test_the_examples_take_turns_through_the_documents(documents: tuple[Document, ...]) -> None:
    examples = examples_of(documents)
    firsts = [document.topics[0].question for document in documents]
    assert [example.question for example in examples[: len(firsts)]] == firsts
    assert len(examples) == len(set(examples)) == 6
    assert examples[5].question == documents[0].topics[1].question


def test_a_shelf_without_documents_has_no_examples() -> None:
    assert examples_of(()) == ()


@pytest.mark.parametrize("message", ["how long?", "how often", "which one?", "does it help?"])
def test_every_choice_of_a_clarification_is_answered(assistant: Assistant, message: str) -> None:
    reply = assistant.ask(Question(message))
    assert isinstance(reply, Clarification)
    assert 2 <= len(reply.choices) <= 4
    assert all(isinstance(assistant.ask(Question(c.question)), Answer) for c in reply.choices)
