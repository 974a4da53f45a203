"""The checker taken apart: what it would do with fewer of its rules, or less sure a judge.

The rules are put back one by one, from the support judge alone to the checker as it ships, so that
it can be seen what each one catches and what it costs. That the last level is the checker itself
is held by a test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.check import LONGEST, Checker
from assistant.checking.rules import RULES as ALL
from assistant.judge.verbatim import verbatim
from eval.written.labelled import Labelled

FORM = "form"
"""Nothing cited, too long, a question: refused at every level."""
RULES = tuple(rule.name for rule in ALL)
"""In the order in which they are put back."""
LEVELS = ("judge alone", *(f"+ {rule}" for rule in RULES[:-1]), f"+ {RULES[-1]}: the checker")


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
            against.update(
                rule.name
                for rule in checker.rules
                if any(rule.faults(item.sentence, group, checker.words))
            )
            likely = min(likely, checker.likelihood(item.sentence, cited))
    passed = checker.check(item.sentence, item.sources).passed
    return Looked(item, frozenset(against), likely, passed)


def _malformed(item: Labelled) -> Iterator[str]:
    words = item.sentence.split()
    if not item.sources or len(words) > LONGEST or item.sentence.rstrip().endswith("?"):
        yield FORM
