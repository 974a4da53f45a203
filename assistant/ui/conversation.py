"""One turn as it unfolds: warns, waits for the encoder, asks, lets the reply grow by sentences.

Knows nothing of Gradio: it yields `Update`s, and the page carries them to the browser.
"""

import logging
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from enum import StrEnum
from threading import BoundedSemaphore
from typing import Protocol

from assistant.errors import kind_and_place
from assistant.fixed_words import UNAVAILABLE, ask_whom
from assistant.models.card import ModelCard
from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, Level, Reply
from assistant.ui import words
from assistant.ui.above import Above, ScreenCallable, screened
from assistant.ui.plain import plain_text, spoken, spoken_end
from assistant.ui.render import render_below, render_waiting
from assistant.ui.sources import Shelf
from assistant.ui.unfolding import Step, WriteCallable, steps
from assistant.ui.versions import render_versions
from assistant.ui.visit import Visit
from assistant.why import Why
from assistant.writing.private import tells_private

_log = logging.getLogger(__name__)

AskCallable = Callable[[Question], Reply]
"""Whatever answers. May raise: the reader is then told in plain words to try again."""

AgainCallable = Callable[[Question, Reply], Generator[Reply]]
"""Looks again for what found nothing. It yields the reply several times a second, the last one to
be shown, or nothing where there is nothing to look for; closing it stops the model that rewords the
question."""

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
    other: str = ""
    """The same of the answer's other version; empty where there is none."""

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
            "other": self.other,
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
    again: AgainCallable | None = None
    """A second look at a follow-up, with a model's help; None where no language model is."""
    write: WriteCallable | None = None
    """Puts an answer into words; None where no language model does."""
    card: ModelCard | None = None
    """Which language model that is."""
    deadline: float = 8.0
    """Seconds a reader waits for its first checked sentence before the quotes are shown."""
    turnstile: BoundedSemaphore = field(
        default_factory=lambda: BoundedSemaphore(ASKED_AT_ONCE), init=False
    )

    def turn(self, visit: Visit) -> Generator[Update, None, None]:
        """The visit's last question, answered step by step; raises nothing.

        While a model writes, the same update may come several times: closing this stops the model.
        """
        question = self._asked(visit)
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
        reply = yield from self._again(visit, above, question, said)
        above = above.over(reply)
        if isinstance(reply, Answer) and self._words(question, above, reply):
            yield from self._worded(visit, above, question, reply, said)
            return
        for place, part in enumerate(growing(reply)):
            if place:
                time.sleep(self.pace)
            html = render_below(part, visit.turn, self.shelf, finished=False)
            say = (*said, *spoken(part))
            yield self._update(visit, above, TurnState.STREAMING, html, say)
        yield self._whole(visit, above, reply, said)

    def _asked(self, visit: Visit) -> Question:
        """The visit's last question, and what of it a model may read."""
        question = replace(visit.question(), model_may_read=self._may_read(visit))
        if self.card is not None and self.card.asks_consent:
            return question
        return replace(question, earlier_private=0)

    def _may_read(self, visit: Visit) -> bool:
        """Whether a model may see the question: nobody need agree where it leaves no machine."""
        if self.card is None or self.write is None:
            return False
        return visit.agreed is True or not self.card.asks_consent

    def _words(self, question: Question, above: Above, answer: Answer) -> bool:
        """Whether a model is to word the answer: nothing comes between a grave warning, or a
        guard that failed, and the texts' own words; and what was searched for must not hold a turn
        that no model may read.
        """
        grave = above.alert is not None and above.alert.level.rank >= Level.URGENT.rank
        may = question.model_may_read and not tells_private(question, answer)
        return may and not grave and not above.unchecked

    def _worded(
        self, visit: Visit, above: Above, question: Question, quotes: Answer, said: tuple[str, ...]
    ) -> Iterator[Update]:
        """The answer as a model words it, the quoting one at hand all along."""
        if self.write is None or self.card is None:
            return
        shown: Step | None = None
        with closing(
            steps(self.write, question, quotes, self.card.name, self.deadline)
        ) as unfolding:
            for step in unfolding:
                if step is not shown:
                    shown, update = step, self._of_step(visit, above, step, said)
                yield update

    def _of_step(self, visit: Visit, above: Above, step: Step, said: tuple[str, ...]) -> Update:
        versions = step.versions
        html = render_versions(versions, visit.turn, self.shelf)
        state = TurnState.DONE if versions.done else TurnState.STREAMING
        update = self._update(visit, above, state, html, (*said, *step.say))
        if not versions.whole:
            return update
        copy = plain_text(visit.asked[-1], above.on(versions.front))
        if versions.other is None:
            return replace(update, copy=copy)
        other = plain_text(visit.asked[-1], above.on(versions.other))
        return replace(update, copy=copy, other=other)

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

    def _again(
        self, visit: Visit, above: Above, question: Question, said: tuple[str, ...]
    ) -> Generator[Update, None, Reply]:
        """The reply, after a second look where the first found nothing."""
        first = reply = self._reply(question)
        if self.again is None or not question.model_may_read:
            return reply
        waiting = self._update(
            visit, above, TurnState.WAITING, render_waiting(words.LOOKING_AGAIN), said
        )
        try:
            with closing(self.again(question, first)) as looking:
                for reply in looking:
                    if reply is first:
                        yield waiting
        except Exception as failure:
            _log.error("a question could not be asked again: %s", kind_and_place(failure))
            return first
        return reply

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
