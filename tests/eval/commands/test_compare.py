"""`python -m eval compare`: which runs are meant, and what is printed of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.commands.compare import kept_run
from eval.results import ResultsError, write_results
from tests.eval.report.made import case, run

Keep = Callable[..., Path]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Keeps a run of one case under a name."""

    def kept(commit: str, *, passed: bool = True, questions: str = "same") -> Path:
        path = tmp_path / f"{commit}.json"
        write_results(run(case(passed=passed), commit=commit, questions=questions), path)
        return path

    return kept


def test_a_run_is_named_by_its_path_its_commit_or_the_beginning_of_it(
    keep: Keep, tmp_path: Path
) -> None:
    path = keep("0123456789ab")
    keep("fedcba987654")
    for named in (str(path), "0123456789ab", "0123"):
        assert kept_run(named, tmp_path).commit == "0123456789ab"


def test_a_whole_name_is_meant_although_another_begins_with_it(keep: Keep, tmp_path: Path) -> None:
    keep("0123456789ab")
    keep("0123456789ab-dirty")
    assert kept_run("0123456789ab", tmp_path).commit == "0123456789ab"
    assert kept_run("0123456789ab-d", tmp_path).commit == "0123456789ab-dirty"
    with pytest.raises(ResultsError, match="2 kept runs are called 0123456789"):
        kept_run("0123456789", tmp_path)


@pytest.mark.parametrize("named", ["nobody", "/nowhere/run", "*", "../x"])
def test_a_name_that_no_run_has_is_refused_with_those_there_are(
    keep: Keep, tmp_path: Path, named: str
) -> None:
    with pytest.raises(ResultsError, match="There are: none"):
        kept_run(named, tmp_path)
    keep("aaa")
    keep("bbb")
    with pytest.raises(ResultsError, match="There are: aaa, bbb"):
        kept_run(named, tmp_path)


def test_what_turned_is_printed_and_kept(
    keep: Keep, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = keep("aaa", passed=False), keep("bbb")
    kept = tmp_path / "found.json"
    assert main(["compare", str(before), str(after), "--json", str(kept)]) == 0
    printed = capsys.readouterr().out
    assert "A  Soleus at aaa" in printed
    assert "now right: answer-1" in printed
    assert json.loads(kept.read_text("utf-8"))["changed"][0]["now_right"] == ["answer-1"]


def test_other_questions_are_compared_only_if_told_to(
    keep: Keep, capsys: pytest.CaptureFixture[str]
) -> None:
    both = [str(keep("aaa")), str(keep("bbb", questions="others"))]
    assert main(["compare", *both]) == 1
    told = capsys.readouterr()
    assert "--anyway" in told.err
    assert told.out == ""
    assert main(["compare", *both, "--anyway"]) == 0
    assert "The questions differ" in capsys.readouterr().out


def test_a_run_that_is_not_there_could_not_be_measured(
    keep: Keep, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", str(keep("aaa")), str(tmp_path / "gone.json")]) == 1
    assert "gone.json cannot be read" in capsys.readouterr().err
