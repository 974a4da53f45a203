"""Chats are kept where the club says so: turns, thumbs, and a way to have them deleted."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from assistant.errors import RecordsError
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import Guard, open_guard
from assistant.records.code import new_code
from assistant.records.kept import Ending, RatedTurn, Thumb
from assistant.records.retention import Retention
from assistant.records.sql.sql_records import SqlRecords
from assistant.records.sql.sqlite_place import SqlitePlace
from assistant.server.memory import Memory
from tests.assistant.server.served import PROGRAM, Behind, Served, served

START = datetime(2026, 11, 26, 12, tzinfo=UTC)
CHATS, FEEDBACK = "/api/v1/chats", "/api/v1/feedback"


@pytest.fixture(scope="module")
def guard() -> Guard:
    return open_guard(read_contacts("UK"))


@pytest.fixture
def memory(tmp_path: Path, guard: Guard) -> Memory:
    return Memory(SqlRecords(SqlitePlace(tmp_path)), guard, Retention(30), clock=lambda: START)


@pytest.fixture
def keeping(memory: Memory) -> Iterator[Served]:
    with served(Behind(memory=memory)) as server:
        yield server


def kept(memory: Memory, server: Served | None = None) -> list[RatedTurn]:
    """What is kept by now, once the server has come to all that it was to keep."""
    if server is not None and server.interface.memory is not None:
        server.interface.memory.forget(new_code())
    return list(memory.records.export(START - timedelta(days=400)))


def test_a_turn_is_kept_with_what_became_of_it_and_nothing_of_who_asked(
    keeping: Served, memory: Memory
) -> None:
    chat = keeping.post(CHATS, {}).json()["chat"]
    turn = keeping.ask("calf, my name is Jane Doe, jane@doe.example", chat=chat).json()["turn"]
    [one] = kept(memory, keeping)
    assert (one.turn.id, one.turn.outcome) == (turn, Ending.ANSWER)
    assert "jane@doe" not in one.turn.question
    assert chat.replace("-", "") not in repr(one)


def test_a_thumb_is_kept_with_its_comment_and_may_be_changed(
    keeping: Served, memory: Memory
) -> None:
    turn = keeping.ask("calf").json()["turn"]
    for thumb in Thumb:
        body = {"turn": turn, "thumb": thumb.value, "comment": "call me on 07700 900123"}
        assert keeping.post(FEEDBACK, body).status_code == 204
    [one] = kept(memory)
    assert one.feedback is not None
    assert one.feedback.thumb is Thumb.DOWN
    assert "900123" not in one.feedback.comment
    unknown = keeping.post(FEEDBACK, {"turn": "another", "thumb": "up"})
    assert unknown.status_code == 404


def test_who_has_a_chats_code_can_have_it_deleted_and_no_other(
    keeping: Served, memory: Memory
) -> None:
    chats = [keeping.post(CHATS, {}).json()["chat"] for _ in range(2)]
    for chat in chats:
        assert keeping.ask("calf", chat=chat).status_code == 200
    path = f"{keeping.url}{CHATS}/{chats[0].lower().replace('-', ' ')}"
    assert httpx.delete(path, headers=PROGRAM).json() == {"deleted": 1}
    assert httpx.delete(path, headers=PROGRAM).json() == {"deleted": 0}
    assert len(kept(memory)) == 1
    wrong = httpx.delete(f"{keeping.url}{CHATS}/nonsense", headers=PROGRAM)
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "code")
    assert keeping.ask("calf", chat="nonsense").status_code == 422


def test_of_an_emergency_not_a_word_is_kept(keeping: Served, memory: Memory) -> None:
    keeping.ask("swollen")
    [one] = kept(memory, keeping)
    assert (one.turn.question, one.turn.outcome) == ("", Ending.WARNING)


def test_where_nothing_is_kept_that_is_said(server: Served) -> None:
    asked = [
        server.post(CHATS, {}),
        server.post(FEEDBACK, {"turn": "x", "thumb": "up"}),
        httpx.delete(f"{server.url}{CHATS}/{new_code()}", headers=PROGRAM),
    ]
    assert {each.status_code for each in asked} == {404}
    assert {each.json()["error"]["code"] for each in asked} == {"not_kept"}


def test_nobody_without_leave_rates_or_deletes(keeping: Served) -> None:
    assert keeping.post(FEEDBACK, {"turn": "x", "thumb": "up"}, {}).status_code == 401
    assert httpx.delete(f"{keeping.url}{CHATS}/{new_code()}").status_code == 401
    assert keeping.post(CHATS, {}, {"origin": "https://evil.example"}).status_code == 403


@dataclass(frozen=True)
class Full:
    """A place that has no room."""

    refused: Callable[[], None]

    def __getattr__(self, _: str) -> Callable[..., object]:
        def failing(*_: object) -> object:
            self.refused()
            raise RecordsError("The disk is full. Make room.")

        return failing


def test_a_full_disk_costs_no_reader_their_answer(
    memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    times: list[int] = []
    full = replace(memory, records=Full(lambda: times.append(1)))  # type: ignore[arg-type]
    with served(Behind(memory=full)) as server:
        assert server.ask("my private calf matter").json()["reply"] == "answer"
        assert server.post(FEEDBACK, {"turn": "x", "thumb": "up"}).status_code == 503
        gone = httpx.delete(f"{server.url}{CHATS}/{new_code()}", headers=PROGRAM)
        assert gone.json()["error"]["code"] == "away"
    assert len(times) >= 4
    assert "The disk is full" in caplog.text
    assert "private" not in caplog.text


def test_what_was_kept_long_enough_goes_without_anybody_asking(memory: Memory) -> None:
    now = [START]
    keeping = replace(memory, clock=lambda: now[0])
    with served(Behind(memory=keeping)) as server:
        server.ask("calf")
        assert len(kept(memory, server)) == 1
        now[0] += timedelta(days=31)
        server.ask("calf")  # which has it looked through
        assert [one.turn.asked_at.day for one in kept(memory, server)] == [27]
    now[0] += timedelta(days=31)
    with served(Behind(memory=keeping)) as server:
        assert kept(memory, server) == []


def test_a_log_never_holds_what_is_kept(keeping: Served, caplog: pytest.LogCaptureFixture) -> None:
    chat = keeping.post(CHATS, {}).json()["chat"]
    with caplog.at_level(logging.DEBUG):
        keeping.ask("my private calf matter", chat=chat)
        httpx.delete(f"{keeping.url}{CHATS}/{chat}", headers=PROGRAM)
    ours = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("soleus", "assistant"))
    ]
    assert ours
    assert not any("private" in line or chat in line for line in ours)
