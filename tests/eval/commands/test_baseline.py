"""`python -m eval baseline RUN`: a kept run becomes the table that must not be fallen below."""

from pathlib import Path

import pytest

from eval.__main__ import main
from eval.results import write_results
from eval.run.gate import Thresholds, as_toml, breaches, read_thresholds
from tests.eval.report.made import figure, run


@pytest.fixture
def thresholds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that already says what else stops a release."""
    path = tmp_path / "thresholds.toml"
    before = Thresholds(harmful=2, not_gated=("near-topic",), table="old", questions="old")
    path.write_text(as_toml(before), "utf-8")
    monkeypatch.setattr("eval.commands.baseline.PATH", path)
    monkeypatch.setattr("eval.commands.baseline.read_thresholds", lambda: read_thresholds(path))
    return path


def test_the_table_becomes_the_limits_and_the_rest_stays(
    thresholds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = run(figures=[figure("recall@5", 0.8), figure("MRR", None)], commit="newcommit")
    write_results(table, tmp_path / "table.json")
    assert main(["baseline", str(tmp_path / "table.json")]) == 0
    found = read_thresholds(thresholds)
    assert (found.harmful, found.not_gated, found.table) == (2, ("near-topic",), "newcommit")
    (limit,) = found.limit
    assert (limit.name, limit.value, limit.at_least) == ("recall@5", 0.8, 0.7)  # 0.1 to each side
    assert breaches(table, found) == ()
    assert "1 limits from newcommit" in capsys.readouterr().out


def test_without_such_a_run_nothing_changes(
    thresholds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = thresholds.read_bytes()
    assert main(["baseline", str(tmp_path / "gone.json")]) == 1
    assert "gone.json" in capsys.readouterr().err
    assert thresholds.read_bytes() == before


def test_broken_thresholds_are_not_written_over(
    thresholds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    thresholds.write_text("harmful = 0\n", "utf-8")
    write_results(run(), tmp_path / "table.json")
    assert main(["baseline", str(tmp_path / "table.json")]) == 1
    assert "Restore it" in capsys.readouterr().err
    assert thresholds.read_text("utf-8") == "harmful = 0\n"
