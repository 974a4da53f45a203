"""The commands for what is kept: what they print, what they leave alone, with which exit code."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.records.kept import Ending, Feedback, Thumb, rough
from assistant.records.opening import records_of
from assistant.records.sql.sql_records import SqlRecords
from assistant.settings_records import RecordsSettings
from tests.assistant.conftest import Built
from tests.assistant.records.made_records import ALWAYS, CODE, OTHER_CODE, turn
from tests.postgres_server import PASSWORD

WELL, FAILED, MISTYPED = 0, 1, 2
Run = Callable[..., Result]
TODAY = rough(datetime.now(UTC))
EVERY = (["gaps"], ["records", "export"], ["records", "sweep"], ["records", "status"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path) -> Run:
    """Runs a command with storage on, or with what else is put under [records]."""
    file = tmp_path / "mine.toml"
    monkeypatch.setenv("SOLEUS_SETTINGS", str(file))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("SOLEUS_RECORDS_URL", raising=False)

    def invoke(*arguments: str | Path, more: str = "keep = true", before: str = "") -> Result:
        file.write_text(f"{before}\n[records]\nfolder = {str(folder)!r}\n{more}\n")
        return CliRunner().invoke(app, [str(each) for each in arguments])

    return invoke


@pytest.fixture
def kept(folder: Path) -> SqlRecords:
    """Two chats that ask the same, one that asks something else, one answer, one old question."""
    records = records_of(RecordsSettings(folder=folder), {})
    rated = turn("does beetroot help with cramp", asked_at=TODAY)
    for one in (
        rated,
        turn("is beetroot any good against cramps", chat=OTHER_CODE.digest, asked_at=TODAY),
        turn("my own secret sauce story", asked_at=TODAY - timedelta(days=5)),
        turn("does salt help", outcome=Ending.ANSWER, documents=("salt",), asked_at=TODAY),
        turn("long ago", asked_at=TODAY - timedelta(days=31)),
    ):
        records.keep(one)
    records.rate(Feedback(rated.id, Thumb.DOWN, "well?"))
    return records


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_where_storage_is_off_that_and_the_setting_are_said_and_nothing_is_made(
    run: Run, folder: Path, command: list[str]
) -> None:
    done = run(*command, more="")
    assert done.exit_code == WELL, done.output
    assert "Storage is off: nothing is kept of chats." in words(done.stderr)
    assert "keep = true" in words(done.stderr)
    assert not folder.exists()


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_where_storage_is_on_and_nothing_was_asked_yet_nothing_is_made(
    run: Run, folder: Path, command: list[str]
) -> None:
    done = run(*command)
    assert done.exit_code == WELL, done.output
    assert "Storage is off" not in done.output
    assert not folder.exists()


def test_what_was_kept_before_can_be_deleted_after_storage_was_switched_off(
    run: Run, kept: SqlRecords
) -> None:
    done = run("records", "forget", str(OTHER_CODE).lower(), more="")
    assert done.exit_code == WELL
    assert "Deleted for good: the 1 kept question(s)" in done.stdout
    assert kept.tally().chats == 1


def test_forgetting_a_chat_that_is_not_there_is_well_and_a_bad_code_is_not(run: Run) -> None:
    done = run("records", "forget", str(CODE))
    assert (done.exit_code, done.stdout) == (WELL, "Nothing is kept of a chat with that code.\n")
    refused = run("records", "forget", "no-code")
    assert refused.exit_code == FAILED
    assert "not the code of a chat" in words(refused.stderr)
    assert "no-code" not in refused.output


def test_a_sweep_deletes_what_is_past_its_days(run: Run, kept: SqlRecords) -> None:
    done = run("records", "sweep", more="keep = true\ndays = 4")
    assert (done.exit_code, done.stdout) == (WELL, "Deleted 2 question(s) older than 4 days.\n")
    assert kept.tally().turns == 3


def test_an_export_is_a_line_for_each_question_that_is_not_past_its_days(
    run: Run, kept: SqlRecords, tmp_path: Path
) -> None:
    done = run("records", "export")
    assert done.exit_code == WELL
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 4
    assert "long ago" not in done.stdout
    assert [line["comment"] for line in lines if line["thumb"]] == ["well?"]
    file = tmp_path / "out.jsonl"
    assert run("records", "export", file).exit_code == WELL
    assert file.read_text("utf-8") == done.stdout
    assert kept.tally().turns == 5


def test_an_export_that_cannot_be_written_fails_in_one_line(
    run: Run, kept: SqlRecords, tmp_path: Path
) -> None:
    done = run("records", "export", tmp_path / "nowhere" / "out.jsonl")
    assert done.exit_code == FAILED
    assert "Name another file" in words(done.stderr)
    assert kept.tally().turns == 5


def test_the_status_says_where_how_long_and_how_much(
    run: Run, kept: SqlRecords, folder: Path
) -> None:
    lines = run("records", "status").stdout.splitlines()
    assert lines[:4] == [
        "storage: on",
        "text of questions: kept, masked",
        f"place: {folder / 'records' / 'records.sqlite'}",
        "days: 30",
    ]
    assert "kept: 5 questions of 2 chats" in lines
    assert "not covered: 4" in lines
    assert "thumbs: 0 up, 1 down" in lines
    off = run("records", "status", more="questions = false").stdout.splitlines()
    assert off[:2] == ["storage: off", "text of questions: not kept"]


def test_a_database_that_is_away_is_one_line_without_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOLEUS_RECORDS_URL", f"postgresql://me:{PASSWORD}@127.0.0.1:1/club")
    for command in EVERY:
        done = run(*command)
        assert done.exit_code == FAILED
        assert "No PostgreSQL lets Soleus in" in words(done.stderr)
        assert PASSWORD not in done.output


@pytest.fixture
def on_the_shelf(monkeypatch: pytest.MonkeyPatch, built: Built) -> str:
    """The real index, and the encoder that is loaded already."""
    monkeypatch.setattr("assistant.wire.encoder_of", lambda _: built.encoder)
    return f"[index]\nfolder = {str(built.folder)!r}"


def test_gaps_are_shown_with_words_only_where_several_chats_asked(
    run: Run, kept: SqlRecords, on_the_shelf: str
) -> None:
    done = run("gaps", before=on_the_shelf)
    assert done.exit_code == WELL, done.output
    told = words(done.stdout)
    assert "3 questions not covered" in told
    assert "does beetroot help with cramp" in told
    assert "is beetroot any good against cramps" in told
    assert "1 more thing asked in fewer than 2 chats" in told
    assert "--all" in told
    assert "sauce" not in told
    assert "long ago" not in told
    everything = words(run("gaps", "--all", before=on_the_shelf).stdout)
    assert "my own secret sauce story" in everything
    assert "fewer than" not in everything
    assert "long ago" not in everything
    assert kept.tally().turns == 5


def test_gaps_go_into_json_and_onto_a_page(
    run: Run, kept: SqlRecords, on_the_shelf: str, tmp_path: Path
) -> None:
    file = tmp_path / "gaps.html"
    done = run("gaps", "--days", "2", "--json", "--html", file, before=on_the_shelf)
    assert done.exit_code == WELL, done.output
    payload = json.loads(done.stdout)
    [gap] = payload["gaps"]
    assert (gap["asked"], gap["chats"]) == (2, 2)
    assert gap["nearest"]
    page = file.read_text("utf-8")
    assert "does beetroot help with cramp" in page
    assert gap["nearest"].replace("'", "&#39;") in page
    assert f"Written to {file}" in done.stderr
    assert len(list(kept.export(ALWAYS))) == 5


def test_days_are_typed_as_a_number_of_days(run: Run) -> None:
    assert run("gaps", "--days", "0").exit_code == MISTYPED
    assert run("gaps", "--days", "many").exit_code == MISTYPED
