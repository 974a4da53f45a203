"""What the reader asks: one turn and the turns before it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """The reader's own words. `earlier` holds their previous turns, oldest first.

    Only the reader's turns travel: what a client claims the assistant said is never trusted.
    """

    text: str
    earlier: tuple[str, ...] = ()
    model_may_read: bool = False
    """Whether a language model may see it: the reader agreed, or it runs on the club's own
    machine."""
    earlier_private: int = 0
    """How many of the earlier turns, the oldest, no language model may read: the reader had not
    agreed yet."""


def whole(text: str) -> str:
    """A text in whole characters: half of one (a lone surrogate) can be sent, but not written."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
