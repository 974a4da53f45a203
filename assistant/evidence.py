"""What was found for one ask, and how well each sentence bears on it."""

from dataclasses import dataclass

from assistant.reading.ask import Ask
from index import Passage, PassageSentence, Scope

NO_SCOPE = Scope(0.0, 0.0, 0.0, 0.0)
"""Of a question for which nothing was searched."""


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
    asked: float = 0.0
    """Likeness to the likest question the sentence is known to answer, -1 to 1; 0 if none is."""
    asked_mean: float = 0.0
    """Mean likeness to the three likest of them."""
    asked_words: float = 0.0
    """BM25 of the sentence with those questions, squashed: b / (b + 10)."""
    behind_asked: float = 0.0
    """How far `asked` falls short of the best found for the ask; likewise the next three."""
    behind_asked_mean: float = 0.0
    behind_asked_words: float = 0.0
    behind_passage: float = 0.0
    doubt: float = 0.0
    """1 when a rule speaks against the sentence without ruling it out."""

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
    doubt: str = ""
    """What speaks against it, in plain words: it lowers the score and rules nothing out."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything looked at for one ask, best first."""

    ask: Ask
    candidates: tuple[Candidate, ...]
    scope: Scope = NO_SCOPE

    @property
    def eligible(self) -> tuple[Candidate, ...]:
        """Candidates nothing rules out, best first."""
        return tuple(candidate for candidate in self.candidates if not candidate.veto)
