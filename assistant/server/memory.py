"""What is kept of turns, where the club keeps any. Never costs a reader their answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from assistant.errors import RecordsError
from assistant.guard.guard import Guard
from assistant.records.code import ChatCode, new_code
from assistant.records.kept import Thumb
from assistant.records.of_turn import feedback_of, turn_of
from assistant.records.retention import Retention
from assistant.records.store import Records
from assistant.turns import Ended

_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Memory:
    """Keeps turns, thumbs and nothing else, and deletes them in time. For several threads."""

    records: Records
    guard: Guard
    retention: Retention
    with_text: bool = True
    clock: Callable[[], datetime] = _now
    _sweeping: Lock = field(default_factory=Lock, init=False)

    def keep(self, ended: Ended) -> None:
        """Keeps a turn; one whose client named no chat belongs to no other. Raises nothing."""
        kept = turn_of(
            ended.question,
            ended.reply,
            ended.chat or new_code(),
            self.clock(),
            with_text=self.with_text,
            unchecked=ended.unchecked,
            turn=ended.turn,
        )
        try:
            self.records.keep(kept)
        except RecordsError as error:
            _log.error("a turn was not kept: %s", error)

    def rate(self, turn: str, thumb: Thumb, comment: str) -> bool:
        """Keeps what a reader thought; False where the turn is not known. Raises RecordsError."""
        return self.records.rate(feedback_of(turn, thumb, comment, self.guard))

    def forget(self, chat: ChatCode) -> int:
        """Deletes a chat; how many turns that were. Raises RecordsError."""
        return self.records.forget(chat)

    def sweep(self) -> None:
        """Deletes what has been kept long enough, where it is time to look. Raises nothing."""
        with self._sweeping:
            now = self.clock()
            if not self.retention.due(now):
                return
            try:
                self.retention, gone = self.retention.swept(self.records, now)
            except RecordsError as error:
                _log.error("what is kept was not looked through: %s", error)
                return
        if gone:
            _log.info("%d turns were kept long enough and are gone", gone)
