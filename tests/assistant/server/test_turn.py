"""One turn as events: warned first, sentences that only grow, one reply that counts."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from assistant.models.card import ModelCard
from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, Escalation, Reply
from assistant.server.events import Event, Kind, Version
from assistant.server.turn import TurnEvents
from assistant.server.unrolling import Unrolling
from assistant.turns import Turns
from assistant.wire_format import as_payload
from assistant.writing.progress import Progress
from tests.ui import scripted
from tests.ui.test_conversation import Counted
from tests.ui.writer import SENTENCES, ScriptedWriter

CARD = ModelCard("qwen2.5:7b")
NEVER = 3600.0


def turn_events(**changes: Any) -> TurnEvents:  # noqa: ANN401
    """Over the scripted assistant; `changes` are those of `Turns`."""
    turns = Turns(scripted.ScriptedAssistant(), Counted())
    return TurnEvents(replace(turns, **changes), scripted.screen, deadline=NEVER)


def worded(writer: Any, **changes: Any) -> TurnEvents:  # noqa: ANN401
    return turn_events(write=writer, card=CARD, **changes)


def walked(turns: TurnEvents, text: str, *earlier: str) -> tuple[list[Event], Reply]:
    """All events of a turn that the reader lets a model read, and what it came to."""
    question = turns.turns.readable(Question(text, earlier), agreed=True)
    walking, seen = turns.events(question, turns.warned(question)), list[Event]()
    while True:
        try:
            event = next(walking)
        except StopIteration as end:
            reply: Reply = end.value
            return seen, reply
        seen += [event] if event else []


def kinds(events: list[Event]) -> list[str]:
    """Runs of one kind count once."""
    named = [event.kind.value for event in events]
    return [name for at, name in enumerate(named) if at == 0 or named[at - 1] != name]


def shown(events: list[Event], version: str) -> list[str]:
    """The sentences a client ends up with."""
    texts: list[str] = []
    for event in events:
        if event.data.get("version") == version:
            texts = [] if event.kind is Kind.RESTART else [*texts, event.data["text"]]
    return texts


def test_an_answer_is_found_then_said_then_explained_then_whole() -> None:
    events, reply = walked(turn_events(), "calf")
    assert isinstance(reply, Answer)
    assert kinds(events) == ["passages", "sentence", "why", "done"]
    assert events[-1].data == as_payload(reply)
    assert shown(events, "quotes") == [s.text for item in reply.items for s in item.sentences]
    first = next(event.data for event in events if event.kind is Kind.SENTENCE)
    cited = [citation["passage"] for citation in first["citations"]]
    assert cited
    assert set(cited) <= {each["passage"] for each in events[0].data["passages"]}


@pytest.mark.parametrize("text", ["knee", "how long", "thanks", "boom"])
def test_whatever_else_it_comes_to_is_explained_and_whole(text: str) -> None:
    events, reply = walked(turn_events(), text)
    assert not isinstance(reply, Answer)
    assert kinds(events)[-1] == "done"
    assert events[-1].data == as_payload(reply)


def test_an_emergency_is_all_there_is() -> None:
    turns = turn_events()
    events, reply = walked(turns, "swollen")
    assert isinstance(reply, Escalation)
    assert kinds(events) == ["done"]
    assert scripted.ScriptedAssistant().asked == []


def test_a_warning_that_only_the_answerer_saw_is_told_before_its_words() -> None:
    graver = replace(scripted.ANSWER, alert=scripted.ESCALATE.alert)
    events, reply = walked(turn_events(ask=lambda _: graver), "calf")
    assert kinds(events)[:2] == ["warning", "passages"]
    assert reply.alert == scripted.ESCALATE.alert


def test_while_it_is_loading_the_stage_is_told() -> None:
    events, _ = walked(turn_events(readiness=Counted(looks=3)), "calf")
    waiting = [event.data for event in events if event.kind is Kind.WAITING]
    assert [each["for"] for each in waiting] == ["loading"] * 3
    assert waiting[0]["message"] == "Loading…"


def test_a_failure_is_a_reply_and_says_nothing_of_itself() -> None:
    events, reply = walked(turn_events(), "boom")
    assert isinstance(reply, Abstention)
    assert reply.reason is AbstentionReason.UNAVAILABLE
    assert "scripted failure" not in str([event.data for event in events])


def test_checked_sentences_come_as_they_pass_and_who_wrote_them_is_marked() -> None:
    events, reply = walked(worded(ScriptedWriter(pause=0.0)), "calf cramp")
    assert isinstance(reply, Answer)
    assert reply.writing is not None
    said = shown(events, "worded")
    assert said == [s.text for item in reply.items for s in item.sentences]
    assert SENTENCES[0].text in said
    origins = {event.data["origin"] for event in events if event.kind is Kind.SENTENCE}
    assert "written" in origins
    assert shown(events, "quotes") == []


def test_over_the_deadline_the_quotes_come_first_and_the_worded_answer_after_them() -> None:
    turns = replace(worded(ScriptedWriter(pause=0.0)), deadline=0.0)
    slow = replace(turns, turns=replace(turns.turns, write=_empty_first))
    events, reply = walked(slow, "calf cramp")
    assert isinstance(reply, Answer)
    quoted = [s.text for item in scripted.ANSWER.items for s in item.sentences]
    assert shown(events, "quotes") == quoted
    assert shown(events, "worded") == [s.text for item in reply.items for s in item.sentences]


def _empty_first(question: Question, quotes: Answer) -> Iterator[Progress]:
    yield Progress(replace(quotes, items=()))
    yield from ScriptedWriter(pause=0.0)(question, quotes)


@pytest.mark.parametrize("text", ["fails calf", "broken calf"])
def test_where_the_model_fails_the_quotes_are_sent_and_why(text: str) -> None:
    events, reply = walked(worded(ScriptedWriter(pause=0.0)), text)
    assert isinstance(reply, Answer)
    assert reply.writing is not None
    assert reply.writing.failure
    assert shown(events, "quotes") == [s.text for item in reply.items for s in item.sentences]
    assert "scripted failure" not in str(events[-1].data)


def test_closing_the_turn_stops_the_model() -> None:
    writer = ScriptedWriter(pause=0.0)
    turns = worded(writer)
    question = Question("halts calf cramp", model_may_read=True)
    walking = turns.events(question, turns.warned(question))
    while writer.open == 0 or next(walking) is not None:
        next(walking)
    walking.close()
    assert (writer.open, writer.closed) == (0, 1)


def test_without_an_allowance_left_and_without_consent_no_model_is_asked() -> None:
    writer = ScriptedWriter(pause=0.0)
    spent = replace(worded(writer), may_word=lambda: False)
    _, reply = walked(spent, "calf cramp")
    assert isinstance(reply, Answer)
    assert reply.writing is None
    far = turn_events(write=writer, card=replace(CARD, asks_consent=True))
    asked = far.turns.readable(Question("calf cramp"), agreed=False)
    list(far.events(asked, far.warned(asked)))
    assert writer.read == []


def test_under_a_grave_warning_the_budget_is_not_touched() -> None:
    def spent() -> bool:
        raise AssertionError("nobody was to ask")

    events, _ = walked(replace(worded(ScriptedWriter()), may_word=spent), "hot calf")
    assert events[-1].kind is Kind.DONE


def _finds(_: Question, found: Reply) -> Generator[Reply]:
    yield found
    yield found
    yield scripted.ANSWER


def test_a_second_look_is_told_of_once_and_what_it_found_is_the_reply() -> None:
    turns = worded(ScriptedWriter(pause=0.0), again=_finds)
    events, reply = walked(turns, "knee", "calf")
    assert isinstance(reply, Answer)
    assert [event.data["for"] for event in events if event.kind is Kind.WAITING] == ["model"]


def test_a_sentence_put_before_others_makes_the_client_begin_anew() -> None:
    unrolling = Unrolling(Version.WORDED)
    first, second = scripted.ANSWER.items[0], scripted.DISPUTE.items[0]
    told = list(unrolling.to((first,)))
    assert {event.kind for event in told} == {Kind.SENTENCE}
    assert list(unrolling.to((first,))) == []
    grown = list(unrolling.to((first, second)))
    assert {event.kind for event in grown} == {Kind.SENTENCE}
    turned = list(unrolling.to((second, first)))
    assert turned[0].kind is Kind.RESTART
    assert len(turned) == 1 + len(told) + len(grown)
