"""`python -m eval external NAME`, with public sets that are made up."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.external.names import NAMES
from eval.external.report import ExternalError, ExternalReport, Row


@dataclass(frozen=True)
class MadeUp:
    """A set that measures nothing."""

    name: str

    def run(self, data: Path) -> ExternalReport:
        if not (data / self.name).exists():
            raise ExternalError(f"{self.name} is not in {data.name}.")
        return ExternalReport(self.name, "what it is", (Row("ours", "F1", 0.25),))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with every set but none of their data."""
    for name in NAMES:
        (tmp_path / name).touch()
    monkeypatch.setattr("eval.external.names.module_of", MadeUp)
    monkeypatch.delenv("SOLEUS_EVAL_DATA", raising=False)
    return tmp_path


def test_one_set_is_printed_and_kept(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = data / "kept.json"
    assert main(["external", "begin", "--data", str(data), "--json", str(kept)]) == 0
    assert capsys.readouterr().out == "begin: what it is\n  ours  F1  0.250\n\n"
    report = json.loads(kept.read_text("utf-8"))
    assert report["format"] == 1
    assert [each["name"] for each in report["sets"]] == ["begin"]


def test_all_sets_come_in_their_order(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = data / "kept.json"
    assert main(["external", "all", "--data", str(data), "--json", str(kept)]) == 0
    printed = capsys.readouterr().out
    assert [line.split(":")[0] for line in printed.splitlines() if ": " in line] == list(NAMES)
    assert len(json.loads(kept.read_text("utf-8"))["sets"]) == len(NAMES)


def test_the_folder_may_come_from_the_environment(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOLEUS_EVAL_DATA", str(data))
    assert main(["external", "wice"]) == 0
    assert "wice: what it is" in capsys.readouterr().out


def test_a_set_whose_data_is_missing_is_an_error_and_nothing_is_kept(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / NAMES[-1]).unlink()
    kept = data / "kept.json"
    assert main(["external", "all", "--data", str(data), "--json", str(kept)]) == 1
    assert f"{NAMES[-1]} is not in" in capsys.readouterr().err
    assert not kept.exists()


def test_without_a_folder_nothing_is_measured(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["external", "wice"]) == 1
    told = capsys.readouterr()
    assert "--data DIR" in told.err
    assert told.out == ""
