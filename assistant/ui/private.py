"""Keeps the page to itself: headers, a head without foreign hosts, visits forgotten once left."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterable

from assistant.ui.gate import LOOK, AsgiApp, Message, Receive, Scope, Send

_HEAD = (
    '<meta name="referrer" content="no-referrer">'
    '<meta name="color-scheme" content="light dark">'
    f'<link rel="icon" type="image/svg+xml" href=".{LOOK}/mark.svg">'
    f'<link rel="stylesheet" href=".{LOOK}/page.css">'
    f'<script src=".{LOOK}/page.js"></script>'
)
_WITHOUT_SCRIPT = (
    "<noscript><p>This page needs JavaScript to answer questions, and cannot warn you without it."
    " In an emergency, call your local emergency number.</p></noscript>"
)
# Gradio evaluates its templates, hence 'unsafe-eval', and configures itself inline. What the
# policy is for: whatever ends up on the page, the browser talks to this server only.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
    " connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
)
_HEADERS = (
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
# Gradio's page describes itself with its maker's name and pictures on foreign hosts.
_FOREIGN = re.compile(
    r"""<meta\s+(?:property|name)="(?:og|twitter):[^>]*>"""
    r"""|<link\s[^>]*(?:rel="(?:manifest|preconnect)"|href="https?:)[^>]*>""",
    re.IGNORECASE,
)

# Gradio keeps the first of these requests open for as long as the page is, the second until what
# was asked is answered.
_HEARTBEAT = re.compile(r"/heartbeat/([^/]+)$")
_ANSWERS = re.compile(rb"(?:^|&)session_hash=([^&]+)")


class PrivateMiddleware:
    """Adds the headers that keep the page to itself, and takes foreign hosts out of its head."""

    def __init__(
        self, app: AsgiApp, ancestors: str = "'self'", beside: tuple[str, ...] = ()
    ) -> None:
        """`ancestors`: whose pages may show ours in a frame, as the policy puts it.

        `beside`: how addresses begin that look after themselves.
        """
        self._app = app
        self._beside = beside
        policy = f"{_POLICY} frame-ancestors {ancestors}"
        self._headers = ((b"content-security-policy", policy.encode()), *_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; only the page itself is held back until it is whole."""
        if scope["type"] != "http" or scope["path"].startswith(self._beside):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _PrivateSend(send, scope["path"], self._headers))


class _PrivateSend:
    """One response on its way out."""

    def __init__(self, send: Send, path: str, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self._send = send
        self._headers = headers
        self._whole = path == "/"
        # Asked for anew each time (and mostly unchanged), so that an update is never half seen.
        ours = self._whole or path.startswith(LOOK)
        self._freshness = [(b"cache-control", b"no-cache")] if ours else []
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            own = message.get("headers", [])
            named = {name.lower() for name, _ in own}  # a page may be stricter, on its own behalf
            ours = [each for each in (*self._headers, *self._freshness) if each[0] not in named]
            message["headers"] = [*own, *ours]
            self._start = message
            if self._whole:
                return
        elif self._whole and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._send_page()
            return
        await self._send(message)

    async def _send_page(self) -> None:
        body = as_ours(self._body.decode()).encode()
        kept = [(k, v) for k, v in self._start["headers"] if k.lower() != b"content-length"]
        self._start["headers"] = [*kept, (b"content-length", str(len(body)).encode())]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def as_ours(page: str) -> str:
    """The page with our own head, without tags that name foreign hosts or Gradio's identity."""
    ours = _FOREIGN.sub("", page).replace("</head>", f"{_HEAD}</head>", 1)
    return ours.replace("<gradio-app", f"{_WITHOUT_SCRIPT}<gradio-app", 1)


class ForgettingMiddleware:
    """Has a visit forgotten some time after its page was closed, or if it never had a page open."""

    def __init__(
        self,
        app: AsgiApp,
        forget: Callable[[str], None],
        kept: Callable[[], Iterable[str]],
        grace: float,
    ) -> None:
        """`kept` names every visit of which anything is remembered.

        `grace`: seconds in which a page that lost its connection may come back.
        """
        self._app = app
        self._forget = forget
        self._kept = kept
        self._grace = grace
        self._open: Counter[str] = Counter()
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._round: asyncio.TimerHandle | None = None
        self._strangers: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; while it listens for a visit, that visit is remembered."""
        visit = _visit(scope) if scope["type"] == "http" else None
        if scope["type"] == "http":
            self._go_round_later()
        if visit is None:
            await self._app(scope, receive, send)
            return
        self._open[visit] += 1
        if timer := self._leaving.pop(visit, None):
            timer.cancel()
        try:
            await self._app(scope, receive, send)
        finally:
            self._left(visit)

    def _left(self, visit: str) -> None:
        self._open[visit] -= 1
        if self._open[visit] <= 0:
            del self._open[visit]
            loop = asyncio.get_running_loop()
            self._leaving[visit] = loop.call_later(self._grace, self._gone, visit)

    def _gone(self, visit: str) -> None:
        del self._leaving[visit]
        self._forget(visit)

    def _go_round_later(self) -> None:
        if self._round is None:
            self._round = asyncio.get_running_loop().call_later(self._grace, self._go_round)

    def _go_round(self) -> None:
        """Forget who asked but never listened: no closing page tells us when such a visit ends.

        Found once, a visit may be about to listen; found twice, a whole grace apart, it is not.
        """
        self._round = None
        alone = frozenset(self._kept()) - self._open.keys() - self._leaving.keys()
        for visit in alone & self._strangers:
            self._forget(visit)
        self._strangers = alone - self._strangers
        if any(True for _ in self._kept()):
            self._go_round_later()


def _visit(scope: Scope) -> str | None:
    """Whose request this is, if it is one that listens."""
    if beat := _HEARTBEAT.search(scope["path"]):
        return beat[1]
    asked = _ANSWERS.search(scope.get("query_string", b""))
    return asked[1].decode("latin-1") if asked else None
