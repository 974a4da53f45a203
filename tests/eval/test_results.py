"""A run is kept whole and read whole, or refused in words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.results import FORMAT, Quoted, ResultsError, read_results, write_results
from tests.eval.report.made import case, figure, run, whole_run


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    for found in (run(), run(case(), figures=[figure(value=None)]), whole_run()):
        write_results(found, path)
        assert read_results(path) == found
    assert [each.name for each in tmp_path.iterdir()] == ["kept.json"]


def test_what_nobody_has_judged_stays_apart_from_no(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    sentences = tuple(Quoted("x", "", (), (), bears) for bears in (True, False, None))
    write_results(
        run(replace(case(scores={"a": None, "b": 0.0}), sentences=sentences)),
        path,
    )
    (kept,) = read_results(path).cases
    assert [one.bears for one in kept.sentences] == [True, False, None]
    assert kept.scores == {"a": None, "b": 0.0}


def test_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    write_results(run(commit="first"), path)
    write_results(run(commit="second"), path)
    assert read_results(path).commit == "second"


def test_a_run_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match=r"gone\.json cannot be read"):
        read_results(tmp_path / "gone.json")


@pytest.mark.parametrize("held", ["", "{", "[]", "{}", '{"format": 1, "commit": "x"}'])
def test_a_broken_run_is_refused_with_what_to_do(tmp_path: Path, held: str) -> None:
    path = tmp_path / "kept.json"
    path.write_text(held, "utf-8")
    with pytest.raises(ResultsError, match="Run anew: python -m eval"):
        read_results(path)


def test_a_run_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    write_results(whole_run(), path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ResultsError, match="is not a run"):
        read_results(path)


def test_another_format_is_refused_by_number(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    write_results(run(), path)
    kept = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**kept, "format": FORMAT + 1}), "utf-8")
    with pytest.raises(ResultsError, match=f"has format {FORMAT + 1}, not {FORMAT}"):
        read_results(path)
