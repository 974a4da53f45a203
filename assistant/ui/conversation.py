"""One turn as it unfolds: warns, waits for the encoder, asks, lets the reply grow by sentences.

Knows nothing of Gradio: it yields `Update`s, and the page carries them to the browser.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from threading import BoundedSemaphore
from typing import Protocol

from assistant.errors import kind_and_place
from assistant.fixed_words import UNAVAILABLE, ask_whom
from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, Reply, Why
from assistant.ui import words
from assistant.ui.above import Above, ScreenCallable, screened
from assistant.ui.plain import plain_text, spoken, spoken_end
from assistant.ui.render import render_below, render_waiting
from assistant.ui.sources import Shelf

_log = logging.getLogger(__name__)

AskCallable = Callable[[Question], Reply]
"""Whatever answers. May raise: the reader is then told in plain words to try again."""

REMEMBERED = 160_000
"""Characters of earlier turns that are handed on: a warning sign of an hour ago still counts."""
ASKED_AT_ONCE = 8
"""Questions that are looked for at the same time. Screening one never waits for another."""


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
        """The last turn with the turns before it, the latest of them where they are too many."""
        *before, text = self.asked
        while sum(map(len, before)) > REMEMBERED:
            del before[0]
        return Question(text=text, earlier=tuple(before))


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
    alarm: str = ""
    """What is announced before that and interrupts whatever is being said; may be empty."""
    copy: str = ""
    """Plain text for the clipboard, once the reply is whole."""

    @property
    def urgent(self) -> bool:
        """Whether there is something that cannot wait to be heard."""
        return bool(self.alarm)

    def as_json(self) -> dict[str, object]:
        """The same for the browser."""
        return {
            "turn": self.turn,
            "run": self.run,
            "state": self.state.value,
            "html": self.html,
            "asked": self.asked,
            "say": list(self.say),
            "alarm": self.alarm,
            "copy": self.copy,
        }


@dataclass(frozen=True, slots=True)
class Conversation:
    """How turns are answered on this page."""

    ask: AskCallable
    screen: ScreenCallable
    """Looks for warning signs, before anything is waited for."""
    readiness: Readiness
    shelf: Shelf
    contact: str = ""
    """Whom to ask instead, for the reader whose question failed."""
    pace: float = 0.09
    """Seconds between two sentences; the first is never held back."""
    patience: float = 180.0
    """Seconds a question waits for the encoder before we apologise."""
    turnstile: BoundedSemaphore = field(
        default_factory=lambda: BoundedSemaphore(ASKED_AT_ONCE), init=False
    )

    def turn(self, visit: Visit) -> Iterator[Update]:
        """The visit's last question, answered step by step; raises nothing."""
        question = visit.question()
        above = screened(self.screen, question)
        if (emergency := above.emergency()) is not None:
            yield self._whole(visit, above, emergency, ())
            return
        if above:
            yield self._update(visit, above, TurnState.WAITING, "", ())
        said: tuple[str, ...] = ()
        for message, news in self._waiting():
            said = (*said, news) if news and news not in said else said
            yield self._update(visit, above, TurnState.WAITING, render_waiting(message), said)
        reply = self._reply(question)
        above = above.over(reply)
        for place, part in enumerate(growing(reply)):
            if place:
                time.sleep(self.pace)
            html = render_below(part, visit.turn, self.shelf, finished=False)
            say = (*said, *spoken(part))
            yield self._update(visit, above, TurnState.STREAMING, html, say)
        yield self._whole(visit, above, reply, said)

    def _whole(self, visit: Visit, above: Above, reply: Reply, said: tuple[str, ...]) -> Update:
        html = render_below(reply, visit.turn, self.shelf)
        say = (*said, *spoken(reply), *spoken_end(reply))
        done = self._update(visit, above, TurnState.DONE, html, say)
        return replace(done, copy=plain_text(visit.asked[-1], above.on(reply)))

    def _update(
        self, visit: Visit, above: Above, state: TurnState, below: str, say: tuple[str, ...]
    ) -> Update:
        asked = visit.asked[-1]
        html = above.html(asked) + below
        say = (*above.say, *say)
        return Update(visit.turn, visit.run, state, html, asked, say, above.alarm)

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
            with self.turnstile:
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
            so_far = (*reply.items[:last], begun)
            yield replace(reply, items=so_far, uncovered=(), nearby=(), notes=())
