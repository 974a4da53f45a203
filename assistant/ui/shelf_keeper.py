"""What the page /shelf needs of whoever keeps the documents; the page knows nothing else of them.

A keeper says what is wrong by raising CorpusError, PassageIndexError or AssistantError, in words
that can be shown to an operator. It may be called from several threads; of those methods that
change something or read what was brought, the page calls one at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from corpus import DocumentKind, TrustTier, Wording
from index import Passage

UNKNOWN = "unknown"
"""An honest answer to who, where and when."""

Tell = Callable[[str, int, int], None]
"""Told what is being done, how many steps of it are done, and of how many (0: nobody knows)."""


@dataclass(frozen=True, slots=True)
class Details:
    """What an operator may say of a document; everything else is as it was read."""

    title: str
    kind: DocumentKind
    tier: TrustTier
    author: str = UNKNOWN
    published: str = UNKNOWN
    """ISO date, or "unknown"."""
    address: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class ShelfDocument:
    """One document as the page lists it."""

    id: str
    details: Details
    wording: Wording
    own: bool = False
    """Whether the club added it: only those can be changed here."""
    added: date | None = None
    origin: str = ""
    """Which file or address it was read from; shown to the operator only."""
    remarks: tuple[str, ...] = ()
    """What its reader noticed, a plain line each; shown to the operator only."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing an operator brings: a file's bytes under its name, or an address to fetch."""

    name: str
    """File name, or the address."""
    content: bytes | None = None
    """None for an address."""


class Became(StrEnum):
    """What becomes, or became, of a thing that was brought."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would become of one thing that was brought."""

    name: str
    became: Became
    line: str
    """One clear line that says why."""
    document: ShelfDocument | None = None
    """The document as it would stand on the shelf; None where there would be none."""
    passages: tuple[Passage, ...] = ()
    """Its passages as the index would see them."""
    handle: object = None
    """The keeper's own: handed back to it, never looked at."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one thing in the end: a row of the table."""

    name: str
    became: Became
    line: str


class ShelfKeeper(Protocol):
    """Keeps the shelf's documents and its index in step."""

    def documents(self) -> Sequence[ShelfDocument]:
        """Every document, in the order in which the page lists them."""

    def passages(self, document_id: str) -> Sequence[Passage] | None:
        """A document's passages in reading order, from the index that answers questions right now;
        None while that holds no such document or is not open yet.
        """

    def last_change(self) -> str:
        """What `undo` would take back, as the end of a sentence: "adding 3 documents"; "" where
        there is nothing to take back.
        """

    def propose(
        self, brought: Sequence[Brought], tier: TrustTier | None, tell: Tell
    ) -> Sequence[Proposal]:
        """Reads what was brought and changes nothing. `tier`: None has it guessed."""

    def accept(
        self, proposals: Sequence[Proposal], details: Mapping[str, Details], tell: Tell
    ) -> Sequence[Fate]:
        """Puts what was proposed on the shelf and into the index: all of it, or, when it raises,
        none. `details`: by document id, what was changed in the preview.
        """

    def edit(self, document_id: str, details: Details, tell: Tell) -> None:
        """Changes what is said of a document, in the index too."""

    def remove(self, document_id: str, tell: Tell) -> None:
        """Takes a document off the shelf and out of every search."""

    def undo(self, tell: Tell) -> str:
        """Takes back the last change; says what that was, as a sentence."""
