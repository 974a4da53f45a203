"""A run goes on where it was stopped, unless what was asked or who checks has changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import LlmSettings
from eval.cases.case import Case, Half
from eval.run.evaluate import digest_of
from eval.written.going import Going, GoingError, going_of, short_name
from eval.written.run import Questions
from eval.written.sample import sample_of
from tests.eval.cases.made_up import ABSTAIN, case_of
from tests.eval.written.made import ran

LLM = LlmSettings(base_url="http://127.0.0.1:1/v1", model="small")


def test_what_is_done_is_read_back_as_it_was(tmp_path: Path) -> None:
    going = Going(tmp_path / "new" / "run.jsonl")
    assert going.done() == {}
    runs = [ran(), ran("ans-2", Half.SEALED)]
    for run in runs:
        going.add(run)
    assert list(going.done().values()) == runs
    going.forget()
    going.forget()
    assert going.done() == {}


def test_a_line_cut_off_by_a_kill_costs_one_question(tmp_path: Path) -> None:
    going = Going(tmp_path / "run.jsonl")
    for name in ("ans-1", "ans-2"):
        going.add(ran(name))
    whole = going.path.read_bytes()
    going.path.write_bytes(whole[:-40])
    going.add(ran("ans-3"))
    assert list(going.done()) == ["ans-1", "ans-3"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(GoingError, match="cannot be written"):
        Going(tmp_path / "file" / "run.jsonl").add(ran())


def test_other_settings_are_another_run_and_prices_are_not(tmp_path: Path) -> None:
    mine = going_of(tmp_path, "small", LLM).path
    assert going_of(tmp_path, "small", LLM).path == mine
    dearer = LLM.model_copy(update={"price_in": 5.0})
    assert going_of(tmp_path, "small", dearer).path == mine
    warmer = LLM.model_copy(update={"temperature": 0.7})
    assert going_of(tmp_path, "small", warmer).path != mine
    assert going_of(tmp_path, "other", LLM).path != mine


def test_a_question_that_changed_is_asked_again(tmp_path: Path) -> None:
    before = case_of(tmp_path / "one")
    after = case_of(tmp_path / "two", question="how long do i hold it now??")
    going = Going(tmp_path / "run.jsonl")
    going.add(replace(ran(before.id), digest=digest_of([before])))
    assert Questions((before,), going).left() == ()
    assert len(Questions((before,), going).runs()) == 1
    assert Questions((after,), going).left() == ((0, after),)
    assert Questions((after,), going).runs() == ()


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    folder = tmp_path_factory.mktemp("cases")
    dev = [case_of(folder, id=f"ans-{n}") for n in range(9)]
    sealed = [case_of(folder, Half.SEALED, id=f"ans-{n}") for n in range(20, 24)]
    return (*dev, *sealed, case_of(folder, **ABSTAIN))


@given(st.integers(0, 20), st.integers(0, 20))
def test_a_larger_sample_begins_with_the_smaller(
    cases: tuple[Case, ...], one: int, other: int
) -> None:
    small, large = sorted((one, other))
    assert sample_of(cases, large)[:small] == sample_of(cases, small)
    assert len(sample_of(cases, large)) == min(large, 13)
    assert all(case.answerable for case in sample_of(cases, large))


def test_both_halves_are_asked_by_turns(cases: tuple[Case, ...]) -> None:
    halves = [case.half for case in sample_of(cases, 8)]
    assert halves == [Half.DEV, Half.SEALED] * 4


def test_in_either_half_every_other_question_is_asked_unchecked_first(
    cases: tuple[Case, ...], tmp_path: Path
) -> None:
    sample = sample_of(cases, 8)
    left = Questions(sample, Going(tmp_path / "run.jsonl")).left()
    for half in Half:
        assert [place for place, case in left if case.half is half] == [0, 1, 2, 3]


def test_a_models_name_makes_a_files_name() -> None:
    assert short_name("Qwen2.5: 0.5B/instruct") == "qwen2.5-0.5b-instruct"
    assert short_name("../..") == "model"
