"""How much may be asked, counted by what the server knows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from limits.errors import StorageError
from limits.storage import MemoryStorage

from assistant.errors import SettingsError
from assistant.server.caller import Caller, Kind
from assistant.server.limits import Grant, Limits, shared_storage
from assistant.settings_server import ServerSettings

FEW = ServerSettings(per_minute=3, per_day=5, total_per_day=100, worded_per_day=2)


def browser(network: str = "192.0.2.0/24") -> Caller:
    return Caller(Kind.BROWSER, network, network, "https://club.example")


PROGRAM = Caller(Kind.PROGRAM, "192.0.2.0/24", "0123456789abcdef")


def granted(limits: Limits, caller: Caller, times: int) -> int:
    return sum(limits.question(caller).allowed for _ in range(times))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that stands still, at the beginning of a day, until it is moved."""
    now = [1_800_000_000.0 - 1_800_000_000.0 % 86_400 + 1]
    monkeypatch.setattr("time.time", lambda: now[0])

    def moved(seconds: float) -> None:
        now[0] += seconds

    return moved


def test_a_network_has_so_many_a_minute_and_is_told_when_to_come_back() -> None:
    limits = Limits(FEW)
    grants = [limits.question(browser()) for _ in range(4)]
    assert [(g.allowed, g.remaining) for g in grants] == [
        (True, 2),
        (True, 1),
        (True, 0),
        (False, 0),
    ]
    assert grants[0].headers == {
        "ratelimit-limit": "3",
        "ratelimit-remaining": "2",
        "ratelimit-reset": grants[0].headers["ratelimit-reset"],
    }
    assert 0 < int(grants[3].headers["retry-after"]) <= 60
    assert limits.question(browser("198.51.100.0/24")).allowed


def test_a_new_origin_or_token_is_no_new_allowance() -> None:
    limits = Limits(FEW)
    assert granted(limits, browser(), 4) == 3
    other = Caller(Kind.BROWSER, "192.0.2.0/24", "192.0.2.0/24", "https://other.example")
    assert granted(limits, other, 1) == 0
    assert not limits.allows("192.0.2.200")  # and neither is the page


def test_what_was_refused_costs_nothing(clock: Callable[[float], None]) -> None:
    limits = Limits(FEW)
    assert granted(limits, browser(), 50) == 3
    clock(180)
    assert granted(limits, browser(), 50) == 2  # the day has five


def test_a_program_is_counted_by_its_key_and_spends_nobody_elses_day(
    clock: Callable[[float], None],
) -> None:
    limits = Limits(FEW.model_copy(update={"program_per_minute": 4, "program_per_day": 6}))
    assert granted(limits, PROGRAM, 9) == 4
    clock(180)
    assert granted(limits, PROGRAM, 9) == 2
    assert limits.question(browser()).allowed


def test_what_is_pressed_on_the_page_is_bounded_for_a_network(
    clock: Callable[[float], None],
) -> None:
    limits = Limits(FEW)
    assert [limits.knocks("192.0.2.7") for _ in range(45)] == [True] * 40 + [False] * 5
    assert limits.knocks("198.51.100.7")
    clock(21)
    assert limits.knocks("192.0.2.200")


class Hesitant(MemoryStorage):
    """Lets everybody look before anybody takes."""

    def __init__(self, crowd: int) -> None:
        super().__init__()
        self.looking = Barrier(crowd)

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        found = super().get_sliding_window(key, expiry)
        if "minute" in key:
            self.looking.wait()
        return found


def test_many_at_the_same_moment_get_no_more_than_one_after_the_other() -> None:
    limits = Limits(FEW.model_copy(update={"per_minute": 5, "per_day": 99}), Hesitant(8))
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(lambda _: limits.question(browser()).allowed, range(8)))
    assert found.count(True) == 5


def test_everybody_together_has_so_many_a_day() -> None:
    limits = Limits(FEW.model_copy(update={"total_per_day": 4}))
    networks = [browser(f"10.0.{n}.0/24") for n in range(9)]
    assert sum(granted(limits, each, 1) for each in networks) == 4


def test_worded_answers_have_a_budget_of_their_own() -> None:
    limits = Limits(FEW)
    assert [limits.wording().allowed for _ in range(3)] == [True, True, False]
    assert limits.question(browser()).allowed
    none = Limits(FEW.model_copy(update={"worded_per_day": 0}))
    assert none.wording() == Grant(False, 0, 0, 86_400)


def test_replicas_share_what_they_count() -> None:
    shared = MemoryStorage()
    one, other = Limits(FEW, shared), Limits(FEW, shared)
    assert granted(one, browser(), 2) + granted(other, browser(), 9) == 3


class Away(MemoryStorage):
    """A store that cannot be reached."""

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        raise StorageError(OSError("away"))


def test_while_the_shared_counts_are_away_each_counts_for_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    limits = Limits(FEW, Away())
    assert granted(limits, browser(), 9) == 3
    assert "the shared counts are away" in caplog.text
    assert "192.0.2" not in caplog.text


@pytest.mark.parametrize("url", ["http://x", "memcached://x", "redis"])
def test_only_a_redis_is_shared(url: str) -> None:
    assert shared_storage("") is None
    with pytest.raises(SettingsError, match="must begin with redis://"):
        shared_storage(url)
