"""The terminal: what is printed, where, and with which exit code."""

import json
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.doctor import examine
from corpus import load_documents, load_out_of_scope
from index.build import build_index
from index.opening import open_index
from tests.assistant.conftest import Built
from tests.assistant.schema import faults

QUESTION = "calf cramped at mile 8, should i stretch it straight away??"
DETAILS = """
[operator]
contact = "the coach"
privacy_note = "Nothing is kept."
[safety]
country = "UK"
[server]
public_url = "https://ask.club.example"
origins = ["self"]
"""
"""What an operator must have said before strangers are let in."""
WELL, FAILED, MISTYPED, UNHEALTHY = 0, 1, 2, 3

Run = Callable[..., Result]


def words(text: str) -> str:
    """Text as one line, without the colours and line breaks of a terminal."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", text).split())


def settings_file(folder: Path, artifacts: Path, more: str = "") -> Path:
    path = folder / "mine.toml"
    path.write_text(f"[index]\nfolder = {str(artifacts)!r}\n{more}", encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, built: Built) -> Run:
    """Runs a command with the encoder that is loaded already, away from the user's settings."""
    monkeypatch.setattr("assistant.wire.encoder_of", lambda _: built.encoder)
    monkeypatch.setattr("index.choosing.SentenceTransformerEncoder", lambda *_, **__: built.encoder)
    monkeypatch.delenv("SOLEUS_SETTINGS", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return invoke


@pytest.fixture
def good(tmp_path: Path, built: Built) -> Path:
    """Settings that point at a sound index."""
    return settings_file(tmp_path, built.folder)


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """Settings that point at an empty folder."""
    return settings_file(tmp_path, tmp_path / "nothing")


def test_an_answer_is_printed_with_its_quotes_and_sources(run: Run, good: Path) -> None:
    done = run("ask", QUESTION, "--settings", good)
    assert done.exit_code == WELL
    printed = words(done.stdout)
    assert "Do not stretch a cramping calf straight away" in printed
    assert "[1]" in printed
    assert "Sources" in printed
    assert "our summary of" in printed
    assert "Decided:" not in printed


def test_why_tells_what_was_used_and_what_was_not(run: Run, good: Path) -> None:
    printed = words(run("ask", QUESTION, "--why", "--settings", good).stdout)
    assert "Read as: calf cramped at mile 8" in printed
    assert "Decided:" in printed
    assert "score used sentence reason" in printed


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        (QUESTION, "answer"),
        ("my knee hurts going downstairs", "abstention"),
        ("how long?", "clarification"),
        ("thanks!", "abstention"),
        ("", "abstention"),
        ("im coughing up blood and cant breathe", "escalation"),
        ("my calf is swollen hot and red, can i race?", "abstention"),
        ("does ibuprofen help a calf cramp", "answer"),
        ("Does a foam roller help? And how much magnesium should I take?", "answer"),
    ],
)
def test_json_is_as_documented_and_an_honest_no_is_well(
    run: Run, good: Path, question: str, reply: str
) -> None:
    done = run("ask", question, "--json", "--settings", good)
    assert done.exit_code == WELL
    payload = json.loads(done.stdout)
    assert faults(payload) == []
    assert payload["reply"] == reply


def test_json_keeps_letters_as_they_are_read(run: Run, good: Path) -> None:
    done = run("ask", "is it ok to hang my heels off a kerb 🦵", "--json", "--settings", good)
    assert "\\u" not in done.stdout


def test_earlier_turns_may_be_given(run: Run, good: Path) -> None:
    first = "How do I stretch my soleus?"
    done = run("ask", "and how long?", "--earlier", first, "--json", "--settings", good)
    assert json.loads(done.stdout)["why"]["carried"] == [first]


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_without_an_index_the_command_that_builds_one_is_named(
    run: Run, unbuilt: Path, as_json: list[str]
) -> None:
    done = run("ask", QUESTION, "--settings", unbuilt, *as_json)
    assert done.exit_code == FAILED
    assert done.stdout == ""
    assert "python -m assistant index" in words(done.stderr)
    assert "Traceback" not in done.output


def test_asking_never_writes(run: Run, unbuilt: Path) -> None:
    run("ask", QUESTION, "--settings", unbuilt)
    assert not (unbuilt.parent / "nothing").exists()


def test_a_wrong_setting_is_said_in_one_line(run: Run, tmp_path: Path) -> None:
    bad = settings_file(tmp_path, tmp_path, "[sever]\nport = 1\n")
    done = run("ask", QUESTION, "--settings", bad)
    assert done.exit_code == FAILED
    assert "sever: unknown setting" in words(done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_message_in_square_brackets_is_printed_as_it_is(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "mine.toml"
    bad.write_text("server = 3\n", encoding="utf-8")
    done = CliRunner().invoke(
        app, ["ask", "hm", "--settings", str(bad)], env={"SOLEUS_SERVER__PORT": "1"}
    )
    assert done.exit_code == FAILED
    assert "[server] in the settings file must be a section" in words(done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "one", "two"],
        ["sing"],
        ["ask", "x", "--loudly"],
        ["serve", "--port", "x"],
        ["serve", "--port", "99999"],
        ["serve", "--port=-5"],
    ],
)
def test_a_command_typed_wrongly_is_told_apart(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == MISTYPED
    assert "Traceback" not in done.output


@pytest.mark.parametrize("command", [[], ["ask"], ["index"], ["serve"], ["doctor"]])
def test_every_command_explains_itself(run: Run, command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.exit_code == WELL
    assert "Usage" in done.output


def test_what_an_index_lacks_is_built_once_and_then_it_is_up_to_date(
    run: Run, unbuilt: Path, real_artifacts: Path
) -> None:
    artifacts = unbuilt.parent / "nothing"
    shutil.copytree(real_artifacts, artifacts)
    shutil.rmtree(artifacts / "questions")
    assert run("ask", "thanks", "--settings", unbuilt).exit_code == FAILED
    first = run("index", "--settings", unbuilt)
    assert first.exit_code == WELL
    assert re.search(r"Index built in .* s: \d+ passages, \d+ sentences\.", words(first.stderr))
    assert [*(artifacts / "questions").iterdir()]
    second = run("index", "--settings", unbuilt)
    assert second.exit_code == WELL
    assert "Index up to date" in words(second.stderr)
    assert run("ask", "thanks", "--settings", unbuilt).exit_code == WELL


def test_an_index_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    bad = settings_file(tmp_path, tmp_path / "taken" / "artifacts")
    done = run("index", "--settings", bad)
    assert done.exit_code == FAILED
    assert "Error:" in done.stderr
    assert "Traceback" not in done.output


def test_doctor_finds_a_sound_installation_well(run: Run, good: Path) -> None:
    done = run("doctor", "--settings", good)
    assert done.exit_code == WELL, done.output
    for name in ("settings", "shelf", "encoder", "index", "a question", "operator"):
        assert name in done.stdout
    assert "mend" not in done.stdout


def test_doctor_prints_what_stands_in_square_brackets(run: Run, good: Path) -> None:
    assert "[operator]" in words(run("doctor", "--settings", good).stdout)


def test_doctor_names_the_remedy_for_a_missing_index(run: Run, unbuilt: Path) -> None:
    done = run("doctor", "--settings", unbuilt)
    assert done.exit_code == UNHEALTHY
    assert "mend" in done.stdout
    assert "python -m assistant index" in words(done.stdout)


def test_doctor_stops_at_settings_it_cannot_read(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--settings", tmp_path / "nowhere.toml")
    assert done.exit_code == UNHEALTHY
    assert "nowhere.toml" in words(done.stdout)
    assert "encoder" not in done.stdout


def test_whatever_doctor_would_mend_comes_with_a_remedy(unbuilt: Path, built: Built) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.wire.encoder_of", lambda _: built.encoder)
        checks = tuple(examine(unbuilt))
    assert all(check.state for check in checks)
    assert all(check.remedy for check in checks if not check.ok)
    assert [check.name for check in checks if not check.ok] == ["index"]


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_taken_port_is_said_before_anything_is_loaded(run: Run, good: Path) -> None:
    with taken_port() as port:
        done = run("serve", "--port", str(port), "--settings", good)
    assert done.exit_code == FAILED
    assert f"Cannot serve at 127.0.0.1:{port}" in words(done.stderr)
    assert "Choose another port" in words(done.stderr)


def unknown(*_: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize("host", ["203.0.113.9", "2001:db8::9", "a" * 70, "a..b", "nobody"])
def test_a_host_that_is_not_ours_is_said_to_be_the_matter(
    run: Run, tmp_path: Path, built: Built, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if host == "nobody":  # asks no name server
        monkeypatch.setattr(socket.socket, "bind", unknown)
    said = settings_file(tmp_path, built.folder, DETAILS)
    done = run("serve", "--port", "0", "--host", host, "--settings", said)
    assert done.exit_code == FAILED
    assert "Check the host" in words(done.stderr)
    assert "another port" not in words(done.stderr)


def test_nothing_is_served_without_an_index(run: Run, unbuilt: Path) -> None:
    with taken_port() as port:
        done = run("serve", "--port", str(port), "--settings", unbuilt)
    assert done.exit_code == FAILED
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Run: python -m assistant index" in words(done.stderr)


def test_a_built_index_is_what_the_tests_say_it_is(built: Built) -> None:
    documents = load_documents()
    assert build_index(
        documents, built.encoder, built.folder, out_of_scope=load_out_of_scope()
    ).reused
    assert open_index(
        documents, built.encoder, built.folder, out_of_scope=load_out_of_scope()
    ).passages
