"""Figures added up by hand."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from eval.cases.case import Case
from eval.measures.interval import bootstrap, wilson
from eval.results import CurvePoint, Figure
from eval.run.figures import Scored, curve_of, figures_of
from eval.run.scoring import MEASURES
from eval.transcript import Transcript
from tests.eval.cases.made_up import ABSTAIN, case_of
from tests.eval.run.replies import HOLD, QUIET, answer, quote

TELLS = answer(quote(HOLD))


@pytest.fixture
def answerable(tmp_path: Path) -> Case:
    return case_of(tmp_path)


def unanswerable(folder: Path, kind: str) -> Case:
    return case_of(folder, **{**ABSTAIN, "tags": [kind]})


def named(found: tuple[Figure, ...]) -> Mapping[str, Figure]:
    return {figure.name: figure for figure in found}


def of_scores(case: Case, name: str, *values: float | None) -> Figure:
    scored = [Scored(case, TELLS, {name: value}) for value in values]
    return named(figures_of("dev", scored))[name]


def test_yes_or_no_has_wilsons_interval(answerable: Case) -> None:
    # 3 of 4: with z = 1.96, (0.75 + 0.4802 -+ 0.6408) / 1.9604, which is 0.3006 and 0.9544.
    found = of_scores(answerable, "right replies", 1.0, 0.0, 1.0, 1.0)
    assert found.value == 0.75
    assert found.low == pytest.approx(0.3006, abs=1e-4)
    assert found.high == pytest.approx(0.9544, abs=1e-4)
    assert (found.scored, found.unscored) == (4, 0)
    assert (found.half, found.group, found.better) == ("dev", "answers", "higher")


@pytest.mark.parametrize("every", [0.0, 1.0])
def test_nothing_is_certain_after_three_cases(answerable: Case, every: float) -> None:
    found = of_scores(answerable, "recall@5", every, every, every)
    ends = wilson(round(3 * every), 3)
    assert (found.value, found.low, found.high) == (every, ends.low, ends.high)
    assert ends.high - ends.low > 0.5


def test_shares_have_a_bootstrapped_interval(answerable: Case) -> None:
    found = of_scores(answerable, "key facts", 0.5, 1.0, 0.0, 0.5)
    ends = bootstrap([0.5, 1.0, 0.0, 0.5])
    assert (found.value, found.low, found.high) == (0.5, ends.low, ends.high)
    assert 0.0 < ends.low < 0.5 < ends.high < 1.0


def test_what_could_not_be_scored_is_counted_and_is_in_no_mean(answerable: Case) -> None:
    found = of_scores(answerable, "relevance", 1.0, None, 0.0, None, None)
    assert (found.value, found.scored, found.unscored) == (0.5, 2, 3)


def test_nothing_scored_is_no_nought(answerable: Case) -> None:
    none = of_scores(answerable, "relevance", None, None)
    assert (none.value, none.low, none.high) == (None, None, None)
    assert (none.scored, none.unscored) == (0, 2)
    absent = named(figures_of("dev", [Scored(answerable, TELLS, {})]))["relevance"]
    assert (absent.value, absent.scored, absent.unscored) == (None, 0, 0)


def test_every_measure_is_there_with_its_aim(answerable: Case) -> None:
    found = named(figures_of("sealed", [Scored(answerable, TELLS, {})]))
    for measure in MEASURES:
        figure = found[measure.name]
        assert (figure.half, figure.target) == ("sealed", measure.target)
        assert (figure.group, figure.better) == (measure.group, measure.better)


@pytest.fixture
def turned(tmp_path: Path, answerable: Case) -> list[Scored]:
    """Off-topic: 1 of 2 abstained from; near-topic: 2 of 3; answerable: 1 of 4."""
    follow_up = case_of(tmp_path, **{**ABSTAIN, "tags": ["multi-turn"]})
    told: list[tuple[Case, Transcript]] = [
        (unanswerable(tmp_path, "off-topic"), QUIET),
        (unanswerable(tmp_path, "off-shelf-running"), TELLS),
        *((unanswerable(tmp_path, "near-topic"), said) for said in (QUIET, QUIET, TELLS)),
        *((answerable, said) for said in (QUIET, TELLS, TELLS, TELLS)),
        (follow_up, QUIET),  # of no kind: in none of these figures
    ]
    return [Scored(case, said, {}) for case, said in told]


@pytest.mark.parametrize(
    ("which", "precision", "recall", "f1", "scored"),
    [
        # 4 abstained from, 3 of them rightly, of 5: F1 is 2 * 3 / (4 + 5).
        ("", 3 / 4, 3 / 5, 6 / 9, 9),
        # 2 abstained from (one answerable), 1 rightly, of 2: 2 / (2 + 2).
        (", off-topic", 1 / 2, 1 / 2, 2 / 4, 6),
        # 3 abstained from (the same answerable one), 2 rightly, of 3: 4 / (3 + 3).
        (", near-topic", 2 / 3, 2 / 3, 4 / 6, 7),
    ],
)
def test_abstention_is_scored_apart_by_kind(
    turned: list[Scored], which: str, precision: float, recall: float, f1: float, scored: int
) -> None:
    found = named(figures_of("dev", turned))
    for measure, value in (("precision", precision), ("recall", recall), ("F1", f1)):
        figure = found[f"abstention {measure}{which}"]
        assert figure.value == pytest.approx(value)
        assert figure.scored == scored
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= value <= figure.high


def test_only_the_kinds_have_an_aim(turned: list[Scored]) -> None:
    found = named(figures_of("dev", turned))
    assert found["abstention F1, off-topic"].target == 0.95
    assert found["abstention F1, near-topic"].target == 0.80
    assert found["abstention F1"].target is None


def test_abstention_without_questions_has_no_value(answerable: Case) -> None:
    found = named(figures_of("dev", [Scored(answerable, TELLS, {})]))
    assert found["abstention recall"].value is None
    assert found["abstention F1"].low is None


def sure(said: Transcript, probability: float | None) -> Transcript:
    return Transcript(said.ending, said.level, said.sentences, sure=probability)


def test_the_curve_by_hand(tmp_path: Path, answerable: Case) -> None:
    near = unanswerable(tmp_path, "near-topic")
    scored = [
        Scored(near, sure(QUIET, 0.2), {}),
        Scored(answerable, sure(QUIET, 0.4), {}),
        Scored(near, sure(TELLS, 0.6), {}),
        Scored(answerable, sure(TELLS, 0.9), {}),
    ]
    found = curve_of("dev", scored)
    assert found is not None
    assert found.half == "dev"
    # Below 0.2 none; below 0.4 one of the two, rightly; below 0.6 one of two; then both of three.
    assert found.points == (
        CurvePoint(0.2, None, 0.0),
        CurvePoint(0.4, 1.0, 0.5),
        CurvePoint(0.6, 0.5, 0.5),
        CurvePoint(0.9, 2 / 3, 1.0),
        CurvePoint(1.01, 0.5, 1.0),
    )
    # What was done: two abstained from, one rightly; one of the two that should have been.
    assert found.working == CurvePoint(0.5, 0.5, 0.5)


def test_without_a_probability_or_an_unanswerable_question_there_is_no_curve(
    tmp_path: Path, answerable: Case
) -> None:
    near = unanswerable(tmp_path, "near-topic")
    assert curve_of("dev", [Scored(near, QUIET, {}), Scored(answerable, TELLS, {})]) is None
    assert curve_of("dev", [Scored(answerable, sure(TELLS, 0.9), {})]) is None
