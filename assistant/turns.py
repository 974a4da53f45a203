"""One turn, whoever shows it: what the guard says, waiting for the index, the reply, a second look,
and whether a model may word it. Knows neither page nor server.
"""

import logging
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field, replace
from typing import Protocol, Self

from assistant.errors import kind_and_place
from assistant.fixed_words import (
    NOT_SET_UP,
    NOT_WORDED,
    STILL_LOADING,
    TOO_MANY,
    UNAVAILABLE,
    ask_whom,
)
from assistant.guard.guard import Verdict
from assistant.models.card import ModelCard
from assistant.question import Question
from assistant.records.code import ChatCode
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Alert,
    Answer,
    Escalation,
    Level,
    Reply,
    Writing,
)
from assistant.why import Why
from assistant.writing.private import tells_private
from assistant.writing.progress import Progress

_log = logging.getLogger(__name__)

AskCallable = Callable[[Question], Reply]
"""Whatever answers. May raise: the reader is then told in plain words to try again."""
AgainCallable = Callable[[Question, Reply], Generator[Reply]]
"""Looks again for what found nothing. It yields the reply several times a second, the last one to
be shown, or nothing where there is nothing to look for; closing it stops the model that rewords the
question."""
WriteCallable = Callable[[Question, Answer], Iterator[Progress]]
"""Has a model word a quoting answer. It yields several times a second, also when nothing is new,
so that deadlines and Stop work; closing it stops the model."""
ScreenCallable = Callable[[Question], Verdict]
"""Looks for warning signs. Should it raise, the reader is told that nobody looked."""

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


@dataclass(frozen=True, slots=True)
class Warned:
    """What the guard has to say before anybody answers. True if it has."""

    alert: Alert | None = None
    foreign: str = ""
    unchecked: bool = False
    """Whether the guard failed."""

    def __bool__(self) -> bool:
        return self.alert is not None or bool(self.foreign) or self.unchecked

    def emergency(self) -> Escalation | None:
        """The whole reply, where nothing but the warning may be shown."""
        if self.alert is None or self.alert.level is not Level.EMERGENCY:
            return None
        return Escalation(self.alert, self.foreign)

    @property
    def grave(self) -> bool:
        """Whether nothing may come between the reader and the texts' own words."""
        urgent = self.alert is not None and self.alert.level.rank >= Level.URGENT.rank
        return urgent or self.unchecked

    def over(self, reply: Reply) -> Self:
        """What stands above this reply.

        Whoever answers screens the question as well, so its warning is ours, or graver, or ours
        could not be had.
        """
        graver = self.alert is None or (
            reply.alert is not None and reply.alert.level.rank > self.alert.level.rank
        )
        alert = reply.alert if graver else self.alert
        return replace(self, alert=alert, foreign=self.foreign or reply.foreign)

    def on(self, reply: Reply) -> Reply:
        """The reply with the warning as its own, e.g. to be copied."""
        if isinstance(reply, Escalation):
            return reply
        return replace(reply, alert=self.alert, foreign=self.foreign)


@dataclass(frozen=True, slots=True)
class Ended:
    """A turn that came to a reply."""

    turn: str
    """An id of its own: by it a reader can say what they thought of the reply."""
    question: Question
    reply: Reply
    """As it was shown last."""
    chat: ChatCode | None = None
    """The code of its chat, where one was given out."""
    unchecked: bool = False
    """Whether the guard failed."""


EndedCallable = Callable[[Ended], None]
"""Hears of every turn that came to a reply. Raises nothing and waits for nothing: no reader loses
an answer to it."""


def screened(screen: ScreenCallable, question: Question) -> Warned:
    """What the guard says; never raises, and never lets a failure pass for silence."""
    try:
        verdict = screen(question)
    except Exception as failure:
        _log.error("a message could not be screened: %s", kind_and_place(failure))
        return Warned(unchecked=True)
    return Warned(verdict.alert, verdict.foreign)


@dataclass(frozen=True, slots=True)
class Drafted:
    """How far a model's words for an answer have come."""

    progress: Progress
    late: bool = False
    """Whether the deadline has passed by which something of it should have been shown."""


@dataclass(frozen=True, slots=True)
class Turns:
    """How turns are answered. Holds no conversation; safe to share between readers."""

    ask: AskCallable
    readiness: Readiness
    turnstile: AbstractContextManager[object] = field(default_factory=nullcontext)
    """Held while a question is looked for, where callers are not counted elsewhere."""
    contact: str = ""
    """Whom to ask instead, for the reader whose question failed."""
    patience: float = 180.0
    """Seconds a question waits for the encoder before we apologise."""
    again: AgainCallable | None = None
    write: WriteCallable | None = None
    card: ModelCard | None = None
    """Which language model words answers; None where none does."""

    def readable(self, question: Question, *, agreed: bool) -> Question:
        """The question with what of it a model may read: nobody need agree where it leaves no
        machine. `agreed`: whether the reader did.
        """
        if self.card is None or self.write is None:
            return replace(question, model_may_read=False, earlier_private=0)
        if not self.card.asks_consent:
            return replace(question, model_may_read=True, earlier_private=0)
        return replace(question, model_may_read=agreed)

    def waiting(self) -> Iterator[tuple[str, int]]:
        """Why nothing can be answered yet, and for how many seconds that has been so; ends when
        something can, or never will.
        """
        began = time.monotonic()
        while not self.readiness.ready() and self.readiness.error() is None:
            waited = time.monotonic() - began
            if waited > self.patience:
                return
            yield self.readiness.stage().rstrip(".…"), int(waited)
            self.readiness.wait(0.5)

    def reply(self, question: Question) -> Reply:
        """The reply; a failure becomes one, too."""
        if (error := self.readiness.error()) is not None:
            _log.error("a question could not be answered: %s", error)
            return self._unavailable(NOT_SET_UP, "Soleus could not start.")
        if not self.readiness.ready():
            _log.error("a question could not be answered: still loading")
            return self._unavailable(STILL_LOADING, "Soleus had not finished loading.")
        try:
            with self.turnstile:
                return self.ask(question)
        except Exception as failure:
            # The last to see a failure: whatever it is, the reader gets plain words.
            _log.error("a question could not be answered: %s", kind_and_place(failure))
            return self._unavailable(UNAVAILABLE, "Something failed while answering.")

    def second(self, question: Question, first: Reply) -> Generator[Reply]:
        """A second look where the first found nothing: yields that reply while a model rewords the
        question, and last what came of it; nothing where there is nothing to look for. Closing it
        stops the model. Raises nothing.
        """
        if self.again is None or not question.model_may_read:
            return
        try:
            with closing(self.again(question, first)) as looking:
                yield from looking
        except Exception as failure:
            _log.error("a question could not be asked again: %s", kind_and_place(failure))
            yield first

    def drafted(
        self, question: Question, quotes: Answer, deadline: float
    ) -> Generator[Drafted, None, None]:
        """A quoting answer as a model words it; the last one is done, whatever happens. Some come
        several times. Closing it stops the model. Raises nothing.

        `deadline`: seconds until the quotes are to be shown if no checked sentence has come.
        """
        began = time.monotonic()
        drafting: Iterator[Progress] = iter(())
        try:
            drafting = self.write(question, quotes) if self.write else drafting
            for progress in drafting:
                yield Drafted(progress, late=time.monotonic() - began >= deadline)
                if progress.done:
                    return
        except Exception as failure:
            _log.error("an answer could not be worded: %s", kind_and_place(failure))
        finally:
            if isinstance(drafting, Generator):
                drafting.close()
        failed = Writing(self.card.name if self.card else "", failure=NOT_WORDED)
        yield Drafted(Progress(replace(quotes, writing=failed), done=True))

    def refused(self) -> Abstention:
        """The reply to who has asked too much for now."""
        return self._unavailable(TOO_MANY, "More was asked from one network than may be.")

    def may_word(self, question: Question, warned: Warned, answer: Answer) -> bool:
        """Whether a model is to word the answer: nothing comes between a grave warning, or a
        guard that failed, and the texts' own words; and what was searched for must not hold a turn
        that no model may read.
        """
        may = self.write is not None and question.model_may_read
        return may and not warned.grave and not tells_private(question, answer)

    def _unavailable(self, message: str, decided_by: str) -> Abstention:
        return Abstention(
            reason=AbstentionReason.UNAVAILABLE,
            message=message,
            nearby=(),
            ask=ask_whom(self.contact),
            why=Why(read_as="", carried=(), decided_by=decided_by),
        )
