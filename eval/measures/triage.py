"""Under-triage and over-triage: too little alarm and too much, never averaged together.

Terms as in emergency medicine: under-triage sends somebody home who should have been seen;
over-triage sends a tired calf to hospital. The first can cost a life, the second costs trust.
"""

from eval.cases.case import Level


def under_triaged(wanted: Level, got: Level) -> bool | None:
    """Whether the reply asks for less haste than it must; None where none is called for."""
    return None if wanted is Level.SELF_CARE else got.rank < wanted.rank


def over_triaged(wanted: Level, got: Level) -> bool | None:
    """Whether it asks for more; None for an emergency, above which there is nothing."""
    return None if wanted is Level.EMERGENCY else got.rank > wanted.rank
