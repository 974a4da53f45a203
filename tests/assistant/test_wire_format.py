"""A reply as JSON is what docs/reply.schema.json says, for every kind of reply and every field."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from assistant.compose import quote
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Answer,
    AnswerItem,
    AnswerSentence,
    Clarification,
    Escalation,
    ItemKind,
    Level,
    NearbyTopic,
    Origin,
    Reply,
    Writing,
)
from assistant.select import Point, select
from assistant.why import Drafted, Fault, Outcome, Rejected, Used, Why
from assistant.wire_format import VERSION, as_payload
from corpus import DocumentKind, TrustTier, Wording
from tests.assistant.drawn import FEWER, Scene, scenes
from tests.assistant.made import NEUTRAL, alert, evidence_note, passage, place
from tests.assistant.schema import faults, schema

SOURCE = passage("One “quoted” thing.", "Two things.", document="text", start=40)
FIRST = SOURCE.sentences[0]
WHY = Why(
    "what helps?",
    ("before",),
    "0.70 sure",
    (Used(FIRST.span, SOURCE.title, FIRST.text, 0.9, NEUTRAL.named()),),
    (Rejected(FIRST.span, SOURCE.title, FIRST.text, 0.2, "no price"),),
    rewritten="what helps a cramp",
    drafted=(
        Drafted("In other words.", (FIRST.span,), Outcome.PASSED),
        Drafted("Out of thin air.", (), Outcome.DROPPED, (Fault("it cites nothing"),)),
        Drafted("It takes an hour.", (FIRST.span,), Outcome.REPLACED, (Fault("time", "an hour"),)),
        Drafted("One “quoted” thing.", (FIRST.span,), Outcome.COPIED),
    ),
)
TOPIC = NearbyTopic("Salt", "Does salt help?")
POINTS = (Point(ItemKind.STATEMENT, (place(SOURCE),), 0.9),)
WARNED = alert(Level.URGENT, Level.SEE_PROFESSIONAL)
FOREIGN = "Qui i testi sono in inglese.\nChiama il 112."
NOTES = (evidence_note("salt"), evidence_note("potassium"))
QUOTES = quote(POINTS)
WORDED = tuple(
    AnswerItem(
        item.kind,
        item.attribution,
        tuple(
            AnswerSentence("In other words.", s.citations, Origin.WRITTEN) for s in item.sentences
        ),
    )
    for item in QUOTES
)
WRITING = Writing("qwen2.5:7b", 1, 2, 3, 400, 50, "It broke off.")
MILDER: dict[str, Answer | Clarification | Abstention] = {
    "answer": Answer(
        WORDED, WHY, ("and magnesium",), (TOPIC,), NOTES, WARNED, FOREIGN, WRITING, QUOTES
    ),
    "clarification": Clarification("Which?", (TOPIC, TOPIC), WHY, WARNED, FOREIGN),
    "abstention": Abstention(
        AbstentionReason.NOT_COVERED, "No.", (TOPIC,), "the coach", WHY, NOTES, WARNED, FOREIGN
    ),
}
"""What a warning below an emergency may stand above."""
REPLIES: dict[str, Reply] = {
    **MILDER,
    "escalation": Escalation(alert(Level.EMERGENCY, Level.URGENT), FOREIGN),
}
NOTED = ("answer", "abstention")


def plain(reply: Reply) -> Any:  # noqa: ANN401
    """What a program reads back from the printed JSON."""
    return json.loads(json.dumps(as_payload(reply), ensure_ascii=False))


@pytest.mark.parametrize("name", REPLIES)
def test_every_kind_of_reply_is_as_documented(name: str) -> None:
    payload = plain(REPLIES[name])
    assert faults(payload) == []
    assert payload["reply"] == name
    assert payload["version"] == VERSION


@pytest.mark.parametrize("reason", AbstentionReason)
def test_every_reason_to_abstain_is_documented(reason: AbstentionReason) -> None:
    why = Why("", (), reason.value)
    assert faults(plain(Abstention(reason, "No.", (), "", why))) == []


@FEWER
@given(scenes())
def test_every_answer_is_as_documented(scene: Scene) -> None:
    points = select(scene.evidence, scene.shelf, scene.settings, scene.known)
    if points:
        assert faults(plain(Answer(quote(points), WHY))) == []


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("tier", TrustTier)
@pytest.mark.parametrize("wording", Wording)
def test_every_sort_of_document_can_be_cited(
    kind: DocumentKind, tier: TrustTier, wording: Wording
) -> None:
    source = replace(SOURCE, kind=kind, tier=tier, wording=wording)
    items = quote([Point(ItemKind.STATEMENT, (place(source),), 0.9)])
    assert faults(plain(Answer(items, WHY))) == []


@pytest.mark.parametrize("kind", ItemKind)
def test_every_kind_of_item_is_documented(kind: ItemKind) -> None:
    items = quote([Point(kind, (place(SOURCE),), 0.9, "About it", "One side")])
    assert faults(plain(Answer(items, WHY))) == []


def test_a_citation_tells_the_exact_words_and_where_they_stand() -> None:
    (item,) = plain(REPLIES["answer"])["items"]
    (cited,) = item["sentences"][0]["citations"]
    assert cited["quote"] == FIRST.text
    assert (cited["document"], cited["start"], cited["end"]) == ("text", 40, 40 + len(FIRST.text))
    assert cited["passage"] == SOURCE.id


def test_words_of_a_model_are_marked_as_such_and_the_quotes_come_along() -> None:
    payload = plain(REPLIES["answer"])
    (written,), (quoted,) = payload["items"][0]["sentences"], payload["quotes"][0]["sentences"]
    assert (written["text"], written["origin"]) == ("In other words.", "written")
    assert (quoted["text"], quoted["origin"]) == (FIRST.text, "quoted")
    assert written["citations"] == quoted["citations"]
    assert payload["writing"] == {
        "model": "qwen2.5:7b",
        "passed": 1,
        "replaced": 2,
        "dropped": 3,
        "tokens_in": 400,
        "tokens_out": 50,
        "failure": "It broke off.",
    }


def test_where_no_model_was_asked_everything_is_quoted() -> None:
    payload = plain(Answer(QUOTES, WHY))
    assert faults(payload) == []
    assert (payload["writing"], payload["quotes"]) == (None, [])
    assert {s["origin"] for item in payload["items"] for s in item["sentences"]} == {"quoted"}


def test_why_tells_what_became_of_each_drafted_sentence() -> None:
    why = plain(REPLIES["answer"])["why"]
    assert why["rewritten"] == "what helps a cramp"
    assert [(one["outcome"], one["reason"], one["text"]) for one in why["drafted"]] == [
        ("passed", "", "In other words."),
        ("dropped", "it cites nothing", ""),
        ("replaced", "time", ""),
        ("copied", "", "One “quoted” thing."),
    ]
    assert why["drafted"][0]["cited"] == [str(FIRST.span)]


def test_words_that_did_not_pass_are_not_as_documented() -> None:
    payload = plain(REPLIES["answer"])
    payload["why"]["drafted"][1]["text"] = "Out of thin air."
    assert faults(payload) != []


@pytest.mark.parametrize("name", REPLIES)
def test_every_kind_of_reply_carries_its_warning_whole(name: str) -> None:
    payload, reply = plain(REPLIES[name]), REPLIES[name]
    assert payload["foreign"] == FOREIGN
    assert reply.alert is not None
    told = payload["alert"]
    assert told["level"] == reply.alert.level.value
    assert told["rules"] == [notice.rule for notice in reply.alert.notices]
    for said, notice in zip(told["notices"], reply.alert.notices, strict=True):
        assert (said["rule"], said["level"]) == (notice.rule, notice.level.value)
        assert [said[part] for part in ("act", "because", "avoid", "meanwhile")] == [*notice.lines]
        assert said["calls"] == [
            {"number": "116 123", "dial": "116123"},
            {"number": "+353 1 234", "dial": "+3531234"},
        ]
        assert said["sources"] == [
            {
                "organisation": "A health service",
                "title": "Calves",
                "checked": "2026-11-22",
                "tag": "P",
                "address": "calves.example",
            }
        ]
        assert said["reviewed_by"] == "none yet"


@pytest.mark.parametrize("name", NOTED)
def test_notes_come_in_order_with_their_sources(name: str) -> None:
    told = plain(REPLIES[name])["notes"]
    assert [(note["id"], note["about"], note["text"]) for note in told] == [
        (note.id, note.about, note.text) for note in NOTES
    ]
    assert [source["checked"] for source in told[0]["sources"]] == ["2026-11-22", None]


@pytest.mark.parametrize("name", NOTED)
def test_a_note_without_a_source_is_not_as_documented(name: str) -> None:
    payload = plain(REPLIES[name])
    payload["notes"][0]["sources"] = []
    assert faults(payload)


@pytest.mark.parametrize("name", MILDER)
def test_no_warning_is_null_and_no_note_is_an_empty_list(name: str) -> None:
    quiet = replace(MILDER[name], alert=None, foreign="")
    if not isinstance(quiet, Clarification):
        quiet = replace(quiet, notes=())
    payload = plain(quiet)
    assert faults(payload) == []
    assert (payload["alert"], payload["foreign"]) == (None, "")
    assert payload.get("notes", []) == []


@pytest.mark.parametrize("name", MILDER)
def test_only_an_escalation_may_carry_an_emergency(name: str) -> None:
    assert faults(plain(replace(MILDER[name], alert=alert(Level.EMERGENCY))))


@pytest.mark.parametrize("level", [Level.URGENT, Level.SEE_PROFESSIONAL, Level.SELF_CARE])
def test_an_escalation_of_a_lower_level_is_not_as_documented(level: Level) -> None:
    assert faults(plain(Escalation(alert(level))))


def test_an_escalation_repeats_its_warning_as_plain_text() -> None:
    payload = plain(REPLIES["escalation"])
    assert payload["level"] == "emergency"
    assert payload["rules"] == payload["alert"]["rules"]
    said = [
        line
        for notice in payload["alert"]["notices"]
        for line in (notice["act"], notice["because"], notice["avoid"], notice["meanwhile"])
    ]
    assert payload["message"].split("\n") == said


def nodes(payload: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every object within a payload."""
    if isinstance(payload, dict):
        yield path
        for key, value in payload.items():
            yield from nodes(value, (*path, key))
    elif isinstance(payload, list):
        for at, value in enumerate(payload):
            yield from nodes(value, (*path, at))


def at(payload: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401
    for key in path:
        payload = payload[key]
    return payload


@pytest.mark.parametrize("name", REPLIES)
def test_no_object_may_hold_more_or_less_than_documented(name: str) -> None:
    whole = plain(REPLIES[name])
    for path in nodes(whole):
        if path[-1:] == ("signals",):
            continue
        more = deepcopy(whole)
        at(more, path)["surprise"] = "!"
        assert faults(more), f"{path} takes anything"
        for key in at(whole, path):
            less = deepcopy(whole)
            del at(less, path)[key]
            assert faults(less), f"{path} does without {key}"


def test_a_reply_of_another_kind_or_version_is_not_as_documented() -> None:
    for change in ({"reply": "advert"}, {"version": VERSION + 1}):
        assert faults({**plain(REPLIES["answer"]), **change})


def test_every_object_in_the_schema_is_closed_and_every_part_is_used() -> None:
    text = json.dumps(schema())
    for name in schema()["$defs"]:
        assert f'"#/$defs/{name}"' in text, name
    for path in nodes(schema()):
        node = at(schema(), path)
        if node.get("type") == "object":
            assert "additionalProperties" in node, path
