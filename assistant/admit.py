"""Whether there is an answer at all: the gate between finding and saying.

It never looks at the fused rank (the best of nothing ranks first too) nor at cosine alone.
"""

from dataclasses import dataclass

from assistant.bearing import Bearing
from assistant.evidence import Evidence


@dataclass(frozen=True, slots=True)
class AdmitSettings:
    """How sure Soleus must be that the shelf answers."""

    threshold: float = 0.4


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an ask is answered, and which signal decided."""

    admitted: bool
    decided_by: str
    sure: float = 0.0
    """Probability, 0 to 1, that the shelf answers; 0 where a rule says that it does not."""


def admit(evidence: Evidence, bearing: Bearing, settings: AdmitSettings) -> Verdict:
    """Decide whether the evidence answers its ask."""
    if not evidence.eligible:
        return Verdict(False, _why_none(evidence))
    ask, first, rulings = evidence.ask, evidence.eligible[0], bearing.rulings
    if not first.sentence.asked and (strange := _ruled_out(evidence, bearing)):
        return Verdict(False, strange)
    if first.doubt and (
        rulings.only_things(ask)  # nothing else in the ask could outweigh the doubt
        or rulings.figure_unsaid(ask, evidence.eligible)
        or rulings.other_part(ask, evidence.eligible)
    ):
        return Verdict(False, f"the nearest sentence {first.doubt}")
    sure = bearing.covered(evidence)
    said = f"{sure:.2f} sure that the shelf answers (bar {settings.threshold:.2f})"
    if sure >= settings.threshold:
        return Verdict(True, said, sure)
    if rulings.plainly_names(ask, evidence.eligible):
        return Verdict(True, f"a sentence speaks of all that was asked, though only {said}", sure)
    return Verdict(False, said, sure)


def _ruled_out(evidence: Evidence, bearing: Bearing) -> str:
    """Why rules alone refuse the ask; empty when they do not.

    They stand in for knowing what people ask to be told a sentence: where that is known, likeness
    to it decides, and rules would only refuse what it can tell.
    """
    ask, rulings = evidence.ask, bearing.rulings
    if strange := rulings.elsewhere(ask):
        return f"nothing on the shelf speaks of {' or '.join(strange)}"
    if rulings.wants_explaining(ask) and not any(
        rulings.explains(ask, candidate) for candidate in evidence.eligible
    ):
        return "the shelf names it but does not explain it"
    return ""


def _why_none(evidence: Evidence) -> str:
    if not evidence.candidates:
        return "no passage on the shelf shares a word or a meaning with the question"
    nearest = max(evidence.candidates, key=lambda candidate: candidate.score)
    return f"every sentence was ruled out; the nearest one {nearest.veto}"
