"""One request to one site, and what it answers while the connection is open.

httpcore, the part of httpx that speaks HTTP, by itself reads no proxy from the environment, keeps
no cookies, follows no redirect and unpacks nothing. `web_connect` decides where it may connect to.
"""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore

from corpus.errors import FetchFailedError
from corpus.intake.web_address import WebAddress
from corpus.intake.web_connect import CheckedBackend


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers, while the connection is open."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    chunks: Iterator[bytes]
    """The body as it comes, still packed."""

    def header(self, name: str) -> str:
        """What the first header of that name says, "" if there is none."""
        wanted = name.lower().encode("ascii")
        found = next((value for key, value in self.headers if key.lower() == wanted), b"")
        return found.decode("utf-8", "replace").strip()


@contextmanager
def exchange(
    address: WebAddress,
    headers: Iterable[tuple[str, str]],
    backend: "CheckedBackend",
    trust: ssl.SSLContext | None,
) -> Iterator[Answer]:
    """Asks for a page, and gives what is answered while the connection is open.

    Args:
        address: of the page.
        headers: sent as they are.
        backend: what may be connected to, and for how long.
        trust: whose certificates are believed; None for those browsers believe.

    Raises:
        FetchRefusedError: the host has an address that the rule closes.
        FetchFailedError: the host is not known, cannot be reached, is too slow, cannot show that it
            is who it says, or breaks off.
    """
    waits, began = backend.patience, False
    url = httpcore.URL(
        scheme=address.scheme, host=address.host, port=address.port, target=address.target
    )
    timeout = {"connect": waits.connect, "read": waits.read, "write": waits.read, "pool": 0.0}
    asked = httpcore.Request("GET", url, headers=list(headers), extensions={"timeout": timeout})
    with httpcore.ConnectionPool(ssl_context=trust, network_backend=backend) as pool:
        try:
            answer = pool.handle_request(asked)
            began = True
            assert isinstance(answer.stream, Iterable)  # noqa: S101 - the types allow async ones
            yield Answer(answer.status, tuple(answer.headers), iter(answer.stream))
        except httpcore.TimeoutException as problem:
            raise FetchFailedError(
                f"{address.host} did not answer in time. Try again later."
            ) from problem
        except (httpcore.NetworkError, httpcore.ProtocolError) as problem:
            raise FetchFailedError(_what_failed(address.host, problem, began)) from problem


def _what_failed(host: str, problem: Exception, began: bool) -> str:
    if began:
        return f"{host} broke off before the page was complete. Try again."
    if isinstance(problem, httpcore.ConnectError):
        return f"{host} cannot be reached ({problem}). Check the address, and whether it is up."
    return f"{host} did not answer as a web server does. Check the address and the port."
