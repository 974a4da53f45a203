"""What a rival that only finds words replies: those words as they stand, and their source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.question import Question
from corpus import Document, DocumentKind, Span
from eval.cases.case import Level, Tier
from eval.errors import EvalError
from eval.transcript import Cited, Ending, Sentence, Transcript


class RivalError(EvalError):
    """A rival cannot be built, opened or asked."""


@dataclass(frozen=True, slots=True)
class Found:
    """One unit of a rival (a passage, a node, a sentence) and how well it fits."""

    span: Span
    score: float
    """The rival's own; higher is better."""


class Finder(Protocol):
    """A search as a rival does it."""

    @property
    def units(self) -> tuple[Span, ...]:
        """Everything it can find, in reading order."""
        ...

    def find(self, question: str) -> Sequence[Found]:
        """What it finds, best first."""
        ...

    def sure(self, best: float) -> float:
        """Its best score as 0 to 1, in the same order."""
        ...


@dataclass(frozen=True, slots=True)
class Quoting:
    """A `Provider` and a `Ranker` out of a search. It never abstains and reads no earlier turns."""

    name: str
    finder: Finder
    documents: tuple[Document, ...]
    shown: int
    """How many of the best units a reply shows."""

    def ask(self, question: Question) -> Transcript:
        """The best units, sentence by sentence, each citing itself."""
        found = self.finder.find(question.text)
        best = found[0].score if found else 0.0
        return Transcript(
            Ending.ANSWER,
            Level.SELF_CARE,
            tuple(
                sentence
                for one in found[: self.shown]
                for sentence in sentences_in(one.span, self.documents)
            ),
            sure=self.finder.sure(best) if found else 0.0,
        )

    def rank(self, question: Question) -> tuple[Span, ...]:
        """All it finds."""
        return tuple(one.span for one in self.finder.find(question.text))


def sentences_in(span: Span, documents: Sequence[Document]) -> Iterator[Sentence]:
    """The shelf's sentences in a span, as far as they lie in it.

    Without any, the whole span, as one. A rival shows a title and no more: it was given no more.
    """
    document = next(one for one in documents if one.id == span.document_id)
    parts = [
        Span(span.document_id, max(span.start, each.start), min(span.end, each.end))
        for section in document.sections
        for each in section.sentences
        if each.start < span.end and span.start < each.end
    ]
    for part in parts or [span]:
        words = document.words_at(part)
        tier: Tier = "forum" if document.kind is DocumentKind.FORUM_THREAD else "article"
        yield Sentence(words, (Cited(part, words, tier),), document.title)
