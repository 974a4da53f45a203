"""A reply as plain data, for `--json` and, later, the API. Described by docs/reply.schema.json.

The words of a drafted sentence that did not pass the check stay in memory.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from assistant.reply import (
    Abstention,
    Alert,
    Answer,
    AnswerItem,
    Citation,
    Clarification,
    Escalation,
    EvidenceNote,
    NearbyTopic,
    NoticeSource,
    Reply,
    Writing,
)
from assistant.ui import words
from assistant.why import Why
from index import Passage

VERSION = 1
"""Raised when a field changes its meaning or goes; new fields may come without."""


def as_payload(reply: Reply) -> Mapping[str, Any]:
    """A JSON-ready mapping; `reply` names which of the four it is."""
    match reply:
        case Answer():
            return {
                "version": VERSION,
                "reply": "answer",
                "items": [as_item(item) for item in reply.items],
                "writing": _writing(reply.writing),
                "quotes": [as_item(item) for item in reply.quotes],
                "uncovered": list(reply.uncovered),
                "nearby": _topics(reply.nearby),
                "notes": _notes(reply.notes),
                "alert": as_alert(reply.alert),
                "foreign": reply.foreign,
                "why": _why(reply.why),
            }
        case Clarification():
            return {
                "version": VERSION,
                "reply": "clarification",
                "prompt": reply.prompt,
                "choices": _topics(reply.choices),
                "alert": as_alert(reply.alert),
                "foreign": reply.foreign,
                "why": _why(reply.why),
            }
        case Abstention():
            return {
                "version": VERSION,
                "reply": "abstention",
                "reason": reply.reason.value,
                "message": reply.message,
                "nearby": _topics(reply.nearby),
                "ask": reply.ask,
                "notes": _notes(reply.notes),
                "alert": as_alert(reply.alert),
                "foreign": reply.foreign,
                "why": _why(reply.why),
            }
        case Escalation():
            return {
                "version": VERSION,
                "reply": "escalation",
                "level": reply.alert.level.value,
                "message": reply.alert.message,
                "rules": list(reply.alert.rules),
                "alert": as_alert(reply.alert),
                "foreign": reply.foreign,
            }
        case _:
            assert_never(reply)


def as_item(item: AnswerItem) -> Mapping[str, Any]:
    """A part of an answer with its sentences."""
    return {
        "kind": item.kind.value,
        "attribution": item.attribution,
        "group": item.group,
        "sentences": [
            {
                "text": s.text,
                "origin": s.origin.value,
                "step": s.citations[0].step,
                "citations": [as_citation(c) for c in s.citations],
            }
            for s in item.sentences
        ],
    }


def _writing(writing: Writing | None) -> Mapping[str, Any] | None:
    if writing is None:
        return None
    return {
        "model": writing.model,
        "passed": writing.passed,
        "replaced": writing.replaced,
        "dropped": writing.dropped,
        "tokens_in": writing.tokens_in,
        "tokens_out": writing.tokens_out,
        "failure": writing.failure,
    }


def as_citation(citation: Citation) -> Mapping[str, Any]:
    """The exact words a sentence rests on, and where they stand."""
    return {
        "marker": citation.marker,
        "quote": citation.quote,
        "document": citation.span.document_id,
        "start": citation.span.start,
        "end": citation.span.end,
        **as_passage(citation.passage),
    }


def as_passage(passage: Passage) -> Mapping[str, Any]:
    """Who speaks where; not what."""
    return {
        "passage": passage.id,
        "title": passage.title,
        "kind": passage.kind.value,
        "tier": passage.tier.value,
        "wording": passage.wording.value,
        "section": passage.section,
        "speaker": passage.speaker,
    }


def as_alert(alert: Alert | None) -> Mapping[str, Any] | None:
    """A warning; None where there is none."""
    if alert is None:
        return None
    return {
        "level": alert.level.value,
        "rules": list(alert.rules),
        "notices": [
            {
                "rule": notice.rule,
                "level": notice.level.value,
                "act": notice.act,
                "because": notice.because,
                "avoid": notice.avoid,
                "meanwhile": notice.meanwhile,
                "calls": [{"number": call.number, "dial": call.dial} for call in notice.calls],
                "sources": [_source(source) for source in notice.sources],
                "reviewed_by": notice.reviewed_by,
            }
            for notice in alert.notices
        ],
    }


def _notes(notes: tuple[EvidenceNote, ...]) -> list[Mapping[str, Any]]:
    return [
        {
            "id": note.id,
            "about": note.about,
            "text": note.text,
            "sources": [_source(source) for source in note.sources],
        }
        for note in notes
    ]


def _source(source: NoticeSource) -> Mapping[str, Any]:
    return {
        "organisation": source.organisation,
        "title": source.title,
        "checked": source.checked.isoformat() if source.checked else None,
        "tag": source.tag,
        "address": source.address,
    }


def _topics(topics: tuple[NearbyTopic, ...]) -> list[Mapping[str, Any]]:
    return [{"name": topic.name, "question": topic.question} for topic in topics]


def _why(why: Why) -> Mapping[str, Any]:
    return {
        "read_as": why.read_as,
        "carried": list(why.carried),
        "decided_by": why.decided_by,
        "sure": why.sure,
        "rewritten": why.rewritten,
        "drafted": [
            {
                "text": words.drafted_text(drafted),
                "cited": [str(span) for span in drafted.cited],
                "outcome": drafted.outcome.value,
                "reason": drafted.reason,
            }
            for drafted in why.drafted
        ],
        "used": [
            {
                "span": str(used.span),
                "title": used.title,
                "text": used.text,
                "score": used.score,
                "signals": dict(used.signals),
            }
            for used in why.used
        ],
        "rejected": [
            {
                "span": str(rejected.span),
                "title": rejected.title,
                "text": rejected.text,
                "score": rejected.score,
                "reason": rejected.reason,
            }
            for rejected in why.rejected
        ],
    }
