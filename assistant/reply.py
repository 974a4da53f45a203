"""What Soleus may say: four honest endings and the record of why.

Shape learned from paper-qa's Context/Answer split and haiku.rag's citation ledger: a reply holds
citations as data, never as text to be split apart again.
"""

from dataclasses import dataclass
from enum import StrEnum

from index import Passage, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words on the shelf that a sentence rests on."""

    marker: int
    """Number shown to the reader, from 1, unique within a reply."""
    passage: Passage
    """What opens when the citation is followed."""
    span: Span
    """The words highlighted in it; always inside `passage.span`."""

    @property
    def quote(self) -> str:
        """The highlighted words, character for character."""
        base = self.passage.span.start
        return self.passage.text[self.span.start - base : self.span.end - base]


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer. Never without a citation."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an answer sentence must cite the words it rests on")


class ItemKind(StrEnum):
    """How an item is introduced and laid out."""

    STATEMENT = "statement"
    PROCEDURE = "procedure"
    """Numbered steps, complete and in order."""
    DISAGREEMENT = "disagreement"
    """One side of a known disagreement; sides share the same `group`."""
    PRODUCT = "product"
    """A product mentioned: one poster's opinion or an advert, never a recommendation."""


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One point of an answer: who says it (fixed words of ours) and what they say (quoted)."""

    kind: ItemKind
    attribution: str
    """Fixed connective in plain words, e.g. "One forum poster (reply 4) says:"."""
    sentences: tuple[AnswerSentence, ...]
    group: str = ""
    """Heading shared by neighbouring items, e.g. what a disagreement is about; else empty."""


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


@dataclass(frozen=True, slots=True)
class NearbyTopic:
    """Something the shelf does cover, offered instead; `question` can be clicked."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Quoted (later: checked) sentences, direct answer first."""

    items: tuple[AnswerItem, ...]
    why: Why
    uncovered: tuple[str, ...] = ()
    """Parts of the question, in the reader's words, that the shelf does not cover."""
    nearby: tuple[NearbyTopic, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarification:
    """The question can be read several ways; each choice is a whole question to click."""

    prompt: str
    choices: tuple[NearbyTopic, ...]
    why: Why


class AbstentionReason(StrEnum):
    """Why nothing is said."""

    NOT_COVERED = "not covered"
    """The shelf holds no answer."""
    SMALL_TALK = "small talk"
    """A greeting, thanks or abuse: answered with fixed words, no search."""
    EMPTY = "empty"
    """Nothing readable was asked."""
    UNAVAILABLE = "unavailable"
    """Something of ours failed; the reader is told to try again."""


@dataclass(frozen=True, slots=True)
class Abstention:
    """Nothing on the shelf answers, said plainly, with what is near and whom to ask."""

    reason: AbstentionReason
    message: str
    """Fixed words."""
    nearby: tuple[NearbyTopic, ...]
    ask: str
    """Whom to ask instead: the operator's contact, from the settings."""
    why: Why


@dataclass(frozen=True, slots=True)
class Escalation:
    """A warning sign: fixed, vetted words instead of an answer. Made only by the guard."""

    level: str
    message: str
    rules: tuple[str, ...]
    """Ids of the rules that fired."""


Reply = Answer | Clarification | Abstention | Escalation
