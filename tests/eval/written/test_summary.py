"""Runs added up: shares that fit together, costs, and what is said where nothing was asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.card import ModelCard
from assistant.settings import LlmSettings
from eval.cases.case import Half
from eval.run.build import Build
from eval.written.case_run import Came, CaseRun, Sentences
from eval.written.model_report import ModelReport, model_report, write_model_report
from eval.written.model_table import table_of
from eval.written.summary import Spread, summarise
from tests.eval.written.made import ran, sentences, times

LLM = LlmSettings(base_url="http://127.0.0.1:1/v1", model="small", price_in=2.0, price_out=8.0)


@st.composite
def _runs(draw: st.DrawFn) -> CaseRun:
    passed, replaced, dropped = (draw(st.integers(0, 12)) for _ in range(3))
    counted = sentences(passed, replaced, dropped)
    supported = draw(st.integers(0, counted.drafted))
    came = Came.WORDED if passed else draw(st.sampled_from([Came.QUOTES, Came.NOT_ASKED]))
    return ran(
        half=draw(st.sampled_from(list(Half))),
        came=came,
        counted=replace(counted, drafted_supported=supported),
        took=times(draw(st.floats(0.1, 100)), draw(st.none() | st.floats(0.01, 0.1))),
        failure=draw(st.sampled_from(["", "slow", "garbage"])),
    )


@given(st.lists(_runs(), min_size=1))
def test_shares_add_up_to_one(runs: list[CaseRun]) -> None:
    for half in Half:
        found = summarise(runs, half, LLM)
        mine = [run for run in runs if run.half is half]
        assert (found is None) is (not mine)
        if found is None:
            continue
        asked = found.asked - found.not_asked
        assert (found.worded.n if found.worded else 0) == asked
        assert sum(found.failures.values()) <= asked
        if found.drafting:
            parts = found.drafting
            shares = (parts.passed, parts.replaced, parts.dropped)
            assert sum(share.value for share in shares) == pytest.approx(1.0)
            assert {share.n for share in (*shares, parts.before)} == {parts.passed.n}


def test_what_is_not_asked_is_in_no_figure() -> None:
    found = summarise([ran(), ran("ans-2", came=Came.NOT_ASKED)], Half.DEV, LLM)
    assert found is not None
    assert (found.asked, found.not_asked) == (2, 1)
    assert found.key_facts.worded is not None
    assert found.key_facts.worded.n == 1


def test_a_half_in_which_no_model_was_asked_has_no_figures_and_a_table_all_the_same() -> None:
    runs = (ran(came=Came.NOT_ASKED),)
    found = summarise(runs, Half.DEV, LLM)
    assert found is not None
    assert (found.drafting, found.worded, found.tokens_in) == (None, None, None)
    assert (found.cost_per_1000, found.timing.checking) == (0.0, None)
    assert any("none to count" in line for line in table_of(report(*runs)))


def test_tokens_cost_what_the_settings_say() -> None:
    found = summarise([ran()], Half.DEV, LLM)
    assert found is not None
    assert found.cost_per_1000 == pytest.approx(1000 * (500 * 2 + 100 * 8) / 1e6)


def test_our_own_work_is_held_against_waiting_for_the_model() -> None:
    found = summarise([ran(took=times(11.0)), ran("ans-2", took=times(22.0))], Half.DEV, LLM)
    assert found is not None
    assert found.timing.checking == pytest.approx(0.1)


def test_a_draft_whose_prompt_was_read_already_is_not_timed() -> None:
    runs = [
        ran("one", first="raw", took=replace(times(30.0), raw_end=20.0)),
        ran("two", first="checked", took=replace(times(40.0), raw_end=10.0)),
    ]
    found = summarise(runs, Half.DEV, LLM)
    assert found is not None
    assert (found.timing.end, found.timing.raw_end) == (Spread(40, 40, 1), Spread(20, 20, 1))


def test_late_is_who_has_nothing_to_show_at_the_deadline() -> None:
    slow = LLM.model_copy(update={"deadline": 3.0})
    runs = [
        ran("in-time", took=times(9.0, shown=2.9)),
        ran("late", took=times(9.0, shown=3.1)),
        ran("over-in-time", took=times(2.0, shown=None)),
        ran("never", took=times(9.0, shown=None)),
    ]
    found = summarise(runs, Half.DEV, slow)
    assert found is not None
    assert found.timing.late is not None
    assert (found.timing.late.k, found.timing.late.n) == (2, 4)


def report(*runs: CaseRun) -> ModelReport:
    return model_report(
        ModelCard("Small: 0.5b/q4"),
        LLM,
        runs,
        Build("0123456789ab", ""),
        measured_at="2026-11-26T12:00:00+00:00",
        questions="0" * 12,
        sealed_runs=3,
    )


def test_what_is_kept_holds_no_words_and_is_named_after_the_model(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    kept = write_model_report(
        report(ran(), ran("ans-2", Half.SEALED)), tmp_path_factory.mktemp("runs") / "new"
    )
    assert kept.name == "small-0.5b-q4.json"
    text = kept.read_text("utf-8")
    assert "ans-2" in text
    for words in ("how long?", "Quoted words.", "Worded words."):
        assert words not in text


def test_the_table_says_that_the_judge_takes_part() -> None:
    told = "\n".join(table_of(report(ran(), ran("ans-2", failure="slow"))))
    assert "nearly 1 by construction" in told
    assert "failures of the model      slow: 1" in told
    assert "quoted 100.0 %" in told
    assert "4 written, 4 quoted" in told
    assert "1.80 USD" in told
    assert "10.0 % of waiting for the model (aim: at most 15 %, held)" in told
    assert "Sealed scored 3 times" in told


def test_a_model_that_drafts_nothing_is_no_division_by_nothing() -> None:
    nothing = Sentences(0, 0, 0, {}, 0, 0, 0, 0, 0)
    found = summarise([ran(came=Came.QUOTES, counted=nothing)], Half.DEV, LLM)
    assert found is not None
    assert found.drafting is None
