"""Keeps the page to itself: headers, a head without foreign hosts, visits forgotten once left."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

LOOK = "/look"
"""Where our own stylesheet and script are served."""

_HEAD = (
    '<meta name="referrer" content="no-referrer">'
    '<meta name="color-scheme" content="light dark">'
    f'<link rel="icon" type="image/svg+xml" href=".{LOOK}/mark.svg">'
    f'<link rel="stylesheet" href=".{LOOK}/page.css">'
    f'<script src=".{LOOK}/page.js"></script>'
)
_WITHOUT_SCRIPT = "<noscript><p>This page needs JavaScript to answer questions.</p></noscript>"
# Gradio evaluates its templates, hence 'unsafe-eval', and configures itself inline. What the
# policy is for: whatever ends up on the page, the browser talks to this server only.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
    " connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
    " frame-ancestors 'self'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
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

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
# Gradio keeps this request open for as long as the page is.
_HEARTBEAT = re.compile(r"/heartbeat/([^/]+)$")


class PrivateMiddleware:
    """Adds the headers that keep the page to itself, and takes foreign hosts out of its head."""

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; only the page itself is held back until it is whole."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _PrivateSend(send, scope["path"]))


class _PrivateSend:
    """One response on its way out."""

    def __init__(self, send: Send, path: str) -> None:
        self._send = send
        self._whole = path == "/"
        # Asked for anew each time (and mostly unchanged), so that an update is never half seen.
        ours = self._whole or path.startswith(LOOK)
        self._freshness = [(b"cache-control", b"no-cache")] if ours else []
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *_HEADERS, *self._freshness]
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
    """Has a visit forgotten some time after its page was closed."""

    def __init__(self, app: AsgiApp, forget: Callable[[str], None], grace: float) -> None:
        """`grace`: seconds in which a page that lost its connection may come back."""
        self._app = app
        self._forget = forget
        self._grace = grace
        self._open: Counter[str] = Counter()
        self._leaving: dict[str, asyncio.TimerHandle] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; while it is a page's heartbeat, its visit is remembered."""
        beat = _HEARTBEAT.search(scope["path"]) if scope["type"] == "http" else None
        if beat is None:
            await self._app(scope, receive, send)
            return
        visit = beat[1]
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
