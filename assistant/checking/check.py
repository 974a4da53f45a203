"""One drafted sentence against the very words it cites: may it be read?

It is refused for any one of: nothing cited; a departure that the support judge finds (number, unit,
muscle, body part, drug, denial, opposite, certainty); a telling word that the cited words do not
hold; a hedge, limit, denial or condition of theirs that it lost; an order, cause, side or amount
turned round; words given to the wrong speaker, or to two at once; or what no reply may say. What is
left must look supported to the judge as well. Refusing costs little: the cited words are quoted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.lexis import Lexis, lexis, spelled
from assistant.checking.novelty import respelled
from assistant.checking.rules import RULES, Rule, Source
from assistant.judge.support import SupportJudge
from assistant.judge.verbatim import verbatim
from assistant.why import Fault

LONGEST = 45
"""Words of a sentence that is still easy to check, and to read."""
SURE = 0.3
"""Probability of support, 0 to 1, below which a sentence is refused whatever else was found."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sentence."""

    passed: bool
    faults: tuple[Fault, ...]
    """Why it was refused; empty when it passed."""
    probability: float = 0.0
    """How likely the judge holds it to be supported, 0 to 1; 0 when it was not asked."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks sentences; holds nothing of what it has seen."""

    judge: SupportJudge
    words: Lexis
    sure: float = SURE
    rules: tuple[Rule, ...] = RULES

    @classmethod
    def load(cls) -> "Checker":
        """With the committed weights and words. Raises JudgeError, RulesError."""
        return cls(SupportJudge.load(), lexis())

    def check(self, sentence: str, sources: Sequence[Source]) -> Verdict:
        """Whether the sources fully support a sentence and it gives their words to the right
        people.
        """
        if not sources:
            return _refused("it cites nothing")
        if len(sentence.split()) > LONGEST:
            return _refused("it is too long to be checked")
        if sentence.rstrip().endswith("?"):
            return _refused("it asks something")
        speakers = dict.fromkeys(source.speaker for source in sources)
        groups = [[s for s in sources if s.speaker == who] for who in speakers]
        found = [self._of_one(sentence, group) for group in groups]
        return next((each for each in found if not each.passed), found[0])

    def faults(self, sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
        """Everything the rules hold against a sentence that cites one speaker."""
        for rule in self.rules:
            yield from rule.faults(sentence, sources, self.words)

    def likelihood(self, sentence: str, cited: Sequence[str]) -> float:
        """How likely the judge holds it to be supported, 0 to 1, synonyms read as what is cited."""
        read = respelled(sentence, cited, self.words)
        return self.judge.likelihood(read, [spelled(each) for each in cited])

    def _of_one(self, sentence: str, sources: Sequence[Source]) -> Verdict:
        """Of one speaker's words."""
        cited = [source.words for source in sources]
        if verbatim(sentence, cited):
            return Verdict(True, (), 1.0)
        if faults := tuple(self.faults(sentence, sources)):
            return Verdict(False, faults)
        likely = self.likelihood(sentence, cited)
        if likely < self.sure:
            return _refused("too little of it is in what is cited", likely)
        return Verdict(True, (), likely)


def _refused(why: str, probability: float = 0.0) -> Verdict:
    return Verdict(False, (Fault(why),), probability)
