"""One turn as it unfolds: warns, waits for the encoder, asks, lets the reply grow by sentences.

Knows nothing of Gradio: it yields `Update`s, and the page carries them to the browser.
"""

import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.question import Question
from assistant.records.of_turn import is_untold
from assistant.reply import Answer, Escalation, Reply
from assistant.turns import Ended, EndedCallable, ScreenCallable, Turns
from assistant.ui import words
from assistant.ui.above import Above, screened
from assistant.ui.plain import plain_text, spoken, spoken_end
from assistant.ui.render import render_below, render_waiting
from assistant.ui.sources import Shelf
from assistant.ui.thoughts import render_thoughts
from assistant.ui.unfolding import Step, steps
from assistant.ui.versions import render_versions
from assistant.ui.visit import Visit


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

    turns: Turns
    screen: ScreenCallable
    """Looks for warning signs, before anything is waited for."""
    shelf: Shelf
    pace: float = 0.09
    """Seconds between two sentences; the first is never held back."""
    may_word: Callable[[], bool] = lambda: True
    """Whether today's allowance of worded answers has one left; takes it if so."""
    deadline: float = 8.0
    """Seconds a reader waits for its first checked sentence before the quotes are shown."""
    ended: EndedCallable = lambda _: None
    """Hears of every turn that came to a reply."""
    rates: bool = False
    """Whether readers may say what they thought of a reply."""
    comments: bool = True
    """Whether they may in words of their own, where they may."""

    def turn(self, visit: Visit, *, allowed: bool = True) -> Generator[Update, None, None]:
        """The visit's last question, answered step by step; raises nothing.

        `allowed`: whether one more may be asked; warned is everybody.

        While a model writes, the same update may come several times: closing this stops the model.
        """
        asked = visit.question() if allowed else briefly(visit.question())
        question = self.turns.readable(asked, agreed=visit.agreed is True)
        above = screened(self.screen, question)
        if (emergency := above.emergency()) is not None:
            if allowed:
                yield from self._end(visit, above, emergency, ())
            else:
                yield self._shown(visit, above, emergency, ())
            return
        if above:
            yield self._update(visit, above, TurnState.WAITING, "", ())
        if not allowed:
            yield self._shown(visit, above, self.turns.refused(), ())
            return
        said: tuple[str, ...] = ()
        for message, news in self._waiting():
            said = (*said, news) if news and news not in said else said
            yield self._update(visit, above, TurnState.WAITING, render_waiting(message), said)
        reply = yield from self._second(visit, above, question, said)
        above = above.over(reply)
        may = isinstance(reply, Answer) and self.turns.may_word(question, above, reply)
        if isinstance(reply, Answer) and may and self.may_word():
            yield from self._worded(visit, above, question, reply, said)
        else:
            yield from self._growing(visit, above, reply, said)
            yield from self._end(visit, above, reply, said)

    def _growing(
        self, visit: Visit, above: Above, reply: Reply, said: tuple[str, ...]
    ) -> Iterator[Update]:
        """The reply sentence by sentence, at a reader's pace."""
        for place, part in enumerate(growing(reply)):
            if place:
                time.sleep(self.pace)
            html = render_below(part, visit.turn, self.shelf, finished=False)
            say = (*said, *spoken(part))
            yield self._update(visit, above, TurnState.STREAMING, html, say)

    def _worded(
        self, visit: Visit, above: Above, question: Question, quotes: Answer, said: tuple[str, ...]
    ) -> Iterator[Update]:
        """The answer as a model words it, the quoting one at hand all along."""
        model = self.turns.card.name if self.turns.card else ""
        shown: Step | None = None
        over: Ended | None = None
        with closing(self.turns.drafted(question, quotes, self.deadline)) as drafting:
            for step in steps(drafting, quotes, model):
                if step is not shown:
                    versions = step.versions
                    if versions.done:
                        over = _ended(visit, above, versions.written or quotes)
                        self.ended(over)
                    shown, update = step, self._of_step(visit, above, step, said, over)
                yield update

    def _of_step(
        self, visit: Visit, above: Above, step: Step, said: tuple[str, ...], over: Ended | None
    ) -> Update:
        versions = step.versions
        html = render_versions(versions, visit.turn, self.shelf) + self._thoughts(over)
        state = TurnState.DONE if versions.done else TurnState.STREAMING
        update = self._update(visit, above, state, html, (*said, *step.say))
        if not versions.whole:
            return update
        copy = plain_text(visit.asked[-1], above.on(versions.front))
        if versions.other is None:
            return replace(update, copy=copy)
        other = plain_text(visit.asked[-1], above.on(versions.other))
        return replace(update, copy=copy, other=other)

    def _end(
        self, visit: Visit, above: Above, reply: Reply, said: tuple[str, ...]
    ) -> Iterator[Update]:
        """The last update of a turn that came to a reply. Nothing follows it: until Gradio has
        heard that a turn is over, it drops whatever is asked next.
        """
        over = _ended(visit, above, reply)
        self.ended(over)
        yield self._shown(visit, above, reply, said, self._thoughts(over))

    def _shown(
        self, visit: Visit, above: Above, reply: Reply, said: tuple[str, ...], below: str = ""
    ) -> Update:
        html = render_below(reply, visit.turn, self.shelf) + below
        say = (*said, *spoken(reply), *spoken_end(reply))
        done = self._update(visit, above, TurnState.DONE, html, say)
        return replace(done, copy=plain_text(visit.asked[-1], above.on(reply)))

    def _thoughts(self, over: Ended | None) -> str:
        """What a reader is asked of a reply: nobody who was sent for help is. Nobody is asked for
        words, either, of which none would be kept.
        """
        if over is None or not self.rates or isinstance(over.reply, Escalation):
            return ""
        told = not over.unchecked and not is_untold(over.reply.alert)
        return render_thoughts(over.turn, comments=self.comments and told)

    def _update(
        self, visit: Visit, above: Above, state: TurnState, below: str, say: tuple[str, ...]
    ) -> Update:
        asked = visit.asked[-1]
        html = above.html(asked) + below
        say = (*above.say, *say)
        return Update(visit.turn, visit.run, state, html, asked, say, above.alarm)

    def _waiting(self) -> Iterator[tuple[str, str]]:
        """What to show while nothing can be answered, and what of it to announce."""
        for doing, waited in self.turns.waiting():
            stage = f"Your question is kept. {doing}…"
            yield f"{stage} {waited} s", stage
        yield words.LOOKING, ""

    def _second(
        self, visit: Visit, above: Above, question: Question, said: tuple[str, ...]
    ) -> Generator[Update, None, Reply]:
        """The reply, after a second look where the first found nothing."""
        first = reply = self.turns.reply(question)
        html = render_waiting(words.LOOKING_AGAIN)
        waiting = self._update(visit, above, TurnState.WAITING, html, said)
        with closing(self.turns.second(question, first)) as looking:
            for reply in looking:
                if reply is first:
                    yield waiting
        return reply


def briefly(question: Question) -> Question:
    """A question of which only what was said last is screened: of who may not ask any more."""
    return replace(question, earlier=tuple(turn[-1_000:] for turn in question.earlier[-3:]))


def _ended(visit: Visit, above: Above, reply: Reply) -> Ended:
    turn = secrets.token_urlsafe(16)
    whole = above.on(reply)
    return Ended(turn, visit.question(), whole, visit.kept_as, unchecked=above.unchecked)


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
