"""Every scoring of the sealed half is counted, or it does not take place."""

import json
from pathlib import Path

import pytest

from eval.cases.case import CasesError
from eval.cases.seal import NAME, count_sealed_run, sealed_runs


def test_runs_are_counted_and_kept(tmp_path: Path) -> None:
    assert sealed_runs(tmp_path) == 0
    assert count_sealed_run("abc", "Soleus", "123", tmp_path) == 1
    assert count_sealed_run("def", "Soleus", "123", tmp_path) == 2
    assert sealed_runs(tmp_path) == 2
    kept = json.loads((tmp_path / NAME).read_text("utf-8"))["runs"]
    assert [run["commit"] for run in kept] == ["abc", "def"]
    assert list(tmp_path.iterdir()) == [tmp_path / NAME]


def test_a_broken_record_is_not_started_anew(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("[]", "utf-8")
    with pytest.raises(CasesError, match="git checkout"):
        count_sealed_run("abc", "Soleus", "123", tmp_path)
    assert (tmp_path / NAME).read_text("utf-8") == "[]"


def test_what_cannot_be_counted_is_not_scored(tmp_path: Path) -> None:
    with pytest.raises(CasesError, match="cannot be written"):
        count_sealed_run("abc", "Soleus", "123", tmp_path / "gone")
