"""One turn as it unfolds: waits for the encoder, asks, and lets the reply grow by sentences.

Knows nothing of Gradio: it yields `Update`s, and the page carries them to the browser.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from assistant.errors import kind_and_place
from assistant.fixed_words import UNAVAILABLE, ask_whom
from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, Escalation, Reply, Why
from assistant.ui import words
from assistant.ui.plain import plain_text, spoken, spoken_end
from assistant.ui.render import render_question, render_reply, render_waiting
from assistant.ui.sources import Shelf

_log = logging.getLogger(__name__)

AskCallable = Callable[[Question], Reply]
"""Whatever answers. May raise: the reader is then told in plain words to try again."""

REMEMBERED = 20
"""Earlier turns of a visit that are kept and handed on."""


class Readiness(Protocol):
    """Whether questions can be answered yet: the page is served before the encoder is loaded."""

    def ready(self) -> bool:
        """Whether `ask` may be called now."""
        ...

    def stage(self) -> str:
        """What is being done meanwhile, in plain words for the reader."""
        ...

    def wait(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds; whether it is ready then."""
        ...

    def error(self) -> str | None:
        """Why it will never be ready, for the operator; None while there is hope."""
        ...


class TurnState(StrEnum):
    """How far a turn has come."""

    WAITING = "waiting"
    STREAMING = "streaming"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of one visitor while their page is open. Never written anywhere."""

    chat: str = ""
    """Name of the current chat, made up with its first question. Never used twice, so that a page
    whose visit was forgotten meanwhile cannot take a new turn for one it already shows."""
    run: int = 0
    """How many questions were sent, asking again included."""
    asked: tuple[str, ...] = ()
    """The reader's own turns in this chat, oldest first."""

    @property
    def turn(self) -> str:
        """Name of the current turn within the page."""
        return f"{self.chat}-t{len(self.asked)}"

    def asking(self, text: str) -> "Visit":
        """The visit once a new question is sent."""
        chat = self.chat or f"c{secrets.token_hex(6)}"
        return replace(self, chat=chat, run=self.run + 1, asked=(*self.asked, text))

    def asking_again(self) -> "Visit":
        """The visit once its last question is sent again; there must be one."""
        return replace(self, run=self.run + 1)

    def afresh(self) -> "Visit":
        """The visit after New chat: everything asked is forgotten."""
        return Visit()

    def question(self) -> Question:
        """The last turn with the turns before it."""
        earlier = self.asked[:-1][-REMEMBERED:]
        return Question(text=self.asked[-1], earlier=earlier)


@dataclass(frozen=True, slots=True)
class Update:
    """What the browser shows of a turn from now on."""

    turn: str
    run: int
    state: TurnState
    html: str
    asked: str
    """The question, to be sent again."""
    say: tuple[str, ...]
    """Everything to be announced in this run so far; the browser announces what is new."""
    urgent: bool = False
    copy: str = ""
    """Plain text for the clipboard, once the reply is whole."""

    def as_json(self) -> dict[str, object]:
        """The same for the browser."""
        return {
            "turn": self.turn,
            "run": self.run,
            "state": self.state.value,
            "html": self.html,
            "asked": self.asked,
            "say": list(self.say),
            "urgent": self.urgent,
            "copy": self.copy,
        }


@dataclass(frozen=True, slots=True)
class Conversation:
    """How turns are answered on this page."""

    ask: AskCallable
    readiness: Readiness
    shelf: Shelf
    contact: str = ""
    """Whom to ask instead, for the reader whose question failed."""
    pace: float = 0.09
    """Seconds between two sentences; the first is never held back."""
    patience: float = 180.0
    """Seconds a question waits for the encoder before we apologise."""

    def turn(self, visit: Visit) -> Iterator[Update]:
        """The visit's last question, answered step by step; raises nothing."""
        asked = visit.asked[-1]
        blank = Update(visit.turn, visit.run, TurnState.WAITING, "", asked, ())
        head = render_question(asked)
        said: tuple[str, ...] = ()
        for message, news in self._waiting():
            said = (*said, news) if news and news not in said else said
            yield replace(blank, html=head + render_waiting(message), say=said)
        reply = self._reply(visit.question())
        blank = replace(blank, urgent=isinstance(reply, Escalation))
        for place, part in enumerate(growing(reply)):
            if place:
                time.sleep(self.pace)
            html = head + render_reply(part, visit.turn, self.shelf, finished=False)
            say = (*said, *spoken(part))
            yield replace(blank, state=TurnState.STREAMING, html=html, say=say)
        yield replace(
            blank,
            state=TurnState.DONE,
            html=head + render_reply(reply, visit.turn, self.shelf),
            say=(*said, *spoken(reply), *spoken_end(reply)),
            copy=plain_text(asked, reply),
        )

    def _waiting(self) -> Iterator[tuple[str, str]]:
        """What to show while nothing can be answered, and what of it to announce."""
        began = time.monotonic()
        while not self.readiness.ready() and self.readiness.error() is None:
            waited = time.monotonic() - began
            if waited > self.patience:
                return
            stage = f"Your question is kept. {self.readiness.stage().rstrip('.…')}…"
            yield f"{stage} {waited:.0f} s", stage
            self.readiness.wait(0.5)
        yield words.LOOKING, ""

    def _reply(self, question: Question) -> Reply:
        if (error := self.readiness.error()) is not None:
            _log.error("a question could not be answered: %s", error)
            return self._unavailable(words.NOT_SET_UP, "Soleus could not start.")
        if not self.readiness.ready():
            _log.error("a question could not be answered: still loading")
            return self._unavailable(words.STILL_LOADING, "Soleus had not finished loading.")
        try:
            return self.ask(question)
        except Exception as failure:
            # The page is the last to see a failure: whatever it is, the reader gets plain words.
            _log.error("a question could not be answered: %s", kind_and_place(failure))
            return self._unavailable(UNAVAILABLE, "Something failed while answering.")

    def _unavailable(self, message: str, decided_by: str) -> Abstention:
        return Abstention(
            reason=AbstentionReason.UNAVAILABLE,
            message=message,
            nearby=(),
            ask=ask_whom(self.contact),
            why=Why(read_as="", carried=(), decided_by=decided_by),
        )


def growing(reply: Reply) -> Iterator[Reply]:
    """The reply one sentence longer each time; replies without sentences come whole."""
    if not isinstance(reply, Answer):
        yield reply
        return
    for last, item in enumerate(reply.items):
        for count in range(1, len(item.sentences) + 1):
            begun = replace(item, sentences=item.sentences[:count])
            yield replace(reply, items=(*reply.items[:last], begun), uncovered=(), nearby=())
