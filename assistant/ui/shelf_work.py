"""One piece of long work at a time, in a thread of its own: reading what was brought, encoding it.

The page stays up meanwhile and asks how far it has come.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread

from assistant.errors import AssistantError, kind_and_place
from assistant.ui.shelf_keeper import Tell
from corpus import CorpusError
from index import PassageIndexError

_log = logging.getLogger(__name__)

UNEXPECTED = (
    "Something went wrong that nobody foresaw. The shelf is as it was. Run: python -m assistant"
    " doctor"
)


@dataclass(frozen=True, slots=True)
class Step:
    """How far it has come."""

    line: str
    done: int = 0
    total: int = 0
    """0 where nobody knows."""


@dataclass(slots=True)
class Work:
    """Work under way, or done. Written by its thread, read by everybody."""

    step: Step
    running: bool = True

    def tell(self, line: str, done: int, total: int) -> None:
        """Say how far it is."""
        self.step = Step(line, done, total)


@dataclass(slots=True)
class Bench:
    """Where work is done: there is room for one piece."""

    _taken: Lock = field(default_factory=Lock)

    def busy(self) -> bool:
        """Whether something is being done."""
        return self._taken.locked()

    def start(
        self, line: str, do: Callable[[Tell], None], failed: Callable[[str], None]
    ) -> Work | None:
        """Begin; None when something else is being done.

        `do` keeps its own outcome. `failed` is told in words what it raised.
        """
        if not self._taken.acquire(blocking=False):
            return None
        work = Work(Step(line))
        # A daemon: whatever it does is done whole or not at all, so it may be cut off.
        Thread(target=self._run, args=(work, do, failed), name="shelf", daemon=True).start()
        return work

    def _run(self, work: Work, do: Callable[[Tell], None], failed: Callable[[str], None]) -> None:
        try:
            do(work.tell)
        except (AssistantError, CorpusError, PassageIndexError) as error:
            failed(str(error))
        except Exception as error:
            _log.error("The shelf could not be changed (%s)", kind_and_place(error))
            failed(UNEXPECTED)
        finally:
            self._taken.release()
            work.running = False
