"""The whole benchmark on the real thing, and what it says when a side does not come up."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.bench import measure
from eval.bench.measure import Bench, Built, Opened, Served, Side
from eval.bench.page import Page, PageError, free_port
from eval.bench.process import BenchError, running
from eval.bench.report import lines_of
from eval.bench.run import run_bench

QUESTIONS = ("is it ok to hang my heels off a kerb", "what helps against cramp at night")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_both_sides_are_built_opened_and_asked(
    real_artifacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = Bench.build

    def built(bench: Bench, side: Side) -> Built:
        if side == "peer":
            return build(bench, side)
        shutil.copytree(real_artifacts, bench.ours)  # built once for all tests
        return Built(1.0, 1)

    monkeypatch.setattr(Bench, "build", built)
    told: list[str] = []
    runs = run_bench(QUESTIONS, 1, told.append)
    assert [len(side) for side in (runs.served, runs.ours, runs.theirs)] == [1, 1, 1]
    assert len(runs.served[0].warm) == len(QUESTIONS)
    assert {
        "guard",
        "read",
        "encode",
        "search",
        "select",
        "compose",
        "total",
    } == set(runs.ours[0].stages)
    assert {"encode", "search", "total"} == set(runs.theirs[0].stages)
    assert all(len(times) == len(QUESTIONS) for times in runs.theirs[0].stages.values())
    assert all(line.ours > 0 for line in lines_of(runs))
    assert told[0] == "building both indexes"


def test_the_sides_are_measured_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def build(_self: Bench, side: Side) -> Built:
        done.append(f"build {side}")
        return Built(1.0, 1)

    def opened(_self: Bench, side: Side, questions: Sequence[str]) -> Opened:
        assert questions == QUESTIONS
        done.append(side)
        return Opened(1.0, {}, 1)

    def serve(_self: Bench, _questions: Sequence[str]) -> Served:
        done.append("page")
        return Served(1.0, 1.0, (), 1)

    monkeypatch.setattr(Bench, "build", build)
    monkeypatch.setattr(Bench, "open", opened)
    monkeypatch.setattr(Bench, "serve", serve)
    runs = run_bench(QUESTIONS, 2, lambda _: None)
    assert done == ["build ours", "build peer", *["page", "ours", "peer"] * 2]
    assert len(runs.served) == 2


def test_an_index_that_cannot_be_built_is_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOLEUS_ENCODER__MODEL", str(tmp_path / "nowhere"))
    with pytest.raises(BenchError, match="before it was built"):
        Bench(tmp_path / "ours", tmp_path / "peer").build("ours")


def test_a_side_without_an_index_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="before it was answered"):
        Bench(tmp_path / "none", tmp_path / "peer").open("ours", QUESTIONS)


def test_a_page_whose_process_ends_is_not_waited_for() -> None:
    with running(["-c", "pass"]) as process, pytest.raises(BenchError, match="doctor"):
        measure._wait_until_up(process, Page(free_port()))


def test_a_page_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "PATIENCE", 0.0)
    with running(["-c", "input()"]) as process, pytest.raises(BenchError, match="did not serve"):
        measure._wait_until_up(process, Page(free_port()))


def test_a_page_without_the_button_is_an_error_and_not_a_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other: dict[str, Any] = {
        "components": [{"id": 1, "props": {"elem_id": "other"}}],
        "dependencies": [{"id": 0, "targets": [[1, "click"]]}],
    }
    monkeypatch.setattr(Page, "_get", lambda _self, _path: other)
    with pytest.raises(PageError, match="no button"):
        Page(free_port()).seconds_to_first_sentence("anything?")


def test_a_page_that_goes_silent_is_an_error_and_not_a_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Page, "_send_event", lambda _self: (3, 2))
    monkeypatch.setattr(Page, "_post", lambda *_arguments: None)
    monkeypatch.setattr(Page, "_events", lambda *_arguments: iter([b'"close_stream"']))
    with pytest.raises(PageError, match="never answered 'anything"):
        Page(free_port()).seconds_to_first_sentence("anything?")
