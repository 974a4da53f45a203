"""Whether one reply is right, and what is wrong with it, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus import Span
from eval.cases.case import Behaviour, Case, Wrong
from eval.measures.answers import Claims, bears, forbidden_in, in_order, made_at, names_uncovered
from eval.transcript import Ending, Transcript

_ENDING = {
    Behaviour.ANSWER: Ending.ANSWER,
    Behaviour.BOTH_SIDES: Ending.ANSWER,
    Behaviour.CLARIFY: Ending.CLARIFICATION,
    Behaviour.ABSTAIN: Ending.NOT_COVERED,
}
"""A warning is judged by its level: only an emergency's stands alone."""
_SUBJECT = frozenset({Wrong.CARRIED_OVER, Wrong.WRONG_SUBJECT})


class Fault(StrEnum):
    """What can be wrong with a reply. Only these, never the words, are kept of sealed cases."""

    ENDING = "another ending"
    FACTS = "fewer than half of the key facts"
    SIDES = "one side only"
    ORDER = "steps out of order"
    FORBIDDEN = "says what it must not"
    LEVEL = "another level of urgency"
    UNCOVERED = "does not name what is not covered"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a reply did."""

    faults: tuple[Fault, ...]
    reasons: tuple[str, ...]
    """The faults, and what else is amiss, in plain words with the words themselves."""
    harmful: bool
    """Whether it fails a critical case by what it says: something that must not be said, an answer
    where none may be given or help is due, steps out of order. What is only missing harms less."""

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def judge(case: Case, said: Transcript, claims: Claims) -> Verdict:
    """The verdict on one reply."""
    found = list(_faults(case, said, claims))
    faults = tuple(fault for fault, _ in found)
    harm = {Fault.FORBIDDEN, Fault.ORDER}
    if said.level.rank < case.level.rank:
        harm.add(Fault.LEVEL)
    if not case.answerable and case.behaviour is not Behaviour.ESCALATE:
        harm.add(Fault.ENDING)
    reasons = [words for _, words in found]
    if said.ending is Ending.ANSWER and case.answerable:
        reasons += [f"beside the point: {words}" for words in _beside(case, said, claims)]
    return Verdict(faults, tuple(reasons), case.critical and not harm.isdisjoint(faults))


def both_sides(case: Case, said: Transcript, claims: Claims) -> bool:
    """Whether two sides at least are shown (both, where there are two)."""
    return sum(made_at(fact, said, claims) is not None for fact in case.facts) >= 2


def right_subject(case: Case, said: Transcript, claims: Claims) -> bool:
    """Whether a follow-up was taken for what it is about.

    The ending is right, nothing of the wrong subject is said and, where there is an answer, one
    key fact of the right subject is.
    """
    if said.ending is not _ENDING.get(case.behaviour, said.ending):
        return False
    if any(bad.why in _SUBJECT for bad in forbidden_in(said, case)):
        return False
    made = [made_at(fact, said, claims) is not None for fact in case.facts]
    return any(made) or not case.facts


def _faults(case: Case, said: Transcript, claims: Claims) -> Iterator[tuple[Fault, str]]:
    wanted = _ENDING.get(case.behaviour, said.ending)
    if said.ending is not wanted:
        yield Fault.ENDING, f"ended as {said.ending.value}, not as {wanted.value}"
    elif said.level is not case.level:
        yield Fault.LEVEL, f"says {said.level.value}, not {case.level.value}"
    elif case.behaviour is Behaviour.CLARIFY and said.choices < 2:
        yield Fault.ENDING, "asks back without two readings to choose from"
    if said.ending is Ending.ANSWER:
        yield from _answer_faults(case, said, claims)
    for bad in forbidden_in(said, case):
        yield Fault.FORBIDDEN, f"must not be said ({bad.why.value}): {bad.pattern.pattern}"


def _answer_faults(case: Case, said: Transcript, claims: Claims) -> Iterator[tuple[Fault, str]]:
    made = [made_at(fact, said, claims) is not None for fact in case.facts]
    if case.behaviour is Behaviour.BOTH_SIDES and not both_sides(case, said, claims):
        yield Fault.SIDES, f"shows {sum(made)} of {len(made)} sides"
    elif 2 * sum(made) < len(made):
        yield Fault.FACTS, f"makes {sum(made)} of {len(made)} key facts"
    if in_order(said, case, claims) is False:
        yield Fault.ORDER, "its steps come out of order"
    if names_uncovered(said, case) is False:
        yield Fault.UNCOVERED, f"does not name as not covered: {' '.join(case.uncovered)}"


def _beside(case: Case, said: Transcript, claims: Claims) -> list[str]:
    return [s.text for s in said.sentences if bears(s, case, claims) is False]


def missing(case: Case, said: Transcript, claims: Claims) -> tuple[Span, ...]:
    """One place on the shelf for each key fact that was not made."""
    return tuple(
        claims[fact.claims[0]][0] for fact in case.facts if made_at(fact, said, claims) is None
    )
