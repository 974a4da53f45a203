"""All of the server but the page, over the scripted assistant, on a real socket."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.models.card import ModelCard
from assistant.server.caller import Door, Keys
from assistant.server.clerk import Clerk
from assistant.server.hanging_up import HangingUpProtocol
from assistant.server.limits import Limits
from assistant.server.memory import Memory
from assistant.server.origins import Origins
from assistant.server.routes import Interface, routes_of
from assistant.server.tokens import Tokens
from assistant.server.traces import Traces
from assistant.server.turn import TurnEvents
from assistant.settings_server import ServerSettings
from assistant.texts import as_texts
from assistant.turns import Turns
from assistant.ui import neighbours
from assistant.ui.gate import LOOK
from assistant.ui.neighbours import keep_to_ourselves
from tests.ui import scripted
from tests.ui.test_conversation import Counted
from tests.ui.writer import ScriptedWriter

STATIC = Path(neighbours.__file__).parent / "static"
CLUB = "https://club.example"
KEY = "a-key-that-nobody-guesses"
SETTINGS = ServerSettings(
    origins=(CLUB,), per_minute=10_000, per_day=100_000, program_per_minute=100_000
)
CHAT = "/api/v1/chat"
PROGRAM = {"authorization": f"Bearer {KEY}"}


@dataclass(frozen=True)
class Served:
    """A running server and what is behind it."""

    url: str
    writer: ScriptedWriter
    interface: Interface

    def ask(self, message: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        """As a program."""
        return self.post(CHAT, {"message": message, **more})

    def post(
        self, path: str, body: object, headers: Mapping[str, str] = PROGRAM, **more: str
    ) -> httpx.Response:
        return httpx.post(f"{self.url}{path}", json=body, headers={**headers, **more}, timeout=30)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", headers=headers, timeout=30)

    def token(self, origin: str = CLUB) -> str:
        response = httpx.post(f"{self.url}/api/v1/token", headers={"origin": origin})
        token: str = response.raise_for_status().json()["token"]
        return token

    def browser(self, origin: str = CLUB) -> dict[str, str]:
        """What a page of this origin sends."""
        return {"origin": origin, "authorization": f"Bearer {self.token(origin)}"}


@dataclass
class Behind:
    """What is behind it; changed by tests that need something else."""

    settings: ServerSettings = SETTINGS
    ask: Any = field(default_factory=scripted.ScriptedAssistant)
    readiness: Counted = field(default_factory=Counted)
    card: ModelCard | None = None
    http: type[HangingUpProtocol] = HangingUpProtocol
    memory: Memory | None = None
    traces: Traces = field(default_factory=Traces)


def interface_of(has: Behind, writer: ScriptedWriter) -> Interface:
    """What a server answers with, over the scripted assistant."""
    limits = Limits(has.settings)
    turns = Turns(has.ask, has.readiness)
    if has.card:
        turns = replace(turns, card=has.card, write=writer)
    return Interface(
        turns=TurnEvents(turns, scripted.screen, may_word=limits.may_word),
        readiness=has.readiness,
        texts=lambda: as_texts((scripted.RELEASE, scripted.KERB_FOR)),
        about={"version": 1, "name": "Soleus"},
        door=Door(Origins.of(has.settings), Tokens("a-secret-of-this-test"), Keys.of((KEY,))),
        limits=limits,
        memory=Clerk(has.memory) if has.memory else None,
        traces=has.traces,
    )


@contextmanager
def served(behind: Behind | None = None) -> Iterator[Served]:
    """A server until the block is left."""
    has = behind or Behind()
    writer = ScriptedWriter(pause=0.0)
    interface = interface_of(has, writer)
    routes = routes_of(interface, has.settings)
    app = FastAPI(docs_url=None, redoc_url=None, **routes.described)
    keep_to_ourselves(app, routes.beside)
    app.mount(LOOK, StaticFiles(directory=STATIC))
    routes.dress(app)
    config = uvicorn.Config(
        app, port=0, http=has.http, log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            thread.join(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Served(f"http://127.0.0.1:{port}", writer, interface)
    finally:
        server.should_exit = True
        thread.join()


def events_of(text: str) -> list[tuple[str, str, str]]:
    """Id, kind and data of a stream's events."""
    found = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line[:8])
        if "event" in fields:
            found.append((fields["id"], fields["event"], fields["data"]))
    return found
