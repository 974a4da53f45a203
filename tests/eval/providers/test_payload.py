"""Every kind of reply, read from the JSON that goes over a wire."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.reply import AbstentionReason, Clarification, Escalation, NearbyTopic
from assistant.why import Why
from assistant.wire_format import as_payload
from corpus import Span
from eval.cases.case import Level
from eval.providers.payload import read_payload, read_reply
from eval.transcript import Cited, Ending, ProviderError
from tests.assistant.made import alert, evidence_note
from tests.eval.test_golden import FIRST, abstention, answer

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


def test_our_own_escalation_is_an_emergency_with_all_its_words() -> None:
    warned = alert(Level.EMERGENCY, Level.URGENT)
    said = read_reply(as_payload(Escalation(warned, "Chiama il 112.")), {})
    assert (said.ending, said.level) == (Ending.ESCALATION, Level.EMERGENCY)
    assert said.message == warned.message


def test_another_provider_may_escalate_at_a_lower_level() -> None:
    said = read_reply({"reply": "escalation", "level": "urgent", "message": "Go today."}, {})
    assert (said.ending, said.level) == (Ending.ESCALATION, Level.URGENT)


@pytest.mark.parametrize("level", [Level.SEE_PROFESSIONAL, Level.URGENT])
def test_every_reply_has_the_level_of_the_warning_above_it(level: Level) -> None:
    warned = alert(level)
    topics = (NearbyTopic("Calves", "What helps?"),) * 2
    note = (evidence_note(),)
    for reply, ending in (
        (replace(answer(FIRST), alert=warned, notes=note), Ending.ANSWER),
        (Clarification("Which?", topics, Why("", (), "none"), warned), Ending.CLARIFICATION),
        (replace(abstention(), alert=warned, notes=note), Ending.NOT_COVERED),
        (replace(abstention(AbstentionReason.WAIT), alert=warned), Ending.OTHER),
    ):
        said = read_reply(as_payload(reply), {})
        assert (said.ending, said.level) == (ending, level)
        without = read_reply(as_payload(replace(reply, alert=None)), {})
        assert (without.ending, without.level) == (ending, Level.SELF_CARE)


def test_our_notes_and_warnings_are_not_scored_as_words_of_the_shelf() -> None:
    noted = replace(answer(FIRST), alert=alert(Level.URGENT), notes=(evidence_note(),))
    said = read_reply(as_payload(noted), {})
    assert [sentence.text for sentence in said.sentences] == ["Hold it for a minute."]


def test_an_instruction_declined_answers_nothing() -> None:
    said = read_reply(as_payload(abstention(AbstentionReason.INSTRUCTION)), {})
    assert said.ending is Ending.NOT_COVERED


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
        json.dumps({**ANSWER, "alert": {"level": "panic"}}),
        json.dumps({**ANSWER, "alert": {}}),
    ],
)
def test_what_is_no_reply_is_refused(wrong: str) -> None:
    with pytest.raises(ProviderError, match=r"reply\.schema\.json"):
        read_payload(wrong, {})
