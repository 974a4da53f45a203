"""`python -m eval written`, over labelled sentences made up for it."""

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.cases.seal import sealed_runs
from eval.run.build import Build
from eval.written.gate import Gate, Halves, Least
from eval.written.report import WrittenResultsError, read_report
from tests.eval.rivals.shelf import HEELS, document
from tests.eval.written.made import DRAFT, LIE, write_rows

TRUE = {**LIE, "id": "d-2", "kind": "shortened", "supported": True, "sentence": "Then walk about."}
TRUE["cites"] = [{"document": "heels", "quote": "Then walk about."}]
HIDDEN = "Heels up for an hour, one hears."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Both halves and some drafts; nothing is read or written outside the folder."""
    write_rows(tmp_path / "lies_dev.jsonl", LIE, TRUE)
    sealed = {**LIE, "id": "s-1", "sentence": HIDDEN, "kind": "hidden-kind"}
    write_rows(tmp_path / "lies_sealed.jsonl", sealed, {**TRUE, "id": "s-2"})
    write_rows(tmp_path / "drafts_small.jsonl", DRAFT)
    monkeypatch.setattr("eval.written.labelled.FOLDER", tmp_path)
    monkeypatch.setattr("eval.written.report.RESULTS", tmp_path / "results.json")
    monkeypatch.setattr("eval.commands.written.load_documents", lambda: (document("heels", HEELS),))
    monkeypatch.setattr("eval.commands.written.this_build", lambda: Build("0123456789ab", ""))
    least = Least(caught=1.0, kept=1.0)
    gate = Gate(lies=Halves(dev=least, sealed=least))
    monkeypatch.setattr("eval.commands.written.read_gate", lambda: gate)
    return tmp_path


def test_both_halves_are_measured_kept_and_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["written"]) == 0
    kept = read_report(folder / "results.json")
    assert [(one.kept, one.half, one.sentences) for one in kept.sets] == [
        ("lies", "dev", 2),
        ("drafts", "dev", 1),
        ("lies", "sealed", 2),
    ]
    assert kept.sealed_runs == sealed_runs(folder) == 1
    told = capsys.readouterr().out
    assert "unsupported ones refused   1 of 1 (100.0 %, 95 % interval 20.7 to 100.0)" in told
    assert "+ voices: the checker" in told
    page = (folder / "results.html").read_text("utf-8")
    assert "<svg" in page
    assert "style=" not in page
    assert "0123456789ab" in page


def test_of_sealed_sentences_no_word_is_printed_or_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["written"]) == 0
    told = capsys.readouterr()
    written = [(folder / name).read_text("utf-8") for name in ("results.json", "results.html")]
    assert told.out
    for held in (told.out, told.err, *written):
        for word in (HIDDEN, "s-1", "hidden-kind"):
            assert word not in held


def test_one_half_alone_is_not_kept_and_dev_is_not_counted(folder: Path) -> None:
    assert main(["written", "--half", "dev"]) == 0
    assert sealed_runs(folder) == 0
    assert main(["written", "--half", "sealed"]) == 0
    assert sealed_runs(folder) == 1
    assert not (folder / "results.json").exists()


def test_a_lie_that_slips_through_is_a_failure(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows(folder / "lies_dev.jsonl", {**TRUE, "supported": False}, {**TRUE, "id": "d-3"})
    assert main(["written", "--half", "dev"]) == 1
    told = capsys.readouterr()
    assert "lies, dev: caught 0 of 1, at least 100 %" in told.err
    assert "judged wrongly: d-2" in told.out


def test_a_record_of_looks_that_cannot_be_read_stops_everything(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sealed_runs.json").write_text("{", "utf-8")
    assert main(["written"]) == 1
    assert "sealed_runs.json is not the record" in capsys.readouterr().err
    assert not (folder / "results.json").exists()


def test_figures_that_cannot_be_read_say_what_to_run(tmp_path: Path) -> None:
    for content in (None, "{}", json.dumps({"format": 0})):
        if content:
            (tmp_path / "results.json").write_text(content, "utf-8")
        with pytest.raises(WrittenResultsError, match="python -m eval written"):
            read_report(tmp_path / "results.json")
