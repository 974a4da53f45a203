"""Who may change the shelf: the password, how often it may be guessed, and the sessions it opens.

Nothing here is written down. The password comes from the environment, sessions live in memory, and
both are gone when the process ends.
"""

import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from assistant.ui.shelf_keeper import Fate, Proposal
from assistant.ui.shelf_work import Work

SHORTEST_PASSWORD = 12
"""Characters; what is shorter can be guessed even at the pace that is allowed here."""
TRIES_EACH = 5
"""Wrong passwords a minute from one address."""
TRIES_ALL = 30
"""Wrong passwords a minute from all addresses together."""
MINUTE = 60.0
IDLE = 30 * 60.0
"""Seconds after which a session ends that nobody used."""
MOST_SESSIONS = 4
"""Sessions at once; the one that was idle longest makes room."""

Clock = Callable[[], float]


class Guesses:
    """Counts wrong passwords. Who has just missed waits; nobody is locked out for over a minute."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._misses: deque[tuple[float, str]] = deque()

    def wait(self, address: str) -> float:
        """Seconds until `address` may try again; 0 when it may now."""
        now = self._clock()
        while self._misses and now - self._misses[0][0] >= MINUTE:
            self._misses.popleft()
        own = [when for when, who in self._misses if who == address]
        blocking = [own[-TRIES_EACH]] if len(own) >= TRIES_EACH else []
        if len(self._misses) >= TRIES_ALL:
            blocking.append(self._misses[-TRIES_ALL][0])
        return max((when + MINUTE - now for when in blocking), default=0.0)

    def missed(self, address: str) -> None:
        """Note one wrong password."""
        self._misses.append((self._clock(), address))


@dataclass(frozen=True, slots=True)
class Preview:
    """What was proposed and waits for a decision."""

    id: str
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was sent with mistakes in it, to be shown again as it was typed."""

    of: str
    """The preview or document whose form it is."""
    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    """Name of a field to what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the operator's last action came to."""

    head: str
    good: bool = True
    fates: tuple[Fate, ...] = ()


@dataclass(slots=True)
class Session:
    """One operator's visit. The only thing on this page that changes in place."""

    token: str
    csrf: str
    used: float
    preview: Preview | None = None
    draft: Draft | None = None
    told: Told | None = None
    work: Work | None = None


@dataclass(slots=True)
class Sessions:
    """Every open session, by the hash of its token."""

    clock: Clock = time.monotonic
    _open: dict[str, Session] = field(default_factory=dict)

    def begin(self) -> Session:
        """A fresh session under a token nobody can guess."""
        self._sweep()
        while len(self._open) >= MOST_SESSIONS:
            del self._open[min(self._open, key=lambda key: self._open[key].used)]
        session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), self.clock())
        self._open[_key(session.token)] = session
        return session

    def of(self, token: str, *, used: bool = True) -> Session | None:
        """The session of a token, if it is open. `used`: whether this keeps it from going idle."""
        self._sweep()
        session = self._open.get(_key(token))
        if session and used:
            session.used = self.clock()
        return session

    def end(self, token: str) -> None:
        """Close a session and forget what it held."""
        self._open.pop(_key(token), None)

    def previews(self) -> tuple[Preview, ...]:
        """What waits for a decision in any of them."""
        self._sweep()
        return tuple(each.preview for each in self._open.values() if each.preview)

    def _sweep(self) -> None:
        """A session in which something is being done stays: its outcome has to be seen."""
        now = self.clock()
        for key, session in tuple(self._open.items()):
            busy = session.work is not None and session.work.running
            if now - session.used >= IDLE and not busy:
                del self._open[key]


def _key(token: str) -> str:
    """Tokens are looked up by hash, so that how long a look-up takes tells nothing of them."""
    return sha256(token.encode()).hexdigest()


def same_secret(given: str, real: str) -> bool:
    """Whether two secrets are equal, in a time that tells neither where they differ nor how long
    the real one is.
    """
    hashes = [sha256(each.encode("utf-8", "surrogatepass")).digest() for each in (given, real)]
    return hmac.compare_digest(*hashes)


def comes_from_here(origin: str, host: str, site: str) -> bool:
    """Whether a form was sent by our own page, as the browser tells it.

    `origin`, `host`, `site`: the headers Origin, Host and Sec-Fetch-Site; "" where one is missing.
    Older browsers do not send the last.
    """
    if site not in {"", "same-origin"} or not host:
        return False
    scheme, _, rest = origin.partition("://")
    return scheme in {"http", "https"} and rest.lower() == host.lower()
