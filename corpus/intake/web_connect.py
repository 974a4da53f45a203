"""Connections to addresses that were checked, and to no others.

We stand inside httpcore, as its network backend, rather than around it: the name is resolved, every
address it has is judged, and the connection is opened to one of those, all in the one call from
which httpcore gets its connection. There is no second look-up that could answer differently (DNS
rebinding), and the host's name stays what the Host header says and the certificate is checked for.
Here too every read and write is held to the time left for the whole, so that a site that sends a
byte a second is cut off in its headers as in its body.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self, TypeAlias

import httpcore

from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.addresses import Address, AddressRule, literal

Resolver: TypeAlias = Callable[[str, int], Sequence[Address]]
"""The addresses of a host by its name and port. Raises OSError when it has none."""

_TRIED = 4
"""Addresses of one host tried in turn; whoever publishes more wants to cost us time."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When everything must be done."""

    end: float
    """On the clock of `time.monotonic`."""

    @classmethod
    def after(cls, seconds: float) -> Self:
        """The moment that many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most `most`.

        Raises:
            FetchFailedError: none are.
        """
        seconds = self.end - time.monotonic()
        if seconds <= 0:
            raise FetchFailedError("The page did not come in time. Try again later.")
        return seconds if most is None else min(seconds, most)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float
    """For a connection, its encryption included."""
    read: float
    """For the next piece of an answer."""
    deadline: Deadline


def system_resolver(host: str, port: int) -> tuple[Address, ...]:
    """The addresses the machine's own resolver gives, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ip_address(each[4][0]) for each in found))


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to hosts all of whose addresses a rule allows, and to no others."""

    def __init__(
        self,
        allowed: AddressRule,
        resolve: Resolver,
        patience: Patience,
        wire: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._wire = wire or httpcore.SyncBackend()
        self.patience = patience

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's addresses, after all of them have been judged."""
        deadline = self.patience.deadline
        spelt = literal(host)
        addresses = (spelt,) if spelt else self._looked_up(host, port)
        closed = next((each for each in addresses if not self._allowed(each)), None)
        if closed is not None:
            raise FetchRefusedError(
                f"{host} leads to {closed}, which is no public address. Only public pages are read."
            )
        problem: Exception = httpcore.ConnectError("it has no address")
        for each in addresses[:_TRIED]:
            try:
                stream = self._wire.connect_tcp(
                    str(each), port, deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                problem = failed
            else:
                _refuse_ourselves(stream, host)
                return _HurriedStream(stream, deadline)
        raise problem

    def _looked_up(self, host: str, port: int) -> Sequence[Address]:
        """Resolved in a thread of its own, since the system's resolver knows no time limit."""
        answers: queue.SimpleQueue[Sequence[Address] | BaseException] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                answers.put(self._resolve(host, port))
            except BaseException as problem:
                answers.put(problem)

        threading.Thread(target=look_up, daemon=True).start()
        try:
            answer = answers.get(timeout=self.patience.deadline.left(self.patience.connect))
        except queue.Empty:
            raise FetchFailedError(f"Nobody says in time where {host} is. Try again.") from None
        if isinstance(answer, (OSError, UnicodeError)):
            raise FetchFailedError(f"There is no site {host}. Check its spelling.") from answer
        if isinstance(answer, BaseException):
            raise answer
        return answer


def _refuse_ourselves(stream: httpcore.NetworkStream, host: str) -> None:
    """A public address can be this machine's own, and what it keeps from others stands open here.

    A firewall before the machine does not see a connection that never leaves it. Loopback is left
    to the rule.
    """
    ours, theirs = (stream.get_extra_info(end)[0] for end in ("client_addr", "server_addr"))
    if ours == theirs and not ip_address(theirs).is_loopback:
        stream.close()
        raise FetchRefusedError(f"{host} is the machine that Soleus runs on. Add a file instead.")


class _HurriedStream(httpcore.NetworkStream):
    """A connection that never waits longer than until the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            left = self._deadline.left(timeout)
            safe = self._stream.start_tls(ssl_context, server_hostname, left)
        except FetchFailedError:
            self.close()  # httpcore closes only what failed in its own way
            raise
        except httpcore.ConnectError as problem:
            if isinstance(problem.__cause__, ssl.SSLError):
                saying = _unsafe(server_hostname or "The site", problem.__cause__)
                raise FetchFailedError(saying) from problem
            raise
        return _HurriedStream(safe, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _unsafe(host: str, problem: ssl.SSLError) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        why = problem.verify_message.rstrip(".")
        return f"{host} cannot show that it is {host}: its certificate is not valid ({why})."
    return f"{host} offers no safe connection. Check whether its address begins with http://."
