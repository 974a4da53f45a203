"""One drafted sentence against the very words it cites: may it be read?

It is refused for any one of: nothing cited; a departure that the support judge finds (number, unit,
muscle, body part, drug, denial, opposite, certainty); a telling word that the cited words do not
hold; a hedge, limit, denial or condition of theirs that it lost; an order, cause, side or amount
turned round; words given to the wrong speaker, or to two at once; or what no reply may say. What is
left must look supported to the judge as well. Refusing costs little: the cited words are quoted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.advice import advised
from assistant.checking.denials import denied_otherwise
from assistant.checking.exchange import exchanged
from assistant.checking.lexis import Lexis, lexis, spelled, stems_of
from assistant.checking.limits import lost
from assistant.checking.novelty import excused, respelled, strange_signs, unsaid
from assistant.checking.roles import turned_round
from assistant.checking.voices import misattributed, named_in
from assistant.judge.departures import departures
from assistant.judge.support import SupportJudge
from assistant.judge.verbatim import verbatim

LONGEST = 45
"""Words of a sentence that is still easy to check, and to read."""
_STARTED = frozenset(stems_of("started asked original thread"))
"""How the runner who began a thread may be called."""
SURE = 0.3
"""Probability of support, 0 to 1, below which a sentence is refused whatever else was found."""


@dataclass(frozen=True, slots=True)
class Source:
    """One cited span: its words and who speaks there."""

    words: str
    speaker: tuple[str, str]
    """Document and speaker: what two people say is never put together."""
    forum: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sentence."""

    passed: bool
    reasons: tuple[str, ...]
    """Why it was refused, in plain words; empty when it passed."""
    probability: float = 0.0
    """How likely the judge holds it to be supported, 0 to 1; 0 when it was not asked."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks sentences; holds nothing of what it has seen."""

    judge: SupportJudge
    words: Lexis
    sure: float = SURE

    @classmethod
    def load(cls) -> "Checker":
        """With the committed weights and words. Raises JudgeError, RulesError."""
        return cls(SupportJudge.load(), lexis())

    def check(self, sentence: str, sources: Sequence[Source]) -> Verdict:
        """Whether the sources fully support a sentence and it gives their words to the right
        people.
        """
        if not sources:
            return Verdict(False, ("it cites nothing",))
        if len(sentence.split()) > LONGEST:
            return Verdict(False, ("it is too long to be checked",))
        if sentence.rstrip().endswith("?"):
            return Verdict(False, ("it asks something",))
        speakers = dict.fromkeys(source.speaker for source in sources)
        groups = [[s for s in sources if s.speaker == who] for who in speakers]
        found = [self._of_one(sentence, group) for group in groups]
        return next((each for each in found if not each.passed), found[0])

    def _of_one(self, sentence: str, sources: Sequence[Source]) -> Verdict:
        """Of one speaker's words."""
        cited = [source.words for source in sources]
        if verbatim(sentence, cited):
            return Verdict(True, (), 1.0)
        if reasons := tuple(self._faults(sentence, sources)):
            return Verdict(False, reasons)
        read = respelled(sentence, cited, self.words)
        likely = self.judge.likelihood(read, [spelled(each) for each in cited])
        if likely < self.sure:
            return Verdict(False, ("too little of it is in what is cited",), likely)
        return Verdict(True, (), likely)

    def _faults(self, sentence: str, sources: Sequence[Source]) -> Iterator[str]:
        cited, forum = [source.words for source in sources], sources[0].forum
        covered = excused(spelled(sentence), spelled("\n".join(cited)), self.words)
        for one in departures(sentence, cited):
            if one.kind == "certainty" and one.text in covered:
                continue  # "completely", where the cited words say "altogether"
            yield f"{one.kind.replace('_', ' ')}: {one.text}"
        voice = self.words.reporting | (
            self.words.forum_voice if forum else self.words.article_voice
        )
        if sources[0].speaker[1].startswith("original poster"):
            voice |= _STARTED
        named = named_in(sentence) if forum else frozenset[str]()
        if words := unsaid(sentence, cited, self.words, voice, named):
            yield f"not in what is cited: {', '.join(words)}"
        if signs := strange_signs(sentence, cited):
            yield f"signs that are not in what is cited: {signs}"
        yield from lost(sentence, cited, self.words)
        yield from denied_otherwise(sentence, cited, self.words)
        yield from advised(sentence, cited)
        yield from turned_round(sentence, cited, self.words)
        yield from exchanged(sentence, cited, self.words)
        yield from misattributed(sentence, cited, forum=forum)
