"""The checker taken apart: what it would do with fewer of its rules, or less sure a judge.

The rules are put back one by one, from the support judge alone to the checker as it ships, so that
it can be seen what each one catches and what it costs. That the last level is the checker itself
is held by a test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.check import LONGEST, Checker, Source
from assistant.checking.lexis import spelled
from assistant.checking.limits import lost
from assistant.checking.novelty import excused, unsaid
from assistant.checking.roles import turned_round
from assistant.checking.voices import misattributed
from assistant.judge.departures import departures
from assistant.judge.verbatim import verbatim
from eval.written.labelled import Labelled

FORM = "form"
"""Nothing cited, too long, a question: refused at every level."""
OTHERS = "others"
"""Rules of the checker that are not looked at one by one here."""
RULES = ("departures", "novelty", "limits", "roles", "voices", OTHERS)
"""In the order in which they are put back."""
LEVELS = ("judge alone", *(f"+ {rule}" for rule in RULES[:-1]), f"+ {OTHERS}: the checker")


@dataclass(frozen=True, slots=True)
class Looked:
    """One labelled sentence, and everything the checker holds against it."""

    item: Labelled
    against: frozenset[str]
    """Rules that refuse it, each by itself."""
    likely: float
    """How likely the judge holds it to be supported by what it cites, 0 to 1; of several speakers
    the least."""
    passed: bool
    """What the checker itself says."""

    def passes(self, rules: Sequence[str], sure: float) -> bool:
        """Whether it would be shown if there were only these rules and this threshold."""
        return self.likely >= sure and self.against.isdisjoint((FORM, *rules))


def rules_of(level: int) -> tuple[str, ...]:
    """The rules of a level, 0 for the judge alone."""
    return RULES[:level]


def look(labelled: Sequence[Labelled], checker: Checker) -> tuple[Looked, ...]:
    """Each sentence held against every rule, whatever the others say."""
    return tuple(_looked(item, checker) for item in labelled)


def _looked(item: Labelled, checker: Checker) -> Looked:
    against, likely = set(_malformed(item)), 1.0
    for who in dict.fromkeys(source.speaker for source in item.sources):
        group = [source for source in item.sources if source.speaker == who]
        cited = [source.words for source in group]
        if not verbatim(item.sentence, cited):
            against.update(_against(item.sentence, cited, group[0], checker))
            likely = min(likely, checker.judge.likelihood(item.sentence, cited))
    passed = checker.check(item.sentence, item.sources).passed
    if not passed and not against and likely >= checker.sure:
        against.add(OTHERS)
    return Looked(item, frozenset(against), likely, passed)


def _malformed(item: Labelled) -> Iterator[str]:
    words = item.sentence.split()
    if not item.sources or len(words) > LONGEST or item.sentence.rstrip().endswith("?"):
        yield FORM


def _against(
    sentence: str, cited: Sequence[str], source: Source, checker: Checker
) -> Iterator[str]:
    """As the checker puts them together."""
    words = checker.words
    covered = excused(spelled(sentence), spelled("\n".join(cited)), words)
    if [
        one
        for one in departures(sentence, cited)
        if not (one.kind == "certainty" and one.text in covered)
    ]:
        yield "departures"
    voice = words.reporting | (words.forum_voice if source.forum else words.article_voice)
    if unsaid(sentence, cited, words, voice):
        yield "novelty"
    if lost(sentence, cited, words):
        yield "limits"
    if turned_round(sentence, cited, words):
        yield "roles"
    if misattributed(sentence, cited, forum=source.forum):
        yield "voices"
