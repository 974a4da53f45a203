"""Numbers with their units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.judge.quantities import Quantity, absent, quantities_in


def lacking(said: str, there: str) -> list[str]:
    return [str(one) for one in absent(quantities_in(said), quantities_in(there))]


def test_both_ends_of_a_range_have_its_unit() -> None:
    assert quantities_in("five to ten minutes") == {
        Quantity("5", "time", "minute"),
        Quantity("10", "time", "minute"),
    }


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("hold for thirty seconds", "Hold 30 s."),
        ("hold for 30", "Hold for 30 seconds."),
        ("2 times a day", "twice a day"),
        ("10%", "10 percent"),
        ("8-10 mm", "8 to 10 millimetres"),
        ("one minute", "1 min"),
        ("one of them ran", "they ran"),
    ],
)
def test_the_same_number_written_otherwise_is_there(said: str, there: str) -> None:
    assert lacking(said, there) == []


@pytest.mark.parametrize(
    ("said", "there", "found"),
    [
        ("hold for 30 minutes", "Hold for 30 seconds.", ["30 minute"]),
        ("hold for 60 seconds", "Hold for 30 seconds.", ["60 second"]),
        ("one week", "two weeks", ["1 week"]),
        ("400 mg", "400 g", ["400 milligram"]),
        ("9 of 24 runners", "8 of 24 runners", ["9"]),
    ],
)
def test_another_number_or_unit_is_absent(said: str, there: str, found: list[str]) -> None:
    assert lacking(said, there) == found


@given(st.text())
def test_nothing_is_absent_from_itself(text: str) -> None:
    assert lacking(text, text) == []
