"""What is asked of the kept chats, one after the other, with nobody waiting for a slow database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from assistant.errors import RecordsError
from assistant.question import Question
from assistant.records.code import ChatCode, new_code
from assistant.records.kept import Thumb
from assistant.server.clerk import Clerk
from assistant.turns import Ended
from tests.ui import scripted

CHAT = new_code()


@dataclass
class Slow:
    """A memory that does nothing until it is let; then all of it."""

    let: Event = field(default_factory=Event)
    kept: list[Ended] = field(default_factory=list)
    swept: int = 0
    broken: bool = False

    def keep(self, ended: Ended) -> None:
        assert self.let.wait(20)
        if self.broken:
            raise ValueError("the words of somebody")
        self.kept.append(ended)

    def sweep(self) -> None:
        self.swept += 1

    def rate(self, turn: str, thumb: Thumb, comment: str) -> bool:
        return any(each.turn == turn for each in self.kept)

    def forget(self, chat: ChatCode) -> int:
        gone = [each for each in self.kept if each.chat == chat]
        self.kept = [each for each in self.kept if each not in gone]
        return len(gone)


def ended(turn: str = "one", chat: ChatCode | None = CHAT) -> Ended:
    return Ended(turn, Question("my private calf"), scripted.ANSWER, chat)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def clerk(slow: Slow) -> Iterator[Clerk]:
    memory: Any = slow
    made = Clerk(memory, most=3, patience=0.05)
    yield made
    slow.let.set()
    made.close()


def test_nobody_waits_for_a_turn_to_be_kept(slow: Slow, clerk: Clerk) -> None:
    clerk.keep(ended())
    assert slow.kept == []
    slow.let.set()
    clerk.patience = 20
    assert clerk.rate("one", Thumb.UP, "")
    assert slow.swept == 1


def test_a_thumb_and_a_deletion_come_after_what_was_to_be_kept_before(
    slow: Slow, clerk: Clerk
) -> None:
    clerk.patience = 20
    slow.let.set()
    clerk.keep(ended("one"))
    clerk.keep(ended("two"))
    assert clerk.forget(CHAT) == 2
    assert not clerk.rate("two", Thumb.UP, "")


def test_an_answer_that_was_just_coming_is_not_kept_after_its_chat_was_deleted(
    slow: Slow, clerk: Clerk
) -> None:
    clerk.patience = 20
    slow.let.set()
    assert clerk.forget(CHAT) == 0
    clerk.keep(ended("late"))
    clerk.keep(ended("another", new_code()))
    assert clerk.rate("another", Thumb.UP, "")
    assert [each.turn for each in slow.kept] == ["another"]


def test_who_waits_too_long_is_told_so(clerk: Clerk) -> None:
    clerk.keep(ended())
    with pytest.raises(RecordsError, match="in time"):
        clerk.forget(CHAT)


def test_only_so_many_wait_and_the_log_says_so_without_their_words(
    slow: Slow, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(9):
        clerk.keep(ended(str(number)))
    slow.let.set()
    clerk.patience = 20
    clerk.rate("none", Thumb.UP, "")
    assert 3 <= len(slow.kept) <= 4
    assert "was not kept" in caplog.text
    assert "private" not in caplog.text


def test_whatever_fails_costs_the_next_one_nothing(
    slow: Slow, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    clerk.patience = 20
    slow.let.set()
    slow.broken = True
    clerk.keep(ended("one"))
    clerk.forget(new_code())
    slow.broken = False
    clerk.keep(ended("two"))
    assert clerk.rate("two", Thumb.UP, "")
    assert "ValueError" in caplog.text
    assert "words of somebody" not in caplog.text


def test_what_comes_after_the_end_is_said_to(
    slow: Slow, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    slow.let.set()
    clerk.close()
    clerk.keep(ended())
    assert "the server ends" in caplog.text
    with pytest.raises(RecordsError, match="about to end"):
        clerk.rate("one", Thumb.UP, "")
