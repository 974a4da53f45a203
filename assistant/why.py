"""The record of how a reply came about. Kept with the reply, in memory, and nowhere else."""

from dataclasses import dataclass
from enum import StrEnum

from index import Span


@dataclass(frozen=True, slots=True)
class Rejected:
    """A passage or sentence that was looked at and not used."""

    span: Span
    title: str
    text: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Used:
    """A sentence that made it into the answer, with the score that put it there."""

    span: Span
    title: str
    text: str
    score: float
    signals: tuple[tuple[str, float], ...]
    """Named parts of the score, for the reader who wants to know why."""


class Outcome(StrEnum):
    """What became of a sentence that a language model drafted."""

    PASSED = "passed"
    COPIED = "copied"
    """It is what it cites, word for word, so it is shown as the quote it is."""
    REPLACED = "replaced"
    """It failed; the words it cited are quoted instead."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing held against a drafted sentence."""

    kind: str
    """What is wrong, in plain words, none of them the draft's: anybody may read it."""
    detail: str = ""
    """The words and figures concerned, which may be the draft's own; never shown to a reader."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One sentence of a draft and the checker's verdict. Kept in memory only."""

    text: str
    cited: tuple[Span, ...]
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    """Why it was not shown; empty when it was."""

    @property
    def reason(self) -> str:
        """The same as a reader may read it, without a word of the draft's."""
        return "; ".join(dict.fromkeys(one.kind for one in self.faults))


@dataclass(frozen=True, slots=True)
class Why:
    """The record of how a reply came about."""

    read_as: str
    """The question as it was searched for: spelling mended, subject carried over."""
    carried: tuple[str, ...]
    """Earlier turns whose subject was carried into this one; empty for a fresh question."""
    decided_by: str
    """Which signal decided, in plain words."""
    used: tuple[Used, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    sure: float | None = None
    """Probability, 0 to 1, that the shelf answers (of several asks, the surest); None where that
    was not what decided."""
    rewritten: str = ""
    """A follow-up as a language model reworded it, where that found the answer; else empty."""
    drafted: tuple[Drafted, ...] = ()
    """Every sentence a language model drafted, in its order."""
