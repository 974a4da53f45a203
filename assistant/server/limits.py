"""How much may be asked: by network or key in a minute and a day, by everybody in a day.

Counted by facts the server knows. Replicas share the counts where a Redis is set up; each keeps its
own otherwise, and when the Redis is away.
"""

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from limits import (
    RateLimitItem,
    RateLimitItemPerDay,
    RateLimitItemPerMinute,
    RateLimitItemPerSecond,
)
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from assistant.errors import SettingsError, kind_and_place
from assistant.server.caller import Caller, Kind
from assistant.server.network import network_of
from assistant.settings_server import ServerSettings

_log = logging.getLogger(__name__)
_ALL = "everybody"
_KNOCKS = RateLimitItemPerSecond(40, 10, namespace="knocks")
"""Things pressed on the page by one network in ten seconds; a club evening has one network."""
_SOON = 0.3
"""Seconds in which a shared store must have answered."""
_REST = 5.0
"""Seconds for which one that did not is left alone: nobody waits for it meanwhile."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Whether one more question may be asked, and how things stand."""

    allowed: bool
    limit: int
    """Of the window that is nearest to its end."""
    remaining: int
    reset: int
    """Seconds until that window lets somebody in again."""

    @property
    def headers(self) -> dict[str, str]:
        """The same as headers (draft-ietf-httpapi-ratelimit-headers-06)."""
        told = {
            "ratelimit-limit": str(self.limit),
            "ratelimit-remaining": str(self.remaining),
            "ratelimit-reset": str(self.reset),
        }
        return told if self.allowed else {**told, "retry-after": str(max(1, self.reset))}


@dataclass(frozen=True, slots=True)
class _Window:
    item: RateLimitItem
    name: str


class Limits:
    """Counts questions. Safe to share between threads."""

    def __init__(self, settings: ServerSettings, storage: Storage | None = None) -> None:
        """`storage`: what replicas share; without it this process counts for itself."""
        self._settings = settings
        self._here = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = SlidingWindowCounterRateLimiter(storage) if storage else self._here
        self._rested = 0.0

    def question(self, caller: Caller) -> Grant:
        """Takes one question off the caller's allowance, if there is one left."""
        asked = self._settings
        program = caller.kind is Kind.PROGRAM
        minute = asked.program_per_minute if program else asked.per_minute
        day = asked.program_per_day if program else asked.per_day
        windows = [
            _Window(RateLimitItemPerMinute(minute), caller.bucket),
            _Window(RateLimitItemPerDay(day), caller.bucket),
        ]
        windows.append(_Window(RateLimitItemPerDay(asked.total_per_day), _ALL))
        return self._take(windows)

    def allows(self, address: str) -> bool:
        """Whether one more question may come from an address, over the page; takes it if so."""
        network = network_of(address)
        return self.question(Caller(Kind.BROWSER, network, network)).allowed

    def knocks(self, address: str) -> bool:
        """Whether one more thing may be pressed on the page from an address just now: whoever may
        not ask more is warned all the same, but fills no queue with it.
        """
        return self._here.hit(_KNOCKS, network_of(address))

    def wording(self) -> Grant:
        """Takes one worded answer off the day's, if there is one left."""
        most = self._settings.worded_per_day
        if not most:
            return Grant(False, 0, 0, 86_400)
        return self._take([_Window(RateLimitItemPerDay(most, namespace="worded"), _ALL)])

    def may_word(self) -> bool:
        """Whether a language model may word one more today; takes it if so."""
        return self.wording().allowed

    def _take(self, windows: Sequence[_Window]) -> Grant:
        if time.monotonic() >= self._rested:
            try:
                return _taken(self._shared, windows)
            except StorageError as error:
                self._rested = time.monotonic() + _REST
                _log.error("the shared counts are away, counting here: %s", kind_and_place(error))
        return _taken(self._here, windows)


def _taken(limiter: SlidingWindowCounterRateLimiter, windows: Sequence[_Window]) -> Grant:
    full = [each for each in windows if not limiter.test(each.item, each.name)]
    if not full:
        # Others may have come between: only what `hit` itself lets through is let through.
        full = [each for each in windows if not limiter.hit(each.item, each.name)]
    stats = [(each, limiter.get_window_stats(each.item, each.name)) for each in full or windows]
    tightest, found = min(stats, key=lambda pair: (pair[1].remaining, -pair[1].reset_time))
    reset = max(0, math.ceil(found.reset_time - time.time()))
    return Grant(not full, tightest.item.amount, 0 if full else found.remaining, reset)


def shared_storage(url: str) -> Storage | None:
    """What replicas share, by its address; None for none. Raises SettingsError."""
    if not url:
        return None
    if not url.startswith(("redis://", "rediss://", "redis+sentinel://", "redis+cluster://")):
        raise SettingsError("SOLEUS_REDIS_URL: must begin with redis:// or rediss://")
    try:
        found = storage_from_string(
            url, wrap_exceptions=True, socket_timeout=_SOON, socket_connect_timeout=_SOON
        )
    except Exception as error:  # whatever its client raises about an address
        raise SettingsError(
            f"SOLEUS_REDIS_URL: {type(error).__name__}. Check the address, and that the extra"
            " is installed: pip install '.[redis]'"
        ) from None
    return found if isinstance(found, Storage) else None
