"""Serves the real page over a scripted assistant: `python -m tests.ui.serve_scripted PORT [GATE]`.

With a gate the assistant is ready once that file exists, and broken if it holds "broken". The
page runs fast: sentences come quickly and a visit is forgotten soon after its page is closed.
"""

import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi.routing import APIRoute

from assistant.ui.page import PageInfo, build_page
from assistant.ui.serve import build_app
from tests.ui.scripted import EXAMPLES, ScriptedAssistant
from tests.ui.shelf import DOCUMENTS


@dataclass(frozen=True)
class Gate:
    """Ready when a file appears."""

    path: Path | None

    def ready(self) -> bool:
        return self.path is None or (self.path.exists() and self.error() is None)

    def stage(self) -> str:
        return "Still starting: loading the reading model…"

    def wait(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and not self.ready() and self.error() is None:
            time.sleep(0.05)
        return self.ready()

    def error(self) -> str | None:
        broken = self.path and self.path.exists() and self.path.read_text() == "broken"
        return "the weights are not there" if broken else None


def main(port: int, gate: str = "") -> None:
    """Serve until told to stop; prints the port once the socket is bound."""
    about = PageInfo(
        operator="Riverside Harriers",
        contact="the club physio at the Tuesday session",
        documents=DOCUMENTS,
    )
    readiness = Gate(Path(gate) if gate else None)
    page = build_page(ScriptedAssistant(), readiness, EXAMPLES, about, pace=0.04)
    app = build_app(page, grace=1.0)
    visits = page.state_holder.session_data

    def counted() -> int:
        return len(visits)

    def forget() -> None:
        visits.clear()

    app.router.routes[:0] = [APIRoute("/visits", counted), APIRoute("/forget", forget)]
    listening = socket.create_server(("127.0.0.1", port))
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
