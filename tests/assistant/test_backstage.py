"""The assistant loads behind the page; questions wait, and a failure is told."""

from collections.abc import Callable
from threading import Event
from typing import cast

import pytest

from assistant.backstage import Backstage
from assistant.errors import NotReadyError, SettingsError
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Reply
from assistant.why import Why
from index import PassageIndexError

REPLY = Abstention(AbstentionReason.EMPTY, "words", (), "", Why("", (), "nothing"))
PATIENCE = 10.0


class Parrot:
    """Says the same to everything."""

    def ask(self, question: Question) -> Reply:
        assert question.text
        return REPLY


def parrot() -> Assistant:
    return cast(Assistant, Parrot())


def test_nothing_is_loaded_before_it_is_started() -> None:
    loads: list[int] = []

    def load(_: Callable[[str], None]) -> Assistant:
        loads.append(1)
        return parrot()

    backstage = Backstage(load)
    assert not backstage.ready()
    assert not backstage.wait(0.0)
    assert backstage.error() is None
    assert loads == []


def test_a_question_asked_meanwhile_is_told_to_wait_and_what_is_being_done() -> None:
    go, told = Event(), Event()

    def load(tell: Callable[[str], None]) -> Assistant:
        tell("Dusting the shelf")
        told.set()
        assert go.wait(PATIENCE)
        return parrot()

    backstage = Backstage(load)
    backstage.start()
    assert told.wait(PATIENCE)
    assert backstage.stage() == "Dusting the shelf"
    assert not backstage.wait(0.01)
    with pytest.raises(NotReadyError, match="still loading"):
        backstage.ask(Question("how?"))
    go.set()
    assert backstage.wait(PATIENCE)
    assert backstage.ready()
    assert backstage.ask(Question("how?")) is REPLY
    assert backstage.error() is None


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PassageIndexError("No index yet. Run: python -m assistant index"), "assistant index"),
        (SettingsError("server.port is wrong"), "server.port is wrong"),
        (ValueError("an inner matter"), "Run: python -m assistant doctor"),
    ],
)
def test_a_failure_ends_the_waiting_and_says_what_to_run(
    error: Exception, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    def load(_: Callable[[str], None]) -> Assistant:
        raise error

    backstage = Backstage(load)
    backstage.start()
    assert not backstage.wait(PATIENCE)
    assert says in (backstage.error() or "")
    assert "an inner matter" not in (backstage.error() or "")
    assert "could not be loaded" in caplog.text
    assert type(error).__name__ in caplog.text
    assert "an inner matter" not in caplog.text
    assert len(caplog.text.splitlines()) == 1
    with pytest.raises(NotReadyError) as refused:
        backstage.ask(Question("how?"))
    assert says in str(refused.value)
