"""Figures as rows."""

import pytest

from eval.report.rows import aim_of, groups_of, in_digits, is_met
from tests.eval.report.made import figure


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (None, "–"),
        (0.0, "0.000"),
        (0.0001, "<.001"),
        (0.0005, "0.001"),
        (0.9994, "0.999"),
        (0.9999, ">.999"),
        (1.0, "1.000"),
        (1.25, "1.250"),
    ],
)
def test_what_is_not_quite_certain_does_not_read_so(value: float | None, digits: str) -> None:
    assert in_digits(value) == digits


def test_halves_of_a_figure_share_a_row_in_the_order_asked_for() -> None:
    (group,) = groups_of([figure("MRR", 0.5, "sealed"), figure("MRR", 0.6, "dev")])
    (row,) = group.rows
    assert list(row.by_half) == ["dev", "sealed"]


def test_a_name_does_not_repeat_its_group() -> None:
    (group,) = groups_of([figure("abstention F1", group="abstention")])
    assert group.rows[0].name == "F1"


def test_the_judge_is_no_half() -> None:
    figures = [figure(half="judge"), figure(half="dev")]
    assert list(groups_of(figures)[0].rows[0].by_half) == ["dev"]
    assert list(groups_of(figures, ("judge",))[0].rows[0].by_half) == ["judge"]


@pytest.mark.parametrize(
    ("value", "better", "met"),
    [
        (0.9, "higher", True),
        (0.89, "higher", False),
        (0.9, "lower", True),
        (0.91, "lower", False),
        (None, "higher", None),
    ],
)
def test_a_target_is_met_from_its_own_side(value: float | None, better: str, met: object) -> None:
    assert is_met(figure(value=value, better=better, target=0.9)) is met
    assert is_met(figure(value=value, better=better)) is None


def test_an_aim_reads_in_the_direction_of_better() -> None:
    figures = [figure("a", target=0.9), figure("b", better="lower", target=0.0), figure("c")]
    assert [aim_of(row) for row in groups_of(figures)[0].rows] == ["≥ 0.9", "≤ 0", ""]


@pytest.mark.parametrize(
    ("value", "target", "axis"),
    [
        (0.8, None, (0.5, 1.0)),  # 0.7 to 0.9
        (0.8, 0.4, (0.0, 1.0)),
        (0.2, None, (0.0, 0.5)),
        (0.5, None, (0.0, 1.0)),
        (1.5, None, (0.5, 1.6)),
        (None, None, (0.0, 1.0)),
    ],
)
def test_an_axis_holds_everything_of_its_group(
    value: float | None, target: float | None, axis: tuple[float, float]
) -> None:
    assert groups_of([figure(value=value, target=target)])[0].axis == axis
