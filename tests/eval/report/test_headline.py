"""The run at a glance, its failures, and its trend."""

from dataclasses import replace

import pytest

from eval.measures.interval import wilson
from eval.report.failures import counted, failed, kinds_of, shielded
from eval.report.headline import EVERYTHING, by_category, headline_of
from eval.report.trend import trend_of
from tests.eval.report.made import case, figure, run


def test_the_headline_counts_by_half() -> None:
    found = headline_of(
        run(
            case("a-1"),
            case("a-2", passed=False, critical=True),
            case("a-3", "sealed", passed=False, critical=True, harmful=True),
            figures=[
                figure("a", 0.8, target=0.7),
                figure("b", 0.6, target=0.7),
                figure("c", None, target=0.7),
                figure("d", 0.6),
            ],
        )
    )
    assert (found.harmful, found.critical_asked) == (1, 2)
    assert [one.id for one in found.critical] == ["a-3", "a-2"]
    dev, sealed = found.halves
    assert (dev.right, dev.passed.scored, dev.met, dev.targets) == (1, 2, 1, 2)
    assert (sealed.right, sealed.passed.scored, sealed.met, sealed.targets) == (0, 1, 0, 0)


def test_categories_have_wilsons_interval() -> None:
    cases = [case(f"a-{n}", passed=n < 3) for n in range(4)]
    group = by_category([*cases, case("b-1", "sealed", category="off-topic")])
    assert [row.name for row in group.rows] == ["answerable", "off-topic"]
    share = group.rows[0].by_half["dev"]
    assert share.value == 0.75
    assert (share.low, share.high) == (wilson(3, 4).low, wilson(3, 4).high)
    assert list(group.rows[1].by_half) == ["sealed"]
    assert by_category([]).rows == ()


def test_kinds_of_failure_have_neither_words_nor_numbers() -> None:
    found = case(reasons=["makes 1 of 3 key facts", "makes 0 of 2 key facts", "beside it: words"])
    assert kinds_of(found) == ("makes n of n key facts", "beside it")
    assert counted(["b", "a", "b", "c"]) == [("b", 2), ("a", 1), ("c", 1)]


def test_failures_leave_out_what_passed_and_shield_what_is_sealed() -> None:
    open_case = replace(case("a-1", passed=False), question="Why?")
    sealed = replace(open_case, id="a-2", half="sealed", tags=("x",), message="m")
    assert failed([case("a-0"), open_case, sealed]) == (open_case, shielded(sealed))
    assert (shielded(sealed).question, shielded(sealed).tags, shielded(sealed).message) == (
        "",
        (),
        "",
    )


def test_a_trend_holds_runs_on_the_same_questions_oldest_first() -> None:
    now = run(case(), commit="cccc", committed_at="2026-11-22T09:00:00+00:00")
    # 23:00 in New York is 04:00 of the next day in UTC, an hour after the other.
    second = run(case(), commit="bbbb", committed_at="2026-11-20T23:00:00-05:00")
    first = run(case(), commit="aaaa", committed_at="2026-11-21T03:00:00+00:00")
    other = run(case(), commit="dddd", questions="other")
    rival = run(case(), commit="eeee", provider="rival")
    found = trend_of(now, [second, other, first, rival])
    assert [step.commit for step in found.steps] == ["aaaa", "bbbb", "cccc"]
    assert (found.other_questions, found.other_providers) == (1, 1)


def test_of_a_commit_measured_twice_the_last_run_stands() -> None:
    old = replace(run(case()), measured_at="2026-11-20T10:00:00+00:00")
    new = replace(run(case(passed=False)), measured_at="2026-11-20T12:00:00+00:00")
    (step,) = trend_of(old, [new]).steps
    passed = step.of(EVERYTHING, "dev")
    assert passed is not None
    assert passed.value == 0.0
    assert step.of("nothing of the kind", "dev") is None


@pytest.mark.parametrize("written", ["", "yesterday"])
def test_a_run_without_a_date_comes_first_or_by_its_measurement(written: str) -> None:
    undated = replace(run(case(), commit="aaaa"), committed_at="", measured_at=written)
    found = trend_of(run(case(), commit="bbbb"), [undated])
    assert [step.commit for step in found.steps] == ["aaaa", "bbbb"]


def test_only_figures_with_a_target_are_followed() -> None:
    figures = [figure("a", target=0.5), figure("b"), figure("a", half="sealed", target=0.5)]
    assert trend_of(run(case(), figures=figures), []).names == (EVERYTHING, "a")
