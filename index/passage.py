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
    asked: tuple[str, ...] = ()
    """Questions it answers, as people put them: searched with it, never shown."""


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
    asked: float = 0.0
    """Cosine of the likest question it is known to answer; 0 where none is known."""
    asked_mean: float = 0.0
    """Mean cosine of the three likest of them."""
    asked_bm25: float = 0.0
    """BM25 of the sentence together with those questions."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How near a question comes to the shelf, and to what the shelf is known to leave open.

    Each is the highest cosine, -1 to 1, over all there is; 0 where there is nothing of its kind.
    """

    asked: float
    """With a question that some sentence is known to answer."""
    cosine: float
    """With a sentence."""
    passage_cosine: float
    """With a passage."""
    out_of_scope: float
    """With a question that the texts are known not to answer."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found for a query."""

    passage: Passage
    rank: int
    """Place in the order of `fused`, from 1."""
    fused: float
    """Log-odds of its best sentence (index/ranking.py). Orders passages; no judgement of them."""
    cosine: float
    bm25: float
    sentences: tuple[SentenceHit, ...]
    """Every sentence of the passage, in reading order."""
