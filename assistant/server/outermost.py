"""First to see a request and last to see its response: a number, headers, a line in the log.

The log names the route as the code does, never the address that was asked for; no header, no
message and no address of anybody stands in it.
"""

import json
import logging
import secrets
import time
from collections.abc import Mapping

from assistant.server.health import Metrics
from assistant.server.traces import number_span
from assistant.ui.gate import AsgiApp, Message, Receive, Scope, Send

_log = logging.getLogger("soleus.requests")
_API = ("/api/", "/v1/", "/healthz", "/readyz", "/metrics")
_STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class OutermostMiddleware:
    """Numbers requests, adds what every response carries, and counts."""

    def __init__(self, app: AsgiApp, metrics: Metrics, *, tls: bool) -> None:
        """`tls`: whether readers reach us over TLS only, which browsers are then told to keep."""
        self._app = app
        self._metrics = metrics
        self._tls = [(b"strict-transport-security", b"max-age=31536000")] if tls else []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = secrets.token_hex(8)
        scope.setdefault("state", {})["number"] = number
        number_span(number)
        began = time.perf_counter()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._dressed(scope, message.get("headers", []), number)
                self._note(scope, message["status"], time.perf_counter() - began, number)
            await send(message)

        await self._app(scope, receive, sent)

    def _dressed(
        self, scope: Scope, own: list[tuple[bytes, bytes]], number: str
    ) -> list[tuple[bytes, bytes]]:
        named = {name.lower() for name, _ in own}
        ours = [(b"x-request-id", number.encode()), *self._tls]
        if scope["path"].startswith(_API):
            ours += [(b"content-security-policy", _STRICT.encode()), *_PLAIN]
        return [*own, *(each for each in ours if each[0] not in named)]

    def _note(self, scope: Scope, status: int, seconds: float, number: str) -> None:
        route = _route(scope)
        self._metrics.request(route, status, seconds)
        line: Mapping[str, object] = {
            "request": number,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        _log.info("%s", json.dumps(line))


_PLAIN = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)


_METHODS = frozenset("GET HEAD POST DELETE OPTIONS".split())
"""Any other is of the client's own making, and would be a figure of its own."""


def _route(scope: Scope) -> str:
    """Method and route as the code writes it; "other" for what no route of ours has answered."""
    path = getattr(scope.get("route"), "path", "")
    known = isinstance(path, str) and path.startswith("/") and scope["method"] in _METHODS
    return f"{scope['method']} {path}" if known else "other"
