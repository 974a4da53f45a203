"""Serves the real page over a scripted assistant: `python -m tests.ui.serve_scripted PORT [GATE]`.

With a gate the assistant is ready once that file exists, and broken if it holds "broken". With
"hosted" or "local" instead, a scripted model words its answers. The page runs fast: sentences come
quickly and a visit is forgotten soon after its page is closed.
"""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.models.card import ModelCard
from assistant.records.code import ChatCode
from assistant.records.kept import Thumb
from assistant.turns import ASKED_AT_ONCE, Ended, Turns
from assistant.ui.about import PageInfo
from assistant.ui.gate import AsgiApp, Receive, Scope, Send
from assistant.ui.lean import gr
from assistant.ui.page import build_page
from assistant.ui.safety import render_safety
from assistant.ui.serve import build_app, kept_visits
from assistant.ui.thoughts import KeptChats
from tests.apart import serve
from tests.ui.scripted import EXAMPLES, ScriptedAssistant, screen
from tests.ui.shelf import DOCUMENTS
from tests.ui.writer import ScriptedWriter


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


class Watched:
    """The page with more addresses: how many visits are remembered, "forget them all", how many
    drafts are being written, and what the model was asked.
    """

    def __init__(
        self, page: gr.Blocks, app: AsgiApp, writer: ScriptedWriter, kept: "InMemory"
    ) -> None:
        self._kept = kept
        self._page = page
        self._app = app
        self._writer = writer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        watched = {"/visits", "/forget", "/drafts", "/read", "/letgo", "/kept"}
        if scope["type"] != "http" or scope["path"] not in watched:
            await self._app(scope, receive, send)
            return
        told = self._told(scope["path"]).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": told})

    def _told(self, path: str) -> str:
        match path:
            case "/drafts":
                return str(self._writer.open)
            case "/read":
                return " / ".join(question.text for question in self._writer.read)
            case "/kept":
                return json.dumps(self._kept.told())
            case "/letgo":
                self._writer.held.set()
            case "/forget":
                self._page.state_holder.session_data.clear()
        return str(len(kept_visits(self._page)))


class InMemory:
    """What the page has had kept, thumbs included."""

    def __init__(self) -> None:
        self.turns: dict[str, Ended] = {}
        self.thumbs: dict[str, tuple[str, str]] = {}

    def ended(self, turn: Ended) -> None:
        self.turns[turn.turn] = turn

    def rate(self, turn: str, thumb: Thumb, comment: str) -> bool:
        self.thumbs[turn] = (thumb.value, comment)
        return turn in self.turns

    def forget(self, chat: ChatCode) -> int:
        mine = [name for name, turn in self.turns.items() if turn.chat == chat]
        for name in mine:
            del self.turns[name]
        return len(mine)

    def told(self) -> list[dict[str, object]]:
        return [
            {
                "asked": turn.question.text,
                "chat": turn.chat.digest if turn.chat else "",
                "thumb": self.thumbs.get(name),
            }
            for name, turn in self.turns.items()
        ]


CARDS = {
    "hosted": ModelCard("Qwen 2.5", "Example AI", asks_consent=True),
    "local": ModelCard("qwen2.5:7b"),
}


def main(port: int, gate: str = "") -> None:
    """Serve until told to stop; prints the port once the socket is bound."""
    card = CARDS.get(gate)
    kept = InMemory() if gate == "kept" else None
    about = PageInfo(
        operator="Riverside Harriers",
        contact="the club physio at the Tuesday session",
        missing=("safety.country",),
        privacy_note="https://riverside.example/privacy",
        documents=DOCUMENTS,
        card=card,
        kept_days=30 if kept else 0,
    )
    guard = open_guard(read_contacts("UK"))
    readiness = Gate(Path(gate) if gate and not card and not kept else None)
    writer = ScriptedWriter(card.name if card else "")
    page = build_page(
        Turns(
            ScriptedAssistant(),
            readiness,
            BoundedSemaphore(ASKED_AT_ONCE),
            contact=about.contact,
            write=writer if card else None,
            card=card,
        ),
        screen,
        EXAMPLES,
        about,
        pace=0.04,
        deadline=2.0,
        ended=kept.ended if kept else lambda _: None,
        chats=KeptChats(30, True, kept.rate, kept.forget) if kept else None,
    )
    served = build_app(page, render_safety(guard, about), grace=1.0)
    app = Watched(page, served, writer, kept or InMemory())
    serve(app, port)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
