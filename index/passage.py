"""The citable unit: a passage of one speaker, its sentences, and what a search returns."""

from dataclasses import dataclass

from corpus import DocumentKind, Span, TrustTier, Wording


@dataclass(frozen=True, slots=True)
class PassageSentence:
    """One sentence inside a passage, addressed in the document it comes from."""

    span: Span
    text: str
    step: int | None
    """Step number within a numbered procedure, from 1; None in running text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences of one speaker. Invariant: `document.text[start:end] == text`."""

    span: Span
    text: str
    title: str
    kind: DocumentKind
    tier: TrustTier
    wording: Wording
    section: str
    speaker: str
    sentences: tuple[PassageSentence, ...]

    @property
    def id(self) -> str:
        """Stable address, e.g. "cramp-release:120-480": survives a rebuild of the same text."""
        return str(self.span)

    @property
    def header(self) -> str:
        """Context put before the text when it is encoded: title, section, speaker."""
        return f"{self.title} | {self.section} | {self.speaker}"


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """How well one sentence of a passage matches the query."""

    sentence: PassageSentence
    cosine: float
    """Inner product of normalised vectors, -1 to 1; higher is closer."""
    bm25: float
    """BM25 score of the sentence, >= 0; comparable within one query only."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found for a query."""

    passage: Passage
    rank: int
    """Place in the fused order, from 1."""
    fused: float
    """Reciprocal rank fusion score. Orders passages; says nothing about relevance."""
    cosine: float
    bm25: float
    sentences: tuple[SentenceHit, ...]
    """Every sentence of the passage, in reading order."""
