"""A club and its Soleus: pages on one origin, answers from another, which lists it."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from threading import Event
from typing import Any
from unittest.mock import patch

from assistant.models.card import ModelCard
from assistant.question import Question
from assistant.reply import Answer, Reply, Writing
from assistant.server.routes import Interface
from assistant.texts import as_texts
from assistant.ui import words
from assistant.writing.progress import Progress
from tests.assistant.server import served as serving
from tests.assistant.server.served import Behind, Served
from tests.assistant.widget.cable import Cable, cable
from tests.assistant.widget.club import Club, club
from tests.ui import scripted
from tests.ui.writer import WRITTEN, ScriptedWriter, growing

SCRIPT = "/widget/v1.js"
FRAME = "/widget/v1/frame"
NAME = "Harriers & Hounds"
"""What Soleus calls itself here."""
PRIVACY = "https://harriers.example/privacy"
ABOUT: Mapping[str, Any] = {
    "version": 1,
    "name": NAME,
    "notice": words.STANDING_LINE,
    "contact": "Ask the club's physio contact.",
    "privacy_note": PRIVACY,
    "model": None,
    "keeps": None,
    "examples": [{"name": each.name, "question": each.question} for each in scripted.EXAMPLES],
}
SHELF = (
    scripted.RELEASE,
    scripted.SQUEEZE,
    scripted.KERB_AGAINST,
    scripted.KERB_FOR,
    scripted.SALT,
    scripted.SPRAY,
    scripted.HOSTILE,
)
MODEL = {"name": "qwen2.5:7b", "served_by": "Example & Co", "asks_consent": True}
CARD = ModelCard("qwen2.5:7b", "Example & Co", asks_consent=True)
"""A language model elsewhere, as Soleus tells of it and as it knows it."""
BODY = """
<main><h1>Harriers</h1><p>We run on <a href="/next">Tuesdays</a>, whatever the weather.</p>
<p><label>Your name <input id="name"></label> <button id="join">Join us</button></p></main>
"""


@dataclass
class Gated(scripted.ScriptedAssistant):
    """The scripted assistant, which answers a "gated" question once the gate is open."""

    gate: Event = field(default_factory=Event)

    def __call__(self, question: Question) -> Reply:
        reply = super().__call__(question)
        if "gated" in question.text:
            assert self.gate.wait(120)
        return reply


@dataclass
class Pausing(ScriptedWriter):
    """A scripted model that pauses after its first sentence until it is let go."""

    letting: Event = field(default_factory=Event)

    def _draft(self, text: str, quotes: Answer) -> Iterator[Progress]:
        answer = replace(quotes, items=(), quotes=quotes.items, writing=Writing(self.model))
        for part in growing(WRITTEN):
            answer = replace(answer, items=part)
            yield Progress(answer)
            while not self.letting.wait(0.05):
                yield Progress(answer)
        yield Progress(answer, done=True)


@dataclass(frozen=True)
class House:
    """A club's website and the Soleus that it may use."""

    club: Club
    soleus: Served
    assistant: Gated
    writer: Pausing
    cable: Cable | None = None

    @property
    def url(self) -> str:
        """Where pages find Soleus."""
        return self.cable.url if self.cable else self.soleus.url

    def tag(self, bare: str = "", **data: str) -> str:
        """The line that puts the widget into a page. `bare`: attributes as they are; `data`: those
        that begin with data-.
        """
        told = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
        return f'<script src="{self.url}{SCRIPT}" async {bare}{told}></script>'

    def put(
        self,
        *tags: str,
        path: str = "/",
        head: str = "",
        html: str = 'lang="en"',
        body: str = BODY,
        doctype: str = "<!doctype html>",
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Puts up a page of the club with these tags at its end (the usual one where none is
        given); its address.
        """
        return self.club.put(
            f'{doctype}<html {html}><head><meta charset="utf-8"><title>Harriers</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
            f"<body>{body}{''.join(tags or (self.tag(),))}</body></html>",
            path,
            headers,
        )


@contextmanager
def housed(
    behind: Behind | None = None, *, cabled: bool = False, **about: object
) -> Iterator[House]:
    """Both until the block is left. `cabled`: over a cable that can be pulled. `about`: what Soleus
    tells of itself otherwise than usual.
    """
    has = behind or Behind()
    assistant, writer = Gated(), Pausing(pause=0.0)
    made = serving.interface_of

    def told(given: Behind, _: ScriptedWriter) -> Interface:
        interface = made(given, writer)
        return replace(interface, about={**ABOUT, **about}, texts=lambda: as_texts(SHELF))

    with club() as site, ExitStack() as stack:
        origins = {"origins": (site.url,)}
        has = replace(has, ask=assistant, settings=has.settings.model_copy(update=origins))
        with patch.object(serving, "interface_of", told):
            soleus = stack.enter_context(serving.served(has))
        wire = stack.enter_context(cable(soleus.url)) if cabled else None
        stack.callback(assistant.gate.set)  # nobody waits on when all is over
        stack.callback(writer.letting.set)
        yield House(site, soleus, assistant, writer, wire)
