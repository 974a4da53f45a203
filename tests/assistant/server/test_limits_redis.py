"""Replicas share what they count in a real Redis, and count for themselves while it is away."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from assistant.server.caller import Caller, Kind
from assistant.server.limits import Limits, shared_storage
from assistant.settings_server import ServerSettings
from eval.bench.page import free_port

FEW = ServerSettings(per_minute=5, worded_per_day=3)
CALLER = Caller(Kind.BROWSER, "192.0.2.0/24", "192.0.2.0/24", "https://club.example")
pytestmark = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="there is no redis-server to share counts in"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A Redis of this test's own, and its address."""
    port = str(free_port())
    command = ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir"]
    process = subprocess.Popen([*command, str(tmp_path)], stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    with redis.Redis.from_url(url) as asking:
        while not _there(asking):
            assert process.poll() is None
    try:
        yield process, url
    finally:
        process.kill()
        process.wait()


def _there(asking: redis.Redis) -> bool:
    try:
        return bool(asking.ping())
    except redis.ConnectionError:
        return False


def granted(limits: Limits, times: int) -> int:
    return sum(limits.question(CALLER).allowed for _ in range(times))


def test_two_replicas_together_let_through_what_one_would(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    one, other = (Limits(FEW, shared_storage(server[1])) for _ in range(2))
    assert granted(one, 3) + granted(other, 9) == 5
    assert [one.may_word(), other.may_word(), one.may_word(), other.may_word()] == [
        True,
        True,
        True,
        False,
    ]


def test_what_it_holds_names_no_address_finer_than_a_network(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    granted(Limits(FEW, shared_storage(server[1])), 1)
    with redis.Redis.from_url(server[1], decode_responses=True) as asking:
        keys = [str(key) for key in asking.keys("*")]
    assert keys
    assert all("192.0.2.0/24" in key or "everybody" in key for key in keys)


def test_one_that_takes_the_call_and_says_nothing_is_left_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        limits = Limits(FEW, shared_storage(f"redis://127.0.0.1:{port}/0"))
        assert granted(limits, 9) == 5


def test_when_it_goes_away_each_counts_for_itself(
    server: tuple[subprocess.Popen[bytes], str], caplog: pytest.LogCaptureFixture
) -> None:
    process, url = server
    limits = Limits(FEW, shared_storage(url))
    assert granted(limits, 2) == 2
    process.kill()
    process.wait()
    assert granted(limits, 9) == 5
    assert "the shared counts are away" in caplog.text
