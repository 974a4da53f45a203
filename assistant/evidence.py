"""What was found for one ask, and how well each sentence bears on it."""

from dataclasses import dataclass

from assistant.reading.ask import Ask
from index import Passage, PassageSentence


@dataclass(frozen=True, slots=True)
class Signals:
    """Parts of a sentence's score; each is 0 to 1 unless said otherwise."""

    cosine: float
    """Likeness of the sentence's vector to the query's, -1 to 1."""
    behind: float
    """How far that falls short of the likest sentence found for the ask, 0 to 2."""
    passage_cosine: float
    lexical: float
    """BM25 of the sentence, squashed: b / (b + 5)."""
    coverage: float
    """Share of the named things asked about that the sentence speaks of."""
    terms: float
    """Share of the other content words asked about that the sentence or its passage holds."""
    unknown: float
    """Share of those words that stand nowhere on the shelf."""
    kind: float
    """Whether the sentence holds the type of answer wanted."""
    context: float
    """Share of the things mentioned around the question that the sentence speaks of."""
    asks_itself: float
    """1 when the sentence belongs to a post that asks for help rather than gives it."""
    advises: float
    """1 when the sentence tells what to do or not to do."""

    def named(self) -> tuple[tuple[str, float], ...]:
        """The parts with their names, rounded, for the `why` record."""
        return tuple((name, round(float(getattr(self, name)), 3)) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence on the shelf, judged against one ask."""

    passage: Passage
    sentence: PassageSentence
    signals: Signals
    score: float
    """0 to 1, higher bears more."""
    veto: str
    """Why it cannot answer whatever its score, in plain words; empty when it can."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything looked at for one ask, best first."""

    ask: Ask
    candidates: tuple[Candidate, ...]

    @property
    def eligible(self) -> tuple[Candidate, ...]:
        """Candidates nothing rules out, best first."""
        return tuple(candidate for candidate in self.candidates if not candidate.veto)
