"""Does what is asked of the kept chats one after the other, in a thread of its own: a database that
is slow or away holds no answer up, and what is deleted stays deleted.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import TypeVar

from assistant.errors import RecordsError, kind_and_place
from assistant.records.code import ChatCode
from assistant.records.kept import Thumb
from assistant.server.memory import Memory
from assistant.turns import Ended

_log = logging.getLogger(__name__)
T = TypeVar("T")

_MOST = 256
"""Turns that may wait to be kept; the next ones are not."""
_PATIENCE = 10.0
"""Seconds a reader waits for a thumb or a deletion."""
_DELETED = 600.0
"""Seconds for which nothing more is kept of a chat that was deleted: an answer to it may be under
way, waiting in line, or going on for a while after its reader has gone.
"""


@dataclass
class Clerk:
    """One for each server. For several threads."""

    memory: Memory
    most: int = _MOST
    patience: float = _PATIENCE
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, "keeping"), init=False
    )
    _places: BoundedSemaphore = field(init=False)
    _deleted: dict[str, float] = field(default_factory=dict, init=False)
    """When a chat was deleted, by its digest. Only the thread above touches it."""

    def __post_init__(self) -> None:
        self._places = BoundedSemaphore(self.most)

    def keep(self, ended: Ended) -> None:
        """Has a turn kept, and what is too old deleted, when it comes to it. Raises nothing."""
        if not self._places.acquire(blocking=False):
            _log.error("a turn was not kept: %d wait already", self.most)
            return
        self._do(lambda: self._keep(ended))

    def sweep(self) -> None:
        """Has what is too old deleted. Raises nothing."""
        self._do(self.memory.sweep)

    def rate(self, turn: str, thumb: Thumb, comment: str) -> bool:
        """Keeps what a reader thought; False where the turn is not known. Raises RecordsError."""
        return self._done(lambda: self.memory.rate(turn, thumb, comment))

    def forget(self, chat: ChatCode) -> int:
        """Deletes a chat; how many turns that were. Raises RecordsError."""
        return self._done(lambda: self._forget(chat))

    def close(self) -> None:
        """Ends once all that waits is done."""
        self._thread.shutdown(wait=True)

    def _keep(self, ended: Ended) -> None:
        self._places.release()
        now = time.monotonic()
        self._deleted = {name: at for name, at in self._deleted.items() if now - at < _DELETED}
        if ended.chat is None or ended.chat.digest not in self._deleted:
            self.memory.keep(ended)
        self.memory.sweep()

    def _forget(self, chat: ChatCode) -> int:
        gone = self.memory.forget(chat)
        self._deleted[chat.digest] = time.monotonic()
        return gone

    def _do(self, work: Callable[[], None]) -> None:
        try:
            self._thread.submit(_told_of, work)
        except RuntimeError:  # the server is about to end
            _log.error("nothing more is kept: the server ends")

    def _done(self, work: Callable[[], T]) -> T:
        """What came of it. Raises RecordsError."""
        try:
            asked: Future[T] = self._thread.submit(work)
            return asked.result(self.patience)
        except TimeoutError:
            asked.cancel()
            raise RecordsError("what is kept could not be reached in time") from None
        except RuntimeError:
            raise RecordsError("the server is about to end") from None


def _told_of(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as failure:  # whatever it is, nobody waits for it
        _log.error("what is kept could not be changed: %s", kind_and_place(failure))
