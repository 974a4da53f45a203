"""One turn as events: warned first, then what was found, then sentence by sentence."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from assistant.question import Question
from assistant.reply import Answer, Reply
from assistant.server.events import Event, Kind, Version
from assistant.server.unrolling import Unrolling, passages_of
from assistant.turns import ScreenCallable, Turns, Warned, screened
from assistant.ui import words
from assistant.wire_format import as_alert, as_payload


@dataclass(frozen=True, slots=True)
class TurnEvents:
    """Turns of everybody who asks over the interface."""

    turns: Turns
    screen: ScreenCallable
    deadline: float = 8.0
    """Seconds until the quotes are sent if no checked sentence has come."""
    may_word: Callable[[], bool] = lambda: True
    """Whether today's allowance of worded answers has one left; takes it if so."""

    def warned(self, question: Question) -> Warned:
        """What the guard says. Asked before anybody stands in line."""
        return screened(self.screen, question)

    def events(self, question: Question, warned: Warned) -> Generator[Event | None, None, Reply]:
        """Everything a client is told below the warning. None, several times a second, where
        nothing is new: that is when a client that left is noticed. Closing it stops a model. Raises
        nothing.
        """
        if (emergency := warned.emergency()) is not None:
            yield from _ending(emergency)
            return emergency
        for doing, waited in self.turns.waiting():
            yield Event(Kind.WAITING, {"for": "loading", "message": f"{doing}…", "seconds": waited})
        first = reply = self.turns.reply(question)
        with closing(self.turns.second(question, first)) as looking:
            told = False
            for reply in looking:
                if reply is first:
                    yield None if told else _LOOKING_AGAIN
                    told = True
        over = warned.over(reply)
        if over.alert is not warned.alert:
            yield warning(Warned(over.alert, over.foreign))
        reply = over.on(reply)
        if isinstance(reply, Answer):
            yield Event(Kind.PASSAGES, {"passages": passages_of(reply)})
            if self.turns.may_word(question, warned, reply) and self.may_word():
                reply = yield from self._worded(question, reply)
            else:
                yield from Unrolling(Version.QUOTES).to(reply.items)
        yield from _ending(reply)
        return reply

    def _worded(self, question: Question, quotes: Answer) -> Generator[Event | None, None, Answer]:
        """The answer as a model words it; the quotes, where it takes too long, in between."""
        late, last = False, quotes
        worded, quoted = Unrolling(Version.WORDED), Unrolling(Version.QUOTES)
        with closing(self.turns.drafted(question, quotes, self.deadline)) as drafting:
            for drafted in drafting:
                last = drafted.progress.answer
                if drafted.progress.done:
                    break
                yield from worded.to(last.items)
                if drafted.late and not late and not last.items:
                    late = True
                    yield from quoted.to(quotes.items)
                yield None
        wrote = last.writing is not None and last.quotes
        yield from (worded if wrote else quoted).to(last.items)
        return last


def warning(warned: Warned) -> Event:
    """What the guard says, as an event."""
    return Event(
        Kind.WARNING,
        {
            "alert": as_alert(warned.alert),
            "foreign": warned.foreign,
            "unchecked": words.UNCHECKED if warned.unchecked else "",
        },
    )


_LOOKING_AGAIN = Event(Kind.WAITING, {"for": "model", "message": words.LOOKING_AGAIN, "seconds": 0})


def _ending(reply: Reply) -> Iterator[Event]:
    payload = as_payload(reply)
    if why := payload.get("why"):
        yield Event(Kind.WHY, why)
    yield Event(Kind.DONE, payload)
