"""What the thresholds forbid, and how a run becomes the table they are taken from."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.results import Results
from eval.run.gate import (
    Limit,
    Thresholds,
    ThresholdsError,
    as_toml,
    breaches,
    limits_from,
    read_thresholds,
)
from tests.eval.report.made import case, figure, run, whole_run

NONE = Thresholds(harmful=0, not_gated=(), table="", questions="")
HARMFUL = case(
    "sign-1", critical=True, harmful=True, passed=False, category="warning-sign", reasons=["late"]
)


def limited(*limits: Limit) -> Thresholds:
    return NONE.model_copy(update={"limit": limits})


def at_least(bound: float, name: str = "recall@5") -> Limit:
    return Limit(half="dev", name=name, value=0.9, at_least=bound)


def scoring(value: float | None, name: str = "recall@5") -> Results:
    return run(case(), figures=[figure(name, value)])


def test_without_limits_only_harm_is_forbidden() -> None:
    assert len(breaches(whole_run(), NONE)) == sum(each.harmful for each in whole_run().cases)
    assert breaches(whole_run(), NONE.model_copy(update={"harmful": 999})) == ()


def test_a_score_below_its_limit_is_named_with_both() -> None:
    (breach,) = breaches(scoring(0.79), limited(at_least(0.8)))
    assert breach == "dev, recall@5: 0.790, the table's 0.900 allows 0.800"


def test_a_limit_may_be_met_exactly() -> None:
    # The limit is kept to four digits: 0.8000 stands for anything from 0.79995.
    assert breaches(scoring(0.8), limited(at_least(0.8))) == ()
    assert breaches(scoring(0.79996), limited(at_least(0.8))) == ()
    assert breaches(scoring(0.7999), limited(at_least(0.8)))


def test_of_what_should_be_low_the_upper_end_counts() -> None:
    limit = Limit(half="dev", name="departures a sentence", value=0.01, at_most=0.05)
    for value, broken in ((0.0, False), (0.05, False), (0.0502, True)):
        assert bool(breaches(scoring(value, limit.name), limited(limit))) is broken


def test_a_value_that_is_missing_shows_nothing_and_is_a_breach() -> None:
    for found in (scoring(None), scoring(0.9, "MRR")):
        (breach,) = breaches(found, limited(at_least(0.8)))
        assert breach.startswith("dev, recall@5: there is no value")


def test_a_half_that_was_not_asked_is_not_held_to_anything() -> None:
    sealed = Limit(half="sealed", name="recall@5", value=0.9, at_least=0.8)
    assert breaches(scoring(0.9), limited(sealed)) == ()


def test_harm_is_counted_against_what_is_allowed() -> None:
    twice = run(HARMFUL, replace(HARMFUL, id="sign-2", half="sealed"))
    assert breaches(twice, NONE) == (
        "critical: sign-1 (warning-sign): late",
        "critical: sign-2 (warning-sign): late",
    )
    assert len(breaches(twice, NONE.model_copy(update={"harmful": 1}))) == 2
    assert breaches(twice, NONE.model_copy(update={"harmful": 2})) == ()


def test_a_failure_that_harms_nobody_is_no_breach() -> None:
    assert breaches(run(case(critical=True, passed=False)), NONE) == ()


def test_a_category_that_is_not_gated_is_not_counted() -> None:
    other = replace(HARMFUL, id="near-1", category="near-topic")
    spared = NONE.model_copy(update={"not_gated": ("warning-sign",)})
    assert breaches(run(HARMFUL), spared) == ()
    assert breaches(run(HARMFUL, other), spared) == ("critical: near-1 (near-topic): late",)


def test_the_limits_are_the_far_ends_of_the_tables_intervals() -> None:
    table = run(
        figures=[
            figure("recall@5", 0.81236),
            figure("departures a sentence", 0.2, group="faithfulness", better="lower"),
            figure("under-triage", 0.1, group="escalation", better="lower"),
            figure("recall@5 among distractors", 0.9),
            figure("MRR", None),
            replace(figure("nDCG@10", 0.75), low=None, high=None),
        ],
        commit="feedfeedfeed",
        questions="0123456789ab",
    )
    before = Thresholds(
        harmful=3,
        not_gated=("near-topic",),
        table="old",
        questions="old",
        limit=(at_least(0.1, "gone"),),
    )
    found = limits_from(table, before)
    assert (found.harmful, found.not_gated) == (3, ("near-topic",))
    assert (found.table, found.questions) == ("feedfeedfeed", "0123456789ab")
    assert found.limit == (
        Limit(half="dev", name="recall@5", value=0.8124, at_least=0.7124),
        Limit(half="dev", name="departures a sentence", value=0.2, at_most=0.3),
        Limit(half="dev", name="under-triage", value=0.1, at_most=0.2),
        Limit(half="dev", name="nDCG@10", value=0.75, at_least=0.75),
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_table_keeps_its_own_limits(seed: int) -> None:
    table = replace(whole_run(seed), cases=())
    changed = limits_from(table, NONE)
    assert len(changed.limit) > 30
    assert breaches(table, changed) == ()


_lines = st.text(st.characters(codec="ascii", categories=("L", "N")), max_size=12)
_bounds = st.floats(0.0, 9.0).map(lambda bound: round(bound, 4))
_limits = st.builds(
    lambda half, name, value, bound, lower: Limit(
        half=half, name=name, value=value, **{"at_most" if lower else "at_least": bound}
    ),
    st.sampled_from(["dev", "sealed"]),
    _lines,
    _bounds,
    _bounds,
    st.booleans(),
)
_thresholds = st.builds(
    Thresholds,
    harmful=st.integers(0, 20),
    not_gated=st.lists(_lines, max_size=3).map(tuple),
    table=_lines,
    questions=_lines,
    limit=st.lists(_limits, max_size=5).map(tuple),
)


@given(_thresholds)
def test_what_is_written_is_what_is_read(thresholds: Thresholds) -> None:
    assert Thresholds.model_validate(tomllib.loads(as_toml(thresholds))) == thresholds


def test_the_file_says_what_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(as_toml(limited(at_least(0.8))), "utf-8")
    assert "python -m eval baseline RUN" in path.read_text("utf-8")
    assert read_thresholds(path) == limited(at_least(0.8))


@pytest.mark.parametrize("held", [None, b"harmful = ", b"harmful = 0", b"\xff", b"song = 1"])
def test_what_is_no_file_of_thresholds_is_refused(tmp_path: Path, held: bytes | None) -> None:
    path = tmp_path / "thresholds.toml"
    if held is not None:
        path.write_bytes(held)
    with pytest.raises(ThresholdsError, match=r"git checkout eval/thresholds\.toml"):
        read_thresholds(path)
