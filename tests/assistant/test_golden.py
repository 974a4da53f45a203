"""The golden questions that may be looked at, asked of the assistant as it is shipped."""

from collections.abc import Mapping, Sequence

import pytest

from assistant.answer_types import HARD
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reading.asks import kind_of
from assistant.reply import Abstention, AbstentionReason, Answer, ItemKind, Reply
from corpus import Document, Span, load_claims
from tests.assistant.golden import (
    Golden,
    citations_of,
    dev_questions,
    fault,
    forbidden,
    quoted,
)

DEV = tuple(dev_questions())
KNOWN_MISSES = tuple(
    """
    d-044 d-053 d-068 d-069 d-084 d-087 d-110 d-113 d-115 d-116 d-120 d-121 d-126
    e-005 e-046 e-049 e-057 e-060 e-085 e-086 e-087 e-090 e-091 e-092 e-097 e-108
    e-109 e-110 e-111 e-112 e-114 e-123 e-127 e-140 e-141 e-143 e-145 e-150
    """.split()
)
"""Questions not answered rightly: 13 of 130 in dev, 25 of 150 in dev_b. None may be added.

Before known questions (corpus/asked) decided, rules written and weights fitted on these very files
got 118 of 130 and 119 of 150 right; now 117 and 125. What is tuned on since is the development
half of eval/questions. The price is real: 18 of the 38 ought to be left open and are answered.
"""
HEADLINE = "calf cramped at mile 8, should i stretch it straight away??"

by_id = pytest.mark.parametrize("golden", DEV, ids=lambda golden: golden.id)


@pytest.fixture(scope="module")
def claims(documents: tuple[Document, ...]) -> Mapping[str, Sequence[Span]]:
    return load_claims(documents)


@pytest.fixture(scope="module")
def replies(assistant: Assistant) -> dict[str, Reply]:
    """The reply to every golden question, by its id."""
    return {golden.id: assistant.ask(golden.asked) for golden in DEV}


@pytest.mark.parametrize(
    "golden", [g for g in DEV if g.id not in KNOWN_MISSES], ids=lambda golden: golden.id
)
def test_a_golden_question_is_answered_rightly(
    golden: Golden, replies: dict[str, Reply], claims: Mapping[str, Sequence[Span]]
) -> None:
    assert fault(golden, replies[golden.id], claims) == ""


def test_the_known_misses_are_those_that_fail(
    replies: dict[str, Reply], claims: Mapping[str, Sequence[Span]]
) -> None:
    """No more, and none that is mended: it is struck off, so that it stays mended."""
    failing = {golden.id for golden in DEV if fault(golden, replies[golden.id], claims)}
    assert failing == set(KNOWN_MISSES)


def test_the_known_misses_are_golden_questions() -> None:
    assert set(KNOWN_MISSES) <= {golden.id for golden in DEV}
    assert len(DEV) >= 40


@by_id
def test_nothing_is_said_that_must_not_be(golden: Golden, replies: dict[str, Reply]) -> None:
    assert forbidden(golden, replies[golden.id]) == ()


@by_id
def test_every_citation_is_verbatim_and_resolves(
    golden: Golden,
    replies: dict[str, Reply],
    assistant: Assistant,
    documents: tuple[Document, ...],
) -> None:
    reply = replies[golden.id]
    texts = {document.id: document for document in documents}
    passages = {passage.id: passage for passage in assistant.shelf.passages}
    cited = citations_of(reply)
    assert bool(cited) == isinstance(reply, Answer)
    assert [citation.marker for citation in cited] == list(range(1, len(cited) + 1))
    for citation in cited:
        assert texts[citation.span.document_id].words_at(citation.span) == citation.quote
        assert passages[citation.passage.id] == citation.passage
    if isinstance(reply, Answer):
        for sentence in (s for item in reply.items for s in item.sentences):
            assert [citation.quote for citation in sentence.citations] == [sentence.text]


@by_id
def test_an_answer_is_short_whole_and_plugs_nothing(
    golden: Golden, replies: dict[str, Reply], assistant: Assistant
) -> None:
    reply = replies[golden.id]
    if not isinstance(reply, Answer):
        return
    cut = [item for item in reply.items if item.kind is not ItemKind.PROCEDURE]
    assert len(reply.items) <= 6
    assert sum(len(s.text.split()) for item in cut for s in item.sentences) <= 130
    for item in reply.items:
        for citation in (c for s in item.sentences for c in s.citations):
            plug = assistant.shelf.product_at(citation.span)
            if plug is not None and plug.promotional:
                assert item.kind in {ItemKind.PRODUCT, ItemKind.DISAGREEMENT}


@by_id
def test_a_known_disagreement_is_shown_whole_or_not_at_all(
    golden: Golden,
    replies: dict[str, Reply],
    assistant: Assistant,
) -> None:
    reply = replies[golden.id]
    shown = [item.group for item in reply.items] if isinstance(reply, Answer) else []
    for known in assistant.shelf.disagreements:
        sides = shown.count(known.about)
        figure_asked = kind_of(golden.asked.text) in HARD  # then only sides that hold one
        assert sides in (0, len(known.sides)) or (figure_asked and sides >= 2), known.id


def test_the_headline_question_is_answered_from_the_article_first(assistant: Assistant) -> None:
    reply = assistant.ask(Question(HEADLINE))
    assert isinstance(reply, Answer)
    first = citations_of(reply)[0]
    assert first.span.document_id == "cramp-release-article"
    assert first.quote.startswith("Do not stretch a cramping calf straight away")


def test_the_headline_question_is_told_how_to_release_the_cramp(assistant: Assistant) -> None:
    """To "first help the muscle to finish contracting" a reader asks how."""
    reply = assistant.ask(Question(HEADLINE))
    assert isinstance(reply, Answer)
    steps = [item for item in reply.items if item.kind is ItemKind.PROCEDURE]
    assert steps
    assert "Squeeze your hands together" in quoted(reply)


def test_both_sides_are_told_of_heels_off_a_kerb(assistant: Assistant) -> None:
    reply = assistant.ask(Question("is it ok to hang my heels off a kerb"))
    assert isinstance(reply, Answer)
    sides = [item for item in reply.items if item.kind is ItemKind.DISAGREEMENT]
    assert reply.items[: len(sides)] == tuple(sides)
    assert len(sides) == 3
    documents = [item.sentences[0].citations[0].span.document_id for item in sides]
    assert documents[0] == "cramp-release-article"
    assert "outer-calf-thread" in documents


@pytest.mark.parametrize(
    "message",
    [
        "my knee hurts going downstairs",
        "My knee hurts going downstairs",
        "how much magnesium should I take",
        "treatment for plantar fasciitis",
    ],
)
def test_what_the_shelf_does_not_hold_is_not_answered(assistant: Assistant, message: str) -> None:
    reply = assistant.ask(Question(message))
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.NOT_COVERED
    assert 1 <= len(reply.nearby) <= 3
    assert all(isinstance(assistant.ask(Question(t.question)), Answer) for t in reply.nearby)
    assert reply.why.decided_by
