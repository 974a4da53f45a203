"""The conditions of a rule, in a notation a clinician can read aloud.

    pain|cramp@leg & swelling@leg     both, each of a body part in the zone "leg"
    breathless & !hard_effort         no such thing said anywhere in the conversation

A finding counts when it is asserted: not denied, not supposed, not past and not over, unless its
concept says that the past counts (`history`) or that having passed off does not matter (`lasting`).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import RulesError
from assistant.guard.findings import Finding
from assistant.guard.lexicon import Concept, GuardLexicon

_EXCUSE_REACH = 24
"""Words an exception reaches: posts without full stops are one sentence and many matters."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a condition asks for."""

    concepts: frozenset[str]
    parts: frozenset[str]
    """Body parts it must belong to; empty where any will do."""
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Terms that must all hold."""

    terms: tuple[Term, ...]
    source: str


def parse_condition(text: str, lexicon: GuardLexicon) -> Condition:
    """A condition from its notation. Raises RulesError, naming it."""
    return Condition(tuple(_term(piece.strip(), lexicon, text) for piece in text.split("&")), text)


def _term(piece: str, lexicon: GuardLexicon, text: str) -> Term:
    absent = piece.startswith("!")
    concepts, _, zones = piece.removeprefix("!").partition("@")
    named = frozenset(concepts.split("|"))
    if unknown := sorted(named - lexicon.concepts.keys()):
        raise RulesError(f"Condition {text!r}: no lexicon has {unknown}.")
    parts: frozenset[str] = frozenset()
    for zone in zones.split("|") if zones else ():
        if zone not in lexicon.zones:
            raise RulesError(f"Condition {text!r}: no zone or body part is called {zone!r}.")
        parts |= lexicon.zones[zone]
    return Term(named, parts, absent)


def holds(
    condition: Condition,
    findings: Sequence[Finding],
    concepts: Mapping[str, Concept],
    unless: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """The findings that meet a condition, one or more for each term; empty if it is not met.

    A finding does not count near where one of `unless` is asserted in the same sentence.
    """
    excuses: dict[int, list[int]] = {}
    for each in findings:
        if each.concept in unless and _asserted(each, concepts[each.concept]):
            excuses.setdefault(each.sentence, []).append(each.start)
    met: list[Finding] = []
    for term in condition.terms:
        found = [
            finding
            for finding in findings
            if finding.concept in term.concepts
            and not _excused(finding, excuses)
            and (not term.parts or finding.part in term.parts)
            and _asserted(finding, concepts[finding.concept])
        ]
        if term.absent:
            if found:
                return ()
        elif not found:
            return ()
        else:
            met += found
    return tuple(met) if _of_one_person(met, concepts) else ()


def _excused(finding: Finding, excuses: Mapping[int, Sequence[int]]) -> bool:
    """Whether an exception stands near; places within a sentence are in order."""
    places = excuses.get(finding.sentence, ())
    begin = bisect_left(places, finding.start - _EXCUSE_REACH)
    return begin < len(places) and places[begin] <= finding.start + _EXCUSE_REACH


def _asserted(finding: Finding, concept: Concept) -> bool:
    if finding.denied or finding.supposed:
        return False
    if finding.past and not concept.history:
        return False
    return not finding.gone or concept.history or concept.lasting


def _of_one_person(met: Iterable[Finding], concepts: Mapping[str, Concept]) -> bool:
    """Whether no history is borrowed: a mother's clot says little of the reader's calf."""
    met = tuple(met)
    own = {f.concept for f in met if concepts[f.concept].personal}
    signs = [f for f in met if f.concept not in own]
    if not own or not signs or any(f.other for f in signs):
        return True
    return all(any(not f.other for f in met if f.concept == name) for name in own)
