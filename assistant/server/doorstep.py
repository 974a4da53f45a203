"""Before anything of a request is understood: whether it is meant for us, and whether its network
holds too many open already.
"""

from collections import Counter
from collections.abc import Callable

from starlette.responses import JSONResponse

from assistant.server.network import NOWHERE, network_of
from assistant.server.origins import Origins
from assistant.ui.gate import JOIN, AsgiApp, Receive, Scope, Send, refusal

_ELSEWHERE = (
    "Soleus does not answer under this name. Whoever runs it sets [server] public_url to the"
    " address that readers use."
)
_CROWDED = (
    "Too many requests of this network are open at once; this one was not read. If somebody is"
    " unwell: call your local emergency number."
)
_SOON = "5"


class DoorstepMiddleware:
    """Answers 421 to requests for another name, and 503 to a network that has `most` open, or
    presses too much on the page at once.
    """

    def __init__(
        self,
        app: AsgiApp,
        origins: Origins,
        most: int,
        knocks: Callable[[str], bool],
        refused: Callable[[str], None],
    ) -> None:
        """`knocks`: whether one more thing may be pressed on the page, from an address.

        `refused`: is told the code of each refusal.
        """
        self._app = app
        self._knocks = knocks
        self._refused = refused
        self._origins = origins
        self._most = most
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        network = _network(scope)
        if not self._origins.answers_to(_host(scope)):
            self._refused("name")
            await _refusal(scope, 421, "name", _ELSEWHERE)(scope, receive, send)
        elif network != NOWHERE and self._crowds(network, scope):
            self._refused("crowded")
            crowded = _refusal(scope, 503, "crowded", _CROWDED)
            crowded.headers["retry-after"] = _SOON
            await crowded(scope, receive, send)
        else:
            await self._counted(network, scope, receive, send)

    def _crowds(self, network: str, scope: Scope) -> bool:
        pressed = scope["path"] == JOIN and not self._knocks(scope["client"][0])
        return pressed or self._open[network] >= self._most

    async def _counted(self, network: str, scope: Scope, receive: Receive, send: Send) -> None:
        self._open[network] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open[network] -= 1
            if not self._open[network]:
                del self._open[network]


def _network(scope: Scope) -> str:
    client = scope.get("client")
    return network_of(client[0]) if client else NOWHERE


def _host(scope: Scope) -> str:
    told = (value for name, value in scope["headers"] if name == b"host")
    return next(told, b"").decode("latin-1")


def _refusal(scope: Scope, status: int, code: str, message: str) -> JSONResponse:
    told = refusal(scope, code, message)
    return JSONResponse(told, status, {"x-content-type-options": "nosniff"})
