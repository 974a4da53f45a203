"""Serves the page about the documents over a shelf in memory: `python -m tests.ui.serve_shelf`.

Prints its port. The environment decides the password and how many documents the club has; every
request for `/hold` or `/let-go` shuts or opens the gate at which work waits.
"""

import os

from assistant.turns import Turns
from assistant.ui.about import PageInfo
from assistant.ui.gate import AsgiApp, Receive, Scope, Send
from assistant.ui.page import build_page
from assistant.ui.serve import build_app
from assistant.ui.shelf_desk import Desk
from tests.apart import serve
from tests.ui.scripted import EXAMPLES, ScriptedAssistant, screen
from tests.ui.serve_scripted import Gate
from tests.ui.shelf import DOCUMENTS
from tests.ui.shelf_keeping import MemoryKeeper, furnished


class Gated:
    """The page with two more addresses, for a test to hold work up."""

    def __init__(self, app: AsgiApp, keeper: MemoryKeeper) -> None:
        self._app = app
        self._keeper = keeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in {"/hold", "/let-go"}:
            await self._app(scope, receive, send)
            return
        (self._keeper.gate.clear if scope["path"] == "/hold" else self._keeper.gate.set)()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})


def main() -> None:
    """Serve until told to stop."""
    about = PageInfo(operator="Riverside Harriers", documents=DOCUMENTS, shelf_page=True)
    keeper = furnished(int(os.environ.get("DOCUMENTS", "12")))
    desk = Desk(keeper, about, os.environ.get("PASSWORD", ""))
    page = build_page(Turns(ScriptedAssistant(), Gate(None)), screen, EXAMPLES, about, pace=0.04)
    app = Gated(build_app(page, "", shelf=desk), keeper)
    serve(app)


if __name__ == "__main__":
    main()
