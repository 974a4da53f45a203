"""What was read from one file or page, before anybody decided to keep it."""

from dataclasses import dataclass

from corpus.document import DocumentKind

UNKNOWN = "unknown"
"""An honest answer to who, where and when."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as it would stand on the shelf, and what could be guessed about it."""

    title: str
    """One line, never empty."""
    kind: DocumentKind
    text: str
    """Markdown as `corpus/parse.py` reads it. In a thread every post has a heading of its own that
    names its speaker by role: "Original poster", "Reply 1", "Original poster, follow-up"."""
    author: str = UNKNOWN
    address: str = UNKNOWN
    published: str = UNKNOWN
    """ISO date, or "unknown"."""
    remarks: tuple[str, ...] = ()
    """What whoever adds it should know, a plain line each: "2 links were dropped"."""
