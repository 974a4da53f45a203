"""The seam: whatever keeps turns. sql/ is the one there is."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from assistant.records.code import ChatCode
from assistant.records.kept import Feedback, KeptTurn, RatedTurn, Tally


class Records(Protocol):
    """Keeps turns. May be shared by threads. Only `keep` ever makes a place that is not there:
    to the others it is an empty one.

    Every method raises RecordsError, which says what to do. No reader's answer may fail because of
    it: whoever keeps a turn logs the error and goes on.
    """

    def keep(self, turn: KeptTurn) -> None:
        """Keeps a turn."""

    def rate(self, feedback: Feedback) -> bool:
        """Keeps what a reader thought, in place of what they thought before; False where the turn
        is not known. Beside a turn without text the comment is not kept either.
        """

    def forget(self, code: ChatCode) -> int:
        """Deletes a chat, for good; how many turns that were."""

    def sweep(self, before: datetime) -> int:
        """Deletes every turn asked before a moment, for good; how many that were."""

    def unanswered(self, since: datetime) -> tuple[KeptTurn, ...]:
        """Turns not covered, in whole or in part, the oldest first."""

    def export(self, since: datetime) -> Iterator[RatedTurn]:
        """Every turn with what was thought of it, the oldest first, one after the other."""

    def tally(self) -> Tally:
        """How much is kept."""
