"""The warning comes first, stays above whatever follows, and is said once."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import BoundedSemaphore, Event, Thread

import pytest

from assistant.guard.guard import Verdict
from assistant.question import Question
from assistant.reply import Alert, Answer, Escalation, Reply
from assistant.turns import ASKED_AT_ONCE, AskCallable, Turns
from assistant.ui import words
from assistant.ui.conversation import Conversation, TurnState, Update
from assistant.ui.plain import spoken_above
from assistant.ui.visit import Visit
from tests.ui import scripted

PATIENCE = 20.0


@dataclass
class Never:
    """Never ready; looking at it at all is noted."""

    looked: int = 0
    broken: str | None = None

    def ready(self) -> bool:
        self.looked += 1
        return False

    def stage(self) -> str:
        return "Loading"

    def wait(self, timeout: float) -> bool:
        return False

    def error(self) -> str | None:
        self.looked += 1
        return self.broken


@dataclass
class Always(Never):
    """Ready at once."""

    def ready(self) -> bool:
        return True


@dataclass
class Asked:
    """Says the same to everything and keeps what it was asked."""

    reply: Reply | None = None
    heard: list[Question] = field(default_factory=list)

    def __call__(self, question: Question) -> Reply:
        self.heard.append(question)
        if self.reply is None:
            raise RuntimeError("the private words of somebody")
        return self.reply


def turns(
    text: str,
    ask: Asked,
    readiness: Never | None = None,
    visit: Visit | None = None,
    patience: float = 180.0,
) -> Iterator[Update]:
    conversation = Conversation(
        Turns(ask, readiness or Always(), contact="Jo", patience=patience),
        scripted.screen,
        {},
        pace=0.0,
    )
    return conversation.turn((visit or Visit()).asking(text))


def at_once(ask: AskCallable) -> Conversation:
    """As it is served: only so many are looked for at the same time."""
    turns = Turns(ask, Always(), BoundedSemaphore(ASKED_AT_ONCE))
    return Conversation(turns, scripted.screen, {}, pace=0.0)


def above_everything(update: Update, act: str) -> bool:
    """Whether what to do stands before whatever else this shows."""
    at = update.html.index(act)
    rest = ("waiting", 'class="card', 'class="s"')
    return all(at < update.html.find(one) for one in rest if one in update.html)


def test_an_emergency_is_the_whole_reply_and_nothing_is_waited_for_or_asked() -> None:
    readiness, ask = Never(), Asked(scripted.ANSWER)
    (only,) = turns("my leg is swollen and can I race", ask, readiness)
    assert only.state is TurnState.DONE
    assert only.urgent
    assert scripted.EMERGENCY.act in only.html
    assert "waiting" not in only.html
    assert only.say == ()
    assert only.alarm == spoken_above(scripted.ESCALATE.alert, "")[0]
    assert only.copy.splitlines()[2] == "Emergency: Call 999 now. Say it is the chest."
    assert (readiness.looked, ask.heard) == (0, [])


def test_an_emergency_said_earlier_still_counts() -> None:
    ask = Asked(scripted.ANSWER)
    (only,) = turns("and how long should I rest", ask, visit=Visit().asking("swollen"))
    assert scripted.EMERGENCY.act in only.html
    assert ask.heard == []


@pytest.mark.parametrize("text", ["hot calf", "shin bone"])
def test_a_lesser_warning_is_the_first_thing_shown_and_stays_above_waiting_and_answer(
    text: str,
) -> None:
    verdict = scripted.screen(Question(text))
    assert verdict.alert is not None
    act = verdict.alert.notices[0].act
    answer = replace(scripted.ANSWER, alert=verdict.alert)
    first, *rest = turns(text, Asked(answer))
    assert act in first.html
    assert "waiting" not in first.html
    assert words.LOOKING in rest[0].html
    assert all(above_everything(update, act) for update in (first, *rest))
    assert all(update.html.count(act) == 1 for update in rest)
    assert rest[-1].html.count('<span class="s">') == 8


def test_an_urgent_warning_interrupts_and_the_answer_does_not() -> None:
    *_, last = turns("hot calf", Asked(scripted.ANSWER))
    assert last.urgent
    assert scripted.URGENT.act in last.alarm
    assert scripted.SEE.act in last.alarm
    assert not any(scripted.URGENT.act in said for said in last.say)


def test_what_is_not_that_urgent_is_said_first_without_interrupting() -> None:
    *_, last = turns("shin bone", Asked(scripted.ANSWER))
    assert not last.urgent
    assert last.say[0] == spoken_above(Alert((scripted.SEE,)), "")[0]


@pytest.mark.parametrize(
    ("ask", "readiness", "patience", "told"),
    [
        (Asked(None), Always(), 180.0, "on our side failed"),
        (Asked(scripted.ANSWER), Never(), -1.0, "still loading"),
        (Asked(scripted.ANSWER), Never(broken="no weights"), 180.0, "not fully set up"),
    ],
)
def test_a_warning_survives_whatever_fails_after_it(
    ask: Asked, readiness: Never, patience: float, told: str
) -> None:
    *_, last = turns("hot calf", ask, readiness, patience=patience)
    assert told in last.html
    assert above_everything(last, scripted.URGENT.act)
    assert last.state is TurnState.DONE
    assert last.urgent
    assert scripted.URGENT.act in last.copy


def test_a_warning_stands_above_still_loading() -> None:
    unfolding = turns("hot calf", Asked(scripted.ANSWER), Never())
    next(unfolding)
    waiting = next(unfolding)
    assert "Your question is kept. Loading…" in waiting.html
    assert above_everything(waiting, scripted.URGENT.act)


def test_words_in_the_readers_language_come_first_and_once() -> None:
    first, *_, last = turns("ciao", Asked(replace(scripted.ANSWER, foreign=scripted.FOREIGN)))
    assert "waiting" not in first.html
    assert '<p dir="auto" lang="">In caso di emergenza chiami il 112.</p>' in first.html
    assert last.html.count("In caso di emergenza") == 1
    assert last.say[0].startswith("Qui i testi")
    assert not last.urgent


def test_an_emergency_in_another_language_keeps_its_own_words() -> None:
    (only,) = turns("aiuto", Asked(scripted.ANSWER))
    assert "In caso di emergenza chiami il 112." in only.html
    assert "In caso di emergenza chiami il 112." in only.alarm


def test_a_guard_that_fails_does_not_pass_for_silence(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        first, *_, last = turns("unscreened private words", Asked(scripted.ANSWER))
    assert "call your local emergency number" in first.html
    assert "waiting" not in first.html
    assert above_everything(last, "call your local emergency number")
    assert last.html.count('<span class="s">') == 8
    assert last.say[0] == words.UNCHECKED
    assert "RuntimeError at scripted.py" in caplog.text
    assert "private" not in caplog.text


@pytest.mark.parametrize(
    "reply",
    [scripted.ESCALATE, replace(scripted.ANSWER, alert=Alert((scripted.URGENT,)))],
)
def test_a_warning_that_only_the_reply_brings_is_shown_and_interrupts(reply: Reply) -> None:
    assert reply.alert is not None
    *_, last = turns("unscreened", Asked(reply))
    assert last.html.count(reply.alert.notices[0].act) == 1
    assert reply.alert.notices[0].act in last.alarm
    assert isinstance(reply, Answer | Escalation)


def test_a_graver_warning_of_the_reply_takes_the_place_of_ours() -> None:
    *_, last = turns("shin bone", Asked(replace(scripted.ANSWER, alert=Alert((scripted.URGENT,)))))
    assert scripted.URGENT.act in last.html
    assert scripted.SEE.act not in last.html


def test_a_warning_waits_for_nobody_who_is_being_answered() -> None:
    busy, go = Event(), Event()

    def slow(_: Question) -> Reply:
        busy.set()
        assert go.wait(PATIENCE)
        return scripted.ANSWER

    conversation = at_once(slow)
    others = [
        Thread(target=lambda: list(conversation.turn(Visit().asking("calf cramp"))))
        for _ in range(ASKED_AT_ONCE + 4)
    ]
    for other in others:
        other.start()
    try:
        assert busy.wait(PATIENCE)
        (only,) = conversation.turn(Visit().asking("swollen"))
        assert scripted.EMERGENCY.act in only.html
    finally:
        go.set()
        for other in others:
            other.join(PATIENCE)


def test_no_more_are_answered_at_once_than_the_machine_bears() -> None:
    now: list[int] = []
    most: list[int] = []

    def counted(_: Question) -> Reply:
        now.append(1)
        most.append(len(now))
        Event().wait(0.02)
        now.pop()
        return scripted.ANSWER

    conversation = at_once(counted)
    threads = [
        Thread(target=lambda: list(conversation.turn(Visit().asking("calf cramp"))))
        for _ in range(ASKED_AT_ONCE * 3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert max(most) <= ASKED_AT_ONCE


def test_a_long_question_does_not_push_its_warning_out_of_sight() -> None:
    (only,) = turns("swollen " * 60, Asked())
    heading = only.html.split("</h2>")[0]
    assert len(heading) < 250
    assert "Show your whole message" in only.html


def test_a_verdict_without_a_warning_adds_nothing() -> None:
    ask = Asked(scripted.ANSWER)
    silent = Conversation(Turns(ask, Always()), lambda _: Verdict(None, frozenset()), {}, pace=0.0)
    first, *_ = silent.turn(Visit().asking("calf cramp"))
    assert words.LOOKING in first.html
    assert "alarm" not in first.html
