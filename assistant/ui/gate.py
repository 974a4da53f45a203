"""The only ways into the page: what it asks its server for is let through, all else is not there.

Gradio brings some eighty addresses along (its interface's description, its queue's length, an
uploader, an editor); the page uses a dozen. Naming those keeps out the ones we never heard of.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOK = "/look"
"""Where our own stylesheet and script are served."""
SAFETY = "/safety"
"""Where the page says what its warnings can and cannot do."""
SHELF = "/shelf"
"""Where the documents are shown, and where their operator changes them."""
JOIN = "/gradio_api/queue/join"
"""Where the page sends whatever is pressed on it."""
LARGEST_ASKED = 64 * 1024
"""Bytes of a request below the other open addresses: one question of a program, with its chat."""
LARGEST_BODY = 160 * 1024
"""Bytes that may be sent with one request: the longest question, twice, and the turns before."""
LONGEST_PATH = 200
"""Characters: a visit is remembered by the name in one of them."""
SLOWEST_BODY = 20.0
"""Seconds in which it must have come."""
LARGEST_STREAM = 200 * 1024 * 1024
"""Bytes of an upload that are let through at all, piece by piece. Far less is kept of it; but who
sends too much is to be told so, and a browser listens only once it has sent everything."""

_FETCHED = frozenset(
    {
        "/",
        SAFETY,
        SHELF,
        f"{SHELF}/status",
        "/config",
        "/theme.css",
        "/gradio_api/app_id",
        "/gradio_api/queue/data",
        "/gradio_api/startup-events",
    }
)
_FETCHED_BELOW = (f"{LOOK}/", "/assets/", "/static/", "/gradio_api/heartbeat/")
_STREAMED = frozenset({f"{SHELF}/add"})
_SENT = frozenset(
    {
        JOIN,
        "/gradio_api/cancel",
        "/gradio_api/reset",
        *(f"{SHELF}/{act}" for act in "enter leave accept discard edit remove undo".split()),
        *_STREAMED,
    }
)


OwnCallable = Callable[[str, str], bool]
"""Whether an Origin is our own page's; the second is the request's Host."""


class GateMiddleware:
    """Answers 404 to whatever nobody here has a use for, 413 to what is too long to be a turn, and
    403 to a turn that another website's page sends to ours.
    """

    def __init__(
        self, app: AsgiApp, beside: tuple[str, ...] = (), own: OwnCallable | None = None
    ) -> None:
        """`beside`: how addresses begin that are open, too, and look after themselves.

        `own`: without it nobody asks whose page it is that sends.
        """
        self._app = app
        self._beside = beside
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it before anything of it is understood."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not (others := self._others(scope)) and not is_open(scope["method"], scope["path"]):
            await _refuse(scope, send, 404, "not_found", "Not found")
        elif scope["method"] != "POST":
            await self._app(scope, receive, send)
        elif not (others or self._is_ours(scope)):
            await _refuse(scope, send, 403, "origin", "Not from here")
        elif scope["path"] in _STREAMED:
            await self._app(scope, _no_longer(receive, LARGEST_STREAM), send)
        else:
            await self._read(scope, receive, send)

    async def _read(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what has a body, once that has come."""
        try:
            body = await _body(receive, LARGEST_ASKED if self._others(scope) else LARGEST_BODY)
        except TimeoutError:
            await _refuse(scope, send, 408, "too_slow", "That took too long to arrive.")
            return
        if body is None:
            await _refuse(scope, send, 413, "too_long", "That is more than is read.")
        else:
            await self._app(scope, _again(body, receive), send)

    def _others(self, scope: Scope) -> bool:
        return bool(scope["path"].startswith(self._beside))

    def _is_ours(self, scope: Scope) -> bool:
        if self._own is None:
            return True
        told = {name: value.decode("latin-1") for name, value in scope["headers"]}
        return self._own(told.get(b"origin", ""), told.get(b"host", ""))


def is_open(method: str, path: str) -> bool:
    """Whether the page asks for this."""
    if method == "POST":
        return path in _SENT
    if len(path) > LONGEST_PATH:
        return False
    return method in {"GET", "HEAD"} and (path in _FETCHED or path.startswith(_FETCHED_BELOW))


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body; None when it is too long, of which no more is read than shows that. Raises
    TimeoutError where it does not come in time.
    """
    async with asyncio.timeout(SLOWEST_BODY):
        return await _whole(receive, most)


async def _whole(receive: Receive, most: int) -> bytes | None:
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return body


def _no_longer(receive: Receive, most: int) -> Receive:
    """Hands on what is heard, and ends the connection after `most` bytes."""
    left = [most]

    async def heard() -> Message:
        message = await receive()
        left[0] -= len(message.get("body", b""))
        return message if left[0] >= 0 else {"type": "http.disconnect"}

    return heard


def _again(body: bytes, receive: Receive) -> Receive:
    """Hands out the body that was read already, then whatever else there is to hear."""
    waiting = [body]

    async def heard() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return heard


def refusal(scope: Scope, code: str, message: str) -> dict[str, Any]:
    """The body of every refusal, JSON-ready: why, and the number that stands in the log."""
    number = scope.get("state", {}).get("number", "")
    return {"error": {"code": code, "message": message, "request": number}}


async def _refuse(scope: Scope, send: Send, status: int, code: str, message: str) -> None:
    body = json.dumps(refusal(scope, code, message)).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
