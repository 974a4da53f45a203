"""Abstention scores against examples worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.abstention import Turned, curve, f1, precision, recall

# Should and did 2, should and did not 1, should not and did 2, neither 5.
TURNED = [
    *[Turned(True, True)] * 2,
    Turned(True, False),
    *[Turned(False, True)] * 2,
    *[Turned(False, False)] * 5,
]


def test_precision_recall_and_f1_by_hand() -> None:
    assert precision(TURNED) == 2 / 4
    assert recall(TURNED) == 2 / 3
    # 2 * (1/2 * 2/3) / (1/2 + 2/3) = 4/7
    assert f1(TURNED) == pytest.approx(4 / 7)


def test_where_nothing_was_turned_down_there_is_no_precision() -> None:
    never = [Turned(False, False)] * 3
    assert precision(never) is None
    assert recall(never) is None
    assert f1(never) is None
    assert f1([Turned(True, False)]) == 0.0


def test_the_curve_by_hand() -> None:
    # Sure 0.1 (should), 0.4 (should not), 0.6 (should), 0.9 (should not).
    turned = [
        Turned(True, True, 0.1),
        Turned(False, True, 0.4),
        Turned(True, False, 0.6),
        Turned(False, False, 0.9),
        Turned(True, False, None),
    ]
    found = [(at.bar, at.precision, at.recall) for at in curve(turned)]
    assert found == [
        (0.1, None, 0.0),
        (0.4, 1.0, 0.5),
        (0.6, 0.5, 0.5),
        (0.9, pytest.approx(2 / 3), 1.0),
        (1.01, 0.5, 1.0),
    ]


def test_no_curve_without_unanswerable_questions() -> None:
    assert curve([Turned(False, False, 0.5)]) == ()


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1))
def test_recall_never_falls_as_the_bar_rises(asked: list[tuple[bool, float]]) -> None:
    points = curve([Turned(should, False, sure) for should, sure in asked])
    recalls = [at.recall for at in points]
    assert recalls == sorted(recalls)
    assert not points or recalls[-1] == 1.0
