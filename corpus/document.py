"""The shelf's vocabulary: what a document is, who speaks in it, and which words stand where."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """What sort of text a document is; an article and a forum post are never given equal weight."""

    ARTICLE = "article"
    FORUM_THREAD = "forum thread"


class TrustTier(StrEnum):
    """How far the operator vouches for a document, best first."""

    CLINICIAN = "clinician"
    """A named, credentialed clinician or health service."""
    PRACTITIONER = "practitioner"
    """An article by somebody who writes from professional experience; no credential is stated."""
    FORUM = "forum"
    """Runners telling each other what they did; nobody checked it."""


class Wording(StrEnum):
    """Whose words a document's text is made of."""

    OUR_SUMMARY = "our summary"
    """Restated by the project; shown as a summary of the title, never as its author's words."""
    AUTHORS_OWN = "author's own"
    """Added by the operator as published; shown as a quotation of its author."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (inclusive) to `end` (exclusive) of one document's text."""

    document_id: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.document_id}:{self.start}-{self.end}"

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character of the same document."""
        return (
            self.document_id == other.document_id
            and self.start < other.end
            and other.start < self.end
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or one short list item) of a section, as characters of the document."""

    start: int
    end: int
    step: int | None = None
    """Number of the step it belongs to, from 1, when it stands in a numbered procedure."""
    asked: tuple[str, ...] = ()
    """Questions it answers, as people put them: searched with it, never shown (`corpus/asked/`)."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading, said by one speaker."""

    heading: str
    speaker: str
    """Role of who speaks: "author", "original poster", "reply 3". Never a name."""
    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something the shelf covers, with a question it really answers (shown to be clicked)."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a text comes from. The literal "unknown" is honest; an empty string is refused."""

    author: str
    """What the text says of its author and nothing more."""
    address: str
    published: str
    """ISO date, or "unknown"."""
    retrieved: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text on the shelf. Every span in the system is an offset into `text`."""

    id: str
    title: str
    kind: DocumentKind
    tier: TrustTier
    wording: Wording
    text: str
    digest: str
    """SHA-256 of the file's bytes, hexadecimal."""
    provenance: Provenance
    topics: tuple[Topic, ...]
    sections: tuple[Section, ...]

    def words_at(self, span: Span) -> str:
        """The exact characters of a span of this document."""
        return self.text[span.start : span.end]
