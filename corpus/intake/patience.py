"""How long a file may keep its reader, and how much text it may hold.

What a library makes of a file grows, in the worst case, with the square of its size, so no limit on
bytes bounds the time. Readers ask between pages, chapters and rows whether to go on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from corpus.errors import HostileFileError, TooLargeError

LONGEST_READ = 120.0
"""Seconds; ten times what the largest of usual files takes on a slow machine."""
MOST_CHARACTERS = 3_000_000
"""Of one document: a book of 1,500 pages."""


@dataclass(frozen=True, slots=True)
class Patience:
    """What is left of it for one file."""

    name: str
    """What the file is called in messages."""
    until: float
    """When it ends, in seconds on `clock`."""
    clock: Callable[[], float]

    def go_on(self) -> None:
        """Asks whether there is time left.

        Raises:
            HostileFileError: there is none.
        """
        if self.clock() > self.until:
            raise HostileFileError(
                f"{self.name} takes too long to read, and was left. Split it, or add its text as a "
                ".txt file."
            )

    def weigh(self, characters: int) -> None:
        """Takes note of so many characters of one document.

        Raises:
            HostileFileError: there is no time left.
            TooLargeError: they are more than are read.
        """
        self.go_on()
        if characters > MOST_CHARACTERS:
            raise TooLargeError(
                f"{self.name} holds {characters:,} characters of text; at most {MOST_CHARACTERS:,} "
                "are read as one document. Split it."
            )


def patience_with(name: str, clock: Callable[[], float] = monotonic) -> Patience:
    """Patience with a file whose reading begins now; `clock` tells seconds."""
    return Patience(name, clock() + LONGEST_READ, clock)
