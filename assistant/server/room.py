"""Room for connections: each is an open file, and systems allow a process some 1,000 of those."""

import logging
import resource
import time

_OTHERS = 256
"""Files that are open besides: index, libraries, sockets of a model."""
_REFUSED = 3
"""Who is refused is connected for a moment as well: so many of them for each that is let in."""
_FULL = ("out of system resource", "Exceeded concurrency limit")
"""What asyncio and uvicorn say for each that finds no room, over and over."""
_SELDOM = 60.0
"""Seconds between two such lines."""


def make_room(connections: int) -> bool:
    """Lets this process have so many connections open, if the system's own limit allows it.

    False where it does not: then whoever comes too many waits at the door, instead of being told.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = connections + _OTHERS
    wanted = needed + connections * _REFUSED
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return True
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if most > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most >= needed


class SeldomFull(logging.Filter):
    """Lets it be said once a minute that there is no room, so that a flood fills no disk."""

    def __init__(self) -> None:
        super().__init__()
        self._next = dict.fromkeys(_FULL, 0.0)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is written."""
        said = next((phrase for phrase in _FULL if phrase in str(record.msg)), None)
        if said is None:
            return True
        now = time.monotonic()
        if now < self._next[said]:
            return False
        self._next[said] = now + _SELDOM
        return True
