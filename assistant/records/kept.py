"""What is kept of one turn. Nothing of who asked, and of when only roughly."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from assistant.reply import Level


class Ending(StrEnum):
    """What became of a question."""

    ANSWER = "answer"
    PARTLY = "partly"
    """An answer that says which part of the question is not covered."""
    CLARIFICATION = "clarification"
    NOT_COVERED = "not covered"
    WARNING = "warning"
    """Nothing but a warning."""
    OTHER = "other"
    """A greeting, nothing readable, an instruction, or something of ours failed."""


class Thumb(StrEnum):
    """What a reader thought of a reply."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """One question and what became of it, without the reply. `turn_of` makes these."""

    id: str
    chat: str
    """Digest of the chat's code: the same for all turns of a chat, and no way back to the code."""
    asked_at: datetime
    """In UTC. Never finer than the minute, so that no server's log tells who it was."""
    question: str
    """Masked; empty where no text is kept."""
    outcome: Ending
    level: Level
    documents: tuple[str, ...] = ()
    """Ids of those that were quoted."""
    uncovered: tuple[str, ...] = ()
    """Parts of the question that were said not to be covered, masked."""
    written_by: str = ""
    """The language model that worded the answer; empty where it is quoted."""

    def __post_init__(self) -> None:
        fine = self.asked_at.second or self.asked_at.microsecond
        if self.asked_at.utcoffset() != timedelta(0) or fine:
            raise ValueError("a turn is kept with a time in UTC, to the minute at most")


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of a reply. `feedback_of` makes these."""

    turn: str
    """Id of the turn."""
    thumb: Thumb
    comment: str = ""
    """Masked."""


@dataclass(frozen=True, slots=True)
class RatedTurn:
    """A turn as it is kept, with what its reader thought of it."""

    turn: KeptTurn
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How much is kept."""

    turns: int = 0
    chats: int = 0
    first: date | None = None
    """Day of the oldest turn; None where there is none."""
    outcomes: tuple[tuple[Ending, int], ...] = ()
    """Those that occur, in the order of `Ending`."""
    up: int = 0
    down: int = 0


def rough(moment: datetime) -> datetime:
    """The hour a moment lies in, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
