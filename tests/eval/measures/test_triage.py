"""Under- and over-triage are told apart and never traded."""

import pytest

from eval.cases.case import Level
from eval.measures.triage import over_triaged, under_triaged


@pytest.mark.parametrize(
    ("wanted", "got", "under", "over"),
    [
        (Level.SELF_CARE, Level.SELF_CARE, None, False),
        (Level.SELF_CARE, Level.EMERGENCY, None, True),
        (Level.SEE_PROFESSIONAL, Level.SELF_CARE, True, False),
        (Level.URGENT, Level.SEE_PROFESSIONAL, True, False),
        (Level.URGENT, Level.EMERGENCY, False, True),
        (Level.EMERGENCY, Level.URGENT, True, None),
        (Level.EMERGENCY, Level.EMERGENCY, False, None),
    ],
)
def test_triage(wanted: Level, got: Level, under: bool | None, over: bool | None) -> None:
    assert under_triaged(wanted, got) is under
    assert over_triaged(wanted, got) is over
