"""What becomes of each thing that is brought to the shelf, one clear line each."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.library.entry import Entry
from index.build import BuildSummary

Told = Callable[[str, int, int], None]
"""Told what is being done, how many steps of it are done, and of how many (0: nobody knows)."""


def nobody(doing: str, done: int, total: int) -> None:
    """Listens to no progress."""


class State(StrEnum):
    """What becomes of a file or page."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    DUPLICATE = "duplicate"
    """Its text is on the shelf under another name."""
    REFUSED = "refused"


TAKEN = frozenset({State.ADDED, State.CHANGED, State.REMOVED})
"""What changes the shelf."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes, or became, of one file, page or document."""

    name: str
    """The file or address, as whoever brought it knows it."""
    state: State
    line: str
    """Why, in one line."""
    entry: Entry | None = None
    """The document as it would stand in the catalogue, or stood there until it was removed."""
    text: str | None = None
    """Its words, where they were read: Markdown."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a change."""

    outcomes: tuple[Outcome, ...]
    built: BuildSummary
    """The index after it."""

    @property
    def refused(self) -> bool:
        """Whether anything was."""
        return any(each.state is State.REFUSED for each in self.outcomes)

    @property
    def said(self) -> str:
        """How many of each: "2 added, 1 refused"."""
        return counted(each.state for each in self.outcomes)


def counted(states: Iterable[State]) -> str:
    """How many of each state, in a fixed order; "nothing to do" for none."""
    numbers = Counter(states)
    return ", ".join(f"{numbers[s]} {s}" for s in State if numbers[s]) or "nothing to do"
