"""What a provider of replies said to one question, in the one form in which all are scored.

Soleus in process, Soleus over HTTP, an answer a language model wrote, a rival's pipeline: each is
turned into a `Transcript`, so that all meet the same cases and the same measures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from assistant.question import Question
from corpus import Span
from eval.cases.case import Level, Tier
from eval.errors import EvalError


class ProviderError(EvalError):
    """A provider gave no reply: nothing can be said of its answers."""


class Ending(StrEnum):
    """How a reply ends."""

    ANSWER = "answer"
    CLARIFICATION = "clarification"
    NOT_COVERED = "not_covered"
    ESCALATION = "escalation"
    OTHER = "other"
    """Small talk, or nothing readable."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Words a sentence is said to rest on."""

    span: Span
    """Where they stand, as far as the provider says."""
    words: str
    """What the provider shows as the quote."""
    tier: Tier
    """As what the provider shows its source."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply."""

    text: str
    cited: tuple[Cited, ...]
    attribution: str = ""
    """Who is said to say it, in the provider's words."""
    kind: Literal["statement", "procedure", "disagreement", "product"] = "statement"


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said to one question."""

    ending: Ending
    level: Level
    sentences: tuple[Sentence, ...] = ()
    uncovered: tuple[str, ...] = ()
    """Parts of the question named as not covered."""
    message: str = ""
    """Fixed words, of a reply that is no answer."""
    choices: int = 0
    """How many readings a clarification offers."""
    sure: float | None = None
    """How sure the provider was that there is an answer, 0 to 1; None if it does not say."""
    stages: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by stage, with "all" for the whole; empty if not measured."""

    @property
    def said(self) -> str:
        """Everything it states, sentence by sentence."""
        return "\n".join(sentence.text for sentence in self.sentences)


class Provider(Protocol):
    """Anything that replies to questions."""

    @property
    def name(self) -> str:
        """What tables call it."""
        ...

    def ask(self, question: Question) -> Transcript:
        """The reply to one turn. Raises ProviderError if there is none."""
        ...


class Ranker(Protocol):
    """Anything that ranks passages of the shelf for a question."""

    @property
    def name(self) -> str:
        """What tables call it."""
        ...

    def rank(self, question: Question) -> tuple[Span, ...]:
        """Spans of passages, best first, none twice; as many as it cares to give."""
        ...
