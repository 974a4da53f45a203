"""Every kind of reply, read from the JSON that goes over a wire."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from assistant.wire_format import as_payload
from corpus import Span
from eval.cases.case import Level
from eval.providers.payload import read_payload, read_reply
from eval.transcript import Cited, Ending, ProviderError
from tests.eval.test_golden import abstention

CITATION = {
    "marker": 1,
    "quote": "Hold it.",
    "document": "text",
    "start": 3,
    "end": 11,
    "kind": "article",
}
ANSWER: Mapping[str, Any] = {
    "version": 1,
    "reply": "answer",
    "items": [
        {
            "kind": "procedure",
            "attribution": "An article says:",
            "group": "",
            "sentences": [{"text": "Hold it.", "citations": [CITATION]}],
        }
    ],
    "uncovered": ["the price"],
    "why": {"sure": 0.75, "something": "later"},
}


def test_an_answer_keeps_its_words_places_and_certainty() -> None:
    said = read_reply(ANSWER, {"total": 3.0})
    assert (said.ending, said.level, said.sure) == (Ending.ANSWER, Level.SELF_CARE, 0.75)
    assert said.uncovered == ("the price",)
    assert said.stages == {"total": 3.0}
    (sentence,) = said.sentences
    assert (sentence.text, sentence.attribution) == ("Hold it.", "An article says:")
    assert sentence.kind == "procedure"
    assert sentence.cited == (Cited(Span("text", 3, 11), "Hold it.", "article"),)


@pytest.mark.parametrize(("kind", "tier"), [("article", "article"), ("forum thread", "forum")])
def test_everything_but_an_article_is_scored_as_a_forum(kind: str, tier: str) -> None:
    said = read_reply(
        {
            **ANSWER,
            "items": [
                {
                    **ANSWER["items"][0],
                    "sentences": [{"text": "x", "citations": [{**CITATION, "kind": kind}]}],
                }
            ],
        },
        {},
    )
    assert said.sentences[0].cited[0].tier == tier


def test_our_own_abstention_is_read() -> None:
    said = read_reply(as_payload(abstention()), {})
    assert said.ending is Ending.NOT_COVERED
    assert said.said == ""
    assert said.message


def test_an_escalation_keeps_its_level() -> None:
    said = read_reply({"reply": "escalation", "level": "urgent", "message": "Go today."}, {})
    assert (said.ending, said.level) == (Ending.ESCALATION, Level.URGENT)


def test_a_clarification_counts_its_choices() -> None:
    said = read_reply({"reply": "clarification", "prompt": "Which?", "choices": [1, 2]}, {})
    assert (said.ending, said.choices) == (Ending.CLARIFICATION, 2)


def test_small_talk_is_neither_answer_nor_abstention() -> None:
    payload = {"reply": "abstention", "reason": "small talk", "message": "Hello.", "why": {}}
    assert read_reply(payload, {}).ending is Ending.OTHER


def test_a_provider_out_of_order_is_no_abstention() -> None:
    payload = {"reply": "abstention", "reason": "unavailable", "message": "Sorry.", "why": {}}
    with pytest.raises(ProviderError, match="doctor"):
        read_reply(payload, {})


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "[]",
        '{"reply": "song"}',
        json.dumps({**ANSWER, "items": [{"kind": "statement"}]}),
        '{"reply": "escalation", "level": "panic", "message": "x"}',
    ],
)
def test_what_is_no_reply_is_refused(wrong: str) -> None:
    with pytest.raises(ProviderError, match=r"reply\.schema\.json"):
        read_payload(wrong, {})
