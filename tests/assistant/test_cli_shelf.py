"""A club's own documents in the terminal, with the real readers, encoder and index."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from corpus.library.library import Library
from index.encode import Vectors
from tests.assistant.conftest import Built

WELL, FAILED, MISTYPED, UNHEALTHY, INTERRUPTED = 0, 1, 2, 3, 130
PICKLE = """# Pickle juice for cramps

A mouthful of pickle juice eased our runners' calf cramp within two minutes. Keep a small bottle
of pickle juice at the water table. Pickle juice is very salty, so one mouthful is enough.
"""
HILLS = """Hill sessions and calves

Hill repeats load the calf far more than flat running does. Leave two easy days after a hill
session before you run hills again.
"""
POSTS = """thread,user,post
Cramp in cold water,anna,"My calves cramp as soon as I swim in cold water. What do you do?"
Cramp in cold water,ben,"Warm up on the pool side first. A wetsuit with long legs stopped mine."
"""
QUESTION = "does pickle juice help a calf cramp?"

Run = Callable[..., Result]


def words(text: str) -> str:
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", text).split())


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in (("pickle.md", PICKLE), ("hills.txt", HILLS), ("posts.csv", POSTS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, built: Built, tmp_path: Path, own: Path) -> Run:
    """Runs a command over a copy of the built index, with the encoder that is loaded already."""
    index = tmp_path / "index"
    shutil.copytree(built.folder, index)
    settings = tmp_path / "mine.toml"
    settings.write_text(f"[index]\nfolder = {str(index)!r}\n[shelf]\nfolder = {str(own)!r}\n")
    monkeypatch.setattr("assistant.wire.encoder_of", lambda _: built.encoder)
    monkeypatch.setenv("SOLEUS_SETTINGS", str(settings))
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return invoke


def answers(run: Run, question: str = QUESTION) -> bool:
    """Whether a question is answered from the club's hand-out."""
    reply = json.loads(run("ask", question, "--json").stdout)
    return "pickle juice eased" in json.dumps(reply)


def ids(run: Run) -> dict[str, str]:
    rows = json.loads(run("list", "--json").stdout)
    return {row["title"]: row["id"] for row in rows if row["own"]}


def test_a_folder_is_added_answers_are_quoted_from_it_and_it_goes_again(
    run: Run, files: Path
) -> None:
    done = run("add", files)
    assert done.exit_code == WELL, done.output
    printed = words(done.stdout)
    assert "pickle.md added “Pickle juice for cramps”: article, 3 sentences" in printed
    assert "hills.txt added “Hill sessions and calves”: article" in printed
    assert "posts.csv added “Cramp in cold water”: forum thread" in printed
    assert "3 added." in words(done.stderr)
    assert "python -m assistant undo" in words(done.stderr)
    assert answers(run)
    assert words(run("add", files).stderr).endswith("3 unchanged. Nothing was changed.")

    gone = run("remove", ids(run)["Pickle juice for cramps"])
    assert gone.exit_code == WELL
    assert "Removed “Pickle juice for cramps”" in words(gone.stdout)
    assert not answers(run)
    assert words(run("undo").stdout) == "Undone: “Pickle juice for cramps” put back."
    assert answers(run)


def test_a_document_is_shown_as_the_index_sees_it_and_its_card_edited(
    run: Run, files: Path
) -> None:
    assert run("add", files / "pickle.md", "--tier", "clinician").exit_code == WELL
    [pickle] = ids(run).values()
    shown = words(run("show", pickle).stdout)
    assert "tier: clinician" in shown
    assert f"from: file:{files}/pickle.md" in shown.replace("\n", "")
    assert "Keep a small bottle of pickle juice at the water table." in shown
    assert re.search(rf"{pickle}:\d+-\d+", shown)

    changes = ["--title", "Pickles", "--author", "The physio", "--published", "2026-02-01"]
    edited = run("edit", pickle, *changes, "--address", "https://club.example/p")
    assert edited.exit_code == WELL
    assert "title: Pickles" in edited.stdout
    [row] = [row for row in json.loads(run("list", "--json").stdout) if row["own"]]
    assert (row["id"], row["title"], row["author"]) == (pickle, "Pickles", "The physio")
    assert (row["published"], row["address"]) == ("2026-02-01", "https://club.example/p")
    assert row["edited"] == ["address", "author", "published", "tier", "title"]
    assert "Pickles" in run("list").stdout
    assert "“Pickles” (article" in words(run("ask", QUESTION).stdout)


def test_what_comes_with_soleus_is_listed_and_shown_but_not_changed(run: Run) -> None:
    shown = run("show", "cramp-release-article")
    assert shown.exit_code == WELL
    assert "wording: our summary" in shown.stdout
    assert "cramp-release-article:" in shown.stdout
    assert "cramp-release-article" in run("list").stdout
    for command in (("remove",), ("edit", "--title", "x")):
        done = run(command[0], "cramp-release-article", *command[1:])
        assert done.exit_code == FAILED
        assert "what comes with Soleus cannot be changed" in words(done.stderr)


def test_one_bad_file_is_said_the_rest_is_added_and_the_exit_code_tells(
    run: Run, files: Path
) -> None:
    (files / "empty.txt").touch()
    done = run("add", files / "empty.txt", files / "hills.txt", files / "nothing.md")
    assert done.exit_code == FAILED
    printed = words(done.stdout)
    assert "empty.txt refused" in printed
    assert "nothing.md refused there is no such file or folder" in printed
    assert list(ids(run)) == ["Hill sessions and calves"]
    assert "Traceback" not in done.output


def test_a_dry_run_says_what_would_be_and_changes_nothing(run: Run, files: Path, own: Path) -> None:
    done = run("add", files, "--dry-run")
    assert done.exit_code == WELL
    assert "hills.txt added" in words(done.stdout)
    assert "nothing was changed" in words(done.stderr)
    assert not own.exists()


def test_a_title_is_for_one_document(run: Run, files: Path) -> None:
    assert run("add", files, "--title", "All of it").exit_code == MISTYPED
    assert ids(run) == {}
    assert run("add", files / "hills.txt", "--title", "Hills").exit_code == WELL
    assert list(ids(run)) == ["Hills"]
    (files / "hills.txt").write_text(HILLS + "\nWalk down between two repeats.\n")
    assert run("add", files / "hills.txt").exit_code == WELL
    assert list(ids(run)) == ["Hills"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["add"],
        ["add", "x", "--tier", "saint"],
        ["remove"],
        ["edit", "x"],
        ["edit", "x", "--kind", "song"],
        ["show"],
    ],
)
def test_a_command_typed_wrongly_is_told_apart(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == MISTYPED
    assert "Traceback" not in done.output


def test_a_card_that_cannot_be_is_said_in_one_line(run: Run, files: Path) -> None:
    run("add", files / "hills.txt")
    [hills] = ids(run).values()
    done = run("edit", hills, "--published", "last spring")
    assert done.exit_code == FAILED
    assert "Write it as 2026-03-31" in words(done.stderr)
    assert run("undo").exit_code == WELL
    nothing = run("undo")
    assert nothing.exit_code == FAILED
    assert "nothing to undo" in words(nothing.stderr)


def test_ctrl_c_leaves_everything_as_it_was(
    run: Run, files: Path, own: Path, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", files / "hills.txt")
    before = Library(own).catalogue

    def interrupted(_: object) -> Vectors:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(built.encoder, "encode", interrupted)
        patch.setattr("index.build.encode_all", lambda *_, **__: interrupted(None))
        for command in (("add", files), ("add", files / "pickle.md")):
            done = run(*command)
            assert done.exit_code == INTERRUPTED
            assert "Stopped." in done.stderr
    assert Library(own).catalogue == before
    assert not answers(run)
    assert run("add", files).exit_code == WELL
    assert answers(run)
    assert np.isfinite(built.encoder.encode(["calf"])).all()


def test_data_that_points_into_the_bundled_texts_goes_on_working(run: Run, files: Path) -> None:
    run("add", files)
    question = "should I stretch a calf cramp in the middle of a run?"
    printed = words(run("ask", question).stdout)
    assert "the documents differ" in printed
    sound = run("doctor")
    assert sound.exit_code == WELL
    assert "own documents ok 3, every text as it was written" in words(sound.stdout)


def test_doctor_names_a_text_that_was_altered(run: Run, files: Path, own: Path) -> None:
    run("add", files / "hills.txt")
    [text] = (own / "texts").iterdir()
    text.write_text("Something else.")
    done = run("doctor")
    assert done.exit_code == UNHEALTHY
    assert "The text of “Hill sessions and calves” is not as it was written" in words(done.stdout)
