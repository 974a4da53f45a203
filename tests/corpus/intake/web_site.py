"""A real web server on this machine, and a name service that says what a test wants.

"Public" is what a test allows: one loopback address stands for the internet, another for a machine
that only this one can reach.
"""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from corpus.intake.addresses import Address
from corpus.intake.web import Fetched, FetchLimits, fetch

INTERNET, INSIDE = ip_address("127.0.0.1"), ip_address("127.0.0.2")
METADATA = ip_address("169.254.169.254")
HASTY = FetchLimits(connect_seconds=5.0, read_seconds=5.0, total_seconds=20.0)

Page = Callable[["Handler"], None]


def said(
    body: bytes | str = "Warm up first.",
    kind: str = "text/html",
    status: int = 200,
    **headers: str,
) -> Page:
    """An ordinary answer; `content_encoding="gzip"` becomes a Content-Encoding header."""
    content = body.encode() if isinstance(body, str) else body

    def answer(handler: "Handler") -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if kind:
            handler.send_header("Content-Type", kind)
        if "content_length" not in {name.lower() for name in headers}:
            handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def moved(location: str, status: int = 302) -> Page:
    return said("", status=status, Location=location, Set_Cookie="who=you")


def raw(*pieces: bytes, then: Callable[["Handler"], None] = lambda _: None) -> Page:
    """These very bytes, whatever HTTP says of them."""

    def answer(handler: "Handler") -> None:
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
        then(handler)

    return answer


@dataclass
class Site:
    """What a server says at each path, and what it was asked."""

    pages: dict[str, Page] = field(default_factory=dict)
    port: int = 0
    heard: list[tuple[str, Message]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    """Set when the test is done: whoever dawdles stops."""

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.heard]


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        self.site.heard.append((self.path, self.headers))
        page = self.site.pages.get(self.path, said("Not here.", status=404))
        # Whoever is refused hangs up in the middle.
        with contextlib.suppress(OSError):
            page(self)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # waited for, so that no socket outlives its test

    def handle_error(self, *_: object) -> None:
        """A client that hangs up early is what these tests are about."""


@contextlib.contextmanager
def serving(
    pages: Mapping[str, Page],
    at: Address = INTERNET,
    *,
    port: int = 0,
    identity: ssl.SSLContext | None = None,
) -> Iterator[Site]:
    site = Site(dict(pages))
    handler = type("SiteHandler", (Handler,), {"site": site})
    with _Server((str(at), port), handler) as server:
        if identity:
            server.socket = identity.wrap_socket(server.socket, server_side=True)
        site.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            server.shutdown()
            thread.join()


class Names:
    """A name service: what each name resolves to, answer by answer; the last one is repeated."""

    def __init__(self, **answers: list[list[Address]] | list[Address]) -> None:
        self.answers = {name.replace("_", "."): list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, _: int) -> list[Address]:
        self.asked.append(host)
        if host not in self.answers:
            raise OSError(f"no {host}")
        given = self.answers[host]
        if not isinstance(given[0], list):
            return [each for each in given if not isinstance(each, list)]
        first = given.pop(0) if len(given) > 1 else given[0]
        assert isinstance(first, list)
        return first


def internet_only(address: Address) -> bool:
    return address == INTERNET


def read(
    url: str,
    limits: FetchLimits = HASTY,
    names: Names | None = None,
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """`fetch` where 127.0.0.1 is all of the internet."""
    return fetch(url, limits, internet_only, names or Names(), trust)
