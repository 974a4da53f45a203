"""The commands of `python -m eval`: what they say, what they keep, how they fail."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.question import Question
from assistant.reply import Reply
from eval.__main__ import main
from eval.bench.measure import Built, Opened, Served
from eval.bench.process import ROOT, BenchError
from eval.bench.report import Runs
from eval.cases.case import Case, Half
from eval.commands import COMMANDS
from eval.commands.files import VARIABLE
from eval.fit import Labelled, Looked
from eval.golden import DEV, SEALED
from tests.eval.cases.made_up import case_of
from tests.eval.test_fit import looked
from tests.eval.test_golden import ROW, abstention

UNSEEN = "words nobody may see"


def test_help_names_the_commands() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "eval", "--help"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert all(command in told for command in COMMANDS)
    assert all(option in told for option in ("--half", "--url", "--out", "--data"))


@pytest.mark.parametrize(
    "wrong",
    [
        ["dance"],
        ["--half", "none"],
        ["--data", "no-such-folder"],
        ["--out", __file__],
        ["compare", "a-run"],
        ["compare", "a-run", "another", "--json", "no-such-folder/kept.json"],
        ["baseline"],
        ["external"],
        ["external", "no-such-set"],
        ["external", "wice", "--data", "no-such-folder"],
        ["judge", "guess"],
        ["judge", "fit", "--data", "no-such-folder"],
        ["peers", "--half", "none"],
        ["check", "please"],
        ["golden", "holdout"],
        ["golden", "--json", "no-such-folder/kept.json"],
        ["bench", "--count", "0"],
        ["bench", "--starts", "x"],
    ],
)
def test_wrong_use_is_told_apart_from_failure(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(wrong)
    assert left.value.code == 2
    assert "usage: python -m eval" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["external", "wice"], ["judge"]])
def test_a_folder_in_the_environment_that_is_not_there_is_wrong_use_too(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "no-such-folder")
    with pytest.raises(SystemExit) as left:
        main(command)
    assert left.value.code == 2
    assert "there is no folder no-such-folder" in capsys.readouterr().err


@pytest.mark.parametrize("set_to", [None, ""])
@pytest.mark.parametrize("command", [["external", "wice"], ["judge"], ["judge", "fit"]])
def test_without_a_folder_of_public_data_it_is_said_what_to_give(
    set_to: str | None,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if set_to is not None:
        monkeypatch.setenv(VARIABLE, set_to)
    assert main(command) == 1
    assert "--data DIR" in capsys.readouterr().err


class Silent:
    """An assistant that always says that the shelf does not cover it."""

    def ask(self, question: Question) -> Reply:
        assert UNSEEN in question.text
        return abstention()


@pytest.fixture
def golden_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two golden questions in each file, and an assistant that answers neither."""
    for name in (*DEV, SEALED):
        rows = [
            {**ROW, "id": f"{name}-{n}", "question": f"{UNSEEN} {n}", "behaviour": behaviour}
            for n, behaviour in enumerate(("abstain", "answer"))
        ]
        lines = "\n".join(json.dumps({**row, "claims": [["1-01"]]}) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, "utf-8")
    monkeypatch.setattr("eval.golden.FOLDER", tmp_path)
    monkeypatch.setattr("assistant.wire.open_assistant", lambda _settings: Silent())
    return tmp_path


def test_golden_asks_dev_unless_told_otherwise(
    golden_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["golden"]) == 0
    printed = capsys.readouterr().out
    assert "dev: 2 questions" in printed
    assert "Not right: dev-1" in printed
    assert SEALED not in printed


def test_all_files_are_scored_apart_and_nothing_of_the_sealed_one_is_told(
    golden_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = golden_folder / "kept.json"
    assert main(["golden", "all", "--json", str(kept)]) == 0
    told = capsys.readouterr()
    everything = told.out + told.err + kept.read_text("utf-8")
    assert "dev_b-1" in everything
    assert f"{SEALED}-" not in everything
    assert UNSEEN not in everything
    report = json.loads(kept.read_text("utf-8"))
    assert report["format"] == 1
    assert set(report["files"]) == {*DEV, SEALED}
    assert report["files"][SEALED]["total"]["right"] == 1
    assert not kept.with_name("kept.json.tmp").exists()


def test_a_broken_file_is_an_error_in_words(
    golden_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (golden_folder / "dev.jsonl").write_text("{}", "utf-8")
    assert main(["golden", "dev"]) == 1
    told = capsys.readouterr()
    assert "dev.jsonl, line 1" in told.err
    assert told.out == ""


def test_settings_that_are_wrong_are_an_error_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise SettingsError("Settings: no such thing.")

    monkeypatch.setattr("assistant.settings.load_settings", refuse)
    assert main(["fit"]) == 1
    assert "no such thing" in capsys.readouterr().err


def test_fit_prints_both_columns(
    golden_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    halves = []

    def cases(half: Half) -> tuple[Case, ...]:
        halves.append(half)
        return (case_of(golden_folder, question=f"{UNSEEN} of a case"),)

    def look(labelled: list[Labelled], _assistant: object) -> tuple[Looked, ...]:
        # Two golden questions of each file and one case; nothing sealed.
        assert len(labelled) == 2 * len(DEV) + 1
        assert labelled[-1].asked.text == f"{UNSEEN} of a case"
        return looked()

    monkeypatch.setattr("eval.commands.fit.read_cases", cases)
    monkeypatch.setattr("eval.fit.look", look)
    assert main(["fit"]) == 0
    printed = capsys.readouterr().out
    assert halves == [Half.DEV]
    assert "fitted  in use" in printed
    assert "admit_unknown" in printed
    assert "Nothing was changed" in printed


RUNS = Runs(
    Built(6.0, 650_000_000),
    Built(3.0, 640_000_000),
    [Served(2.0, 9.0, (0.05,), 800_000_000)],
    [Opened(4.0, {"total": [0.02]}, 600_000_000)],
    [Opened(5.0, {"total": [0.01]}, 500_000_000)],
)


def test_bench_shows_its_table_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[int] = []

    def run(questions: list[str], starts: int, _tell: object) -> Runs:
        asked.extend((len(questions), starts))
        return RUNS

    monkeypatch.setattr("eval.bench.run.run_bench", run)
    kept = tmp_path / "bench.json"
    assert main(["bench", "--only", "page", "--starts", "1", "--json", str(kept)]) == 0
    assert asked == [60, 1]
    assert "Soleus beside LlamaIndex" in capsys.readouterr().out
    report = json.loads(kept.read_text("utf-8"))
    assert (report["questions"], report["starts"]) == (60, 1)


def test_a_bench_that_fails_says_so_and_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> None:
        raise BenchError("A measured process ended [early].")

    monkeypatch.setattr("eval.bench.run.run_bench", fail)
    kept = tmp_path / "bench.json"
    assert main(["bench", "--json", str(kept)]) == 1
    assert "A measured process ended [early]." in capsys.readouterr().err
    assert not kept.exists()


def test_questions_that_are_not_there_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--questions", "gone.txt"]) == 1
    assert "gone.txt cannot be read" in capsys.readouterr().err
