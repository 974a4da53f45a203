"""All turns under way: how many at once, in which order, and what becomes of one nobody follows."""

import asyncio
import logging
import secrets
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant.errors import kind_and_place
from assistant.question import Question
from assistant.records.code import ChatCode
from assistant.reply import Reply
from assistant.server.events import Event, Kind
from assistant.server.line import Line
from assistant.server.running import Running
from assistant.server.turn import TurnEvents, warning
from assistant.turns import Ended, EndedCallable, Warned

_log = logging.getLogger(__name__)

_SCREENED_EACH = 16
"""Messages of one network or key that are read for warning signs, or wait to be."""
_TICK = 0.01
"""Seconds by which a timer may come early."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    away: float = 40.0
    """A turn nobody follows goes on for so long: a phone may be in a tunnel."""
    kept: float = 120.0
    """The events of a turn that is over can be asked for so long."""


class FullError(Exception):
    """As many turns are under way as may be, of everybody or of one network."""


class Streams:
    """For one event loop. Turns are worked on in threads, as many at once as there are places."""

    def __init__(
        self,
        turns: TurnEvents,
        *,
        answering: int,
        most: int,
        most_each: int,
        patience: Patience | None = None,
        ended: EndedCallable | None = None,
    ) -> None:
        """`answering`: places; `most`, `most_each`: turns under way, also those in line; `ended`:
        is told of every turn that came to a reply.
        """
        self._turns = turns
        self._line = Line(answering, max(1, answering // 2))
        self._screening = ThreadPoolExecutor(4, "screening")  # no warning waits behind an answer
        self._working = ThreadPoolExecutor(answering, "answering")
        self._most, self._most_each = most, most_each
        self._patience = patience or Patience()
        self._ended = ended
        self._screened: Counter[str] = Counter()
        self._screening_of: dict[str, asyncio.Lock] = {}
        self._running: dict[str, Running] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def under_way(self) -> int:
        """Turns that are not over."""
        return sum(not each.over for each in self._running.values())

    def readable(self, question: Question, *, agreed: bool) -> Question:
        """The question with what of it a model may read."""
        return self._turns.turns.readable(question, agreed=agreed)

    async def screen(self, question: Question, bucket: str) -> Warned:
        """What the guard says; for those, too, who may not ask. One after the other for each
        network or key: who floods waits for themselves. Raises FullError.
        """
        if self._screened[bucket] >= _SCREENED_EACH:
            raise FullError
        self._screened[bucket] += 1
        try:
            async with self._screening_of.setdefault(bucket, asyncio.Lock()):
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._screening, self._turns.warned, question)
        finally:
            self._screened[bucket] -= 1
            if not self._screened[bucket]:
                del self._screened[bucket], self._screening_of[bucket]

    def start(
        self, question: Question, warned: Warned, network: str, chat: ChatCode | None = None
    ) -> Running:
        """Begins a turn. Raises FullError."""
        of_it = sum(each.network == network and not each.over for each in self._running.values())
        if self.under_way >= self._most or of_it >= self._most_each:
            raise FullError
        running = Running(secrets.token_urlsafe(16), network, warned, chat)
        self._running[running.id] = running
        task = asyncio.get_running_loop().create_task(self._answer(running, question))
        running.leave = task.cancel
        asyncio.get_running_loop().call_later(self._patience.away, self._gone, running)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return running

    def find(self, turn: str) -> Running | None:
        """A turn that is under way, or was a moment ago."""
        return self._running.get(turn)

    def stop(self, running: Running) -> None:
        """Ends a turn at once, whether it is being answered or stands in line."""
        running.stopping.set()
        if not (running.over or running.served):
            running.leave()

    def left(self, running: Running) -> None:
        """Somebody no longer follows: unless they come back, the turn ends."""
        if running.followers == 0 and not running.over:
            loop = asyncio.get_running_loop()
            loop.call_later(self._patience.away, self._gone, running)

    async def close(self) -> None:
        """Ends every turn."""
        for running in self._running.values():
            running.stopping.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._screening.shutdown(wait=False, cancel_futures=True)
        self._working.shutdown(wait=False, cancel_futures=True)

    def _gone(self, running: Running) -> None:
        alone = time.monotonic() - running.alone_since
        if running.followers == 0 and alone >= self._patience.away - _TICK:
            self.stop(running)

    async def _answer(self, running: Running, question: Question) -> None:
        loop = asyncio.get_running_loop()
        reply: Reply | None = None
        try:
            if running.warned:
                running.tell(warning(running.warned))
            async with self._line.served(
                running.network, lambda place: running.tell(_in_line(place))
            ):
                running.served = True
                reply = await loop.run_in_executor(
                    self._working, self._work, running, question, loop
                )
        finally:
            running.end(reply)
            loop.call_later(self._patience.kept, self._running.pop, running.id, None)

    def _work(
        self,
        running: Running,
        question: Question,
        loop: asyncio.AbstractEventLoop,
    ) -> Reply | None:
        """In a thread: walks the turn, as long as anybody wants it."""
        events = self._turns.events(question, running.warned)
        try:
            while not running.stopping.is_set():
                event = next(events)
                if event is not None:
                    loop.call_soon_threadsafe(running.tell, event)
        except StopIteration as end:
            reply: Reply = end.value
            self._tell_of(running, question, reply)
            return reply
        except Exception as failure:
            _log.error("a turn broke off: %s", kind_and_place(failure))
        finally:
            events.close()
        return None

    def _tell_of(self, turn: Running, question: Question, reply: Reply) -> None:
        if self._ended is None:
            return
        try:
            self._ended(Ended(turn.id, question, reply, turn.chat, unchecked=turn.warned.unchecked))
        except Exception as failure:  # what is kept or counted never costs a reader the answer
            _log.error("a turn could not be counted: %s", kind_and_place(failure))


def _in_line(place: int) -> Event:
    before = "One question is" if place == 0 else f"{place + 1} questions are"
    message = f"{before} being answered before yours…"
    return Event(Kind.WAITING, {"for": "line", "message": message, "place": place + 1})
