"""A made-up text, what may be quoted from it, and somebody who replies as told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.question import Question
from corpus import Span
from eval.cases.case import Level
from eval.run.scoring import Yardstick
from eval.transcript import Cited, Ending, Sentence, Transcript

HOLD, BREATHE, SOCKS, REST = "Hold it 60 s.", "Breathe slowly.", "Buy socks.", "Then sit."
TEXT = " ".join((HOLD, BREATHE, SOCKS, REST))


def place(words: str) -> Span:
    """Where they stand."""
    start = TEXT.index(words)
    return Span("text", start, start + len(words))


CLAIMS = {f"1-0{n}": (place(each),) for n, each in enumerate((HOLD, BREATHE, SOCKS, REST), 1)}
PASSAGES = tuple(place(each) for each in (HOLD, BREATHE, SOCKS, REST))


def verbatim(sentence: str, evidence: Sequence[str]) -> bool:
    """A judge that believes only what stands there."""
    return any(sentence in each for each in evidence)


YARDSTICK = Yardstick(CLAIMS, {"text": TEXT}, PASSAGES, verbatim)


def quote(words: str, text: str = "", attribution: str = "An article says:") -> Sentence:
    """A sentence resting on words of the text; it repeats them unless told otherwise."""
    return Sentence(text or words, (Cited(place(words), words, "article"),), attribution)


def answer(*sentences: Sentence) -> Transcript:
    return Transcript(Ending.ANSWER, Level.SELF_CARE, sentences)


def ended(ending: Ending, level: Level = Level.SELF_CARE) -> Transcript:
    """A reply without sentences."""
    return Transcript(ending, level, message="Nothing on that.", choices=2)


QUIET = ended(Ending.NOT_COVERED)


@dataclass(frozen=True)
class Fake:
    """A provider and a ranker that says and finds what it was told to."""

    replies: Mapping[str, Transcript] = field(default_factory=dict)
    otherwise: Transcript = QUIET
    ranked: tuple[Span, ...] = ()
    name: str = "fake"

    def ask(self, question: Question) -> Transcript:
        return self.replies.get(question.text, self.otherwise)

    def rank(self, _question: Question) -> tuple[Span, ...]:
        return self.ranked
