"""Room for connections, in a process of its own: limits of a process are taken down for good."""

import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest

from assistant.server.room import SeldomFull

ROOM = """
import resource, sys
from assistant.server.room import make_room
soft, hard, wanted = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
enough = make_room(wanted)
print(enough, *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "found"),
    [
        (100, 9_000, 500, "True 2256 9000"),
        (100, 900, 500, "True 900 900"),
        (100, 600, 500, "False 600 600"),
        (700, 700, 500, "False 700 700"),
        (3_000, 9_000, 500, "True 3000 9000"),
    ],
)
def test_a_process_takes_what_it_needs_and_may_have(
    soft: int, hard: int, wanted: int, found: str
) -> None:
    given = [str(number) for number in (soft, hard, wanted)]
    done = subprocess.run(
        [sys.executable, "-c", ROOM, *given], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == found


def test_that_there_is_no_room_is_said_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    clock = SimpleNamespace(monotonic=lambda: now)
    monkeypatch.setattr("assistant.server.room.time", clock)
    seldom = SeldomFull()

    def said(message: str) -> bool:
        return seldom.filter(logging.makeLogRecord({"msg": message}))

    full = "socket.accept() out of system resource\nsocket: ..."
    assert [said(full), said(full), said("something else"), said("something else")] == [
        True,
        False,
        True,
        True,
    ]
    assert said("Exceeded concurrency limit.")
    assert not said("Exceeded concurrency limit.")
    now += 61
    assert said(full)
