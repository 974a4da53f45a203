"""The commands for models on this machine: what they print, and with which exit code."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.models.local.hub import Hub
from assistant.models.local.offers import read_offers
from assistant.settings import Settings
from tests.assistant.models.local.made_hub import FakeHub, running_hub

WELL, FAILED, INTERRUPTED = 0, 1, 130


@pytest.fixture(autouse=True)
def away_from_the_users_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOLEUS_SETTINGS", raising=False)
    monkeypatch.delenv("SOLEUS_LLM__GGUF", raising=False)
    monkeypatch.setenv("COLUMNS", "250")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """The hub of these tests in place of the real one."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    with running_hub() as fake:
        fake.file = "SmolLM3-Q4_K_M.gguf"
        monkeypatch.setattr("assistant.models.local.pull.Hub", lambda: Hub(fake.endpoint))
        yield fake


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["models", *map(str, arguments)])


def test_every_offer_is_listed_with_licence_size_memory_and_whether_it_was_measured() -> None:
    done = run("list")
    assert done.exit_code == WELL
    for offer in read_offers():
        [line] = [line for line in done.stdout.splitlines() if line.split()[:1] == [offer.name]]
        for fact in (offer.licence, f"{offer.disk_gb:g} GB", f"{offer.memory_gb:g} GB", "no"):
            assert fact in line
        assert ("Not yet measured here" in line) is not offer.measured
    assert "[llm] gguf" in done.stdout


def test_a_pulled_model_is_listed_as_here_and_its_settings_are_printed(
    served: FakeHub, tmp_path: Path
) -> None:
    done = run("pull", "smollm3-3b", "--folder", tmp_path)
    assert done.exit_code == WELL, done.output
    path = tmp_path / "smollm3-3b" / served.file
    _, _, lines = done.stdout.partition("settings.toml:\n")
    told = Settings.model_validate(tomllib.loads(lines))
    assert told.llm.gguf == path
    assert path.read_bytes() == served.body
    listed = run("list", "--folder", tmp_path).stdout
    [line] = [line for line in listed.splitlines() if "smollm3-3b" in line]
    assert " yes " in line
    assert run("which", "--folder", tmp_path).stdout.strip() == str(path)


def test_a_path_with_quotes_in_it_is_printed_as_toml_has_it(
    served: FakeHub, tmp_path: Path
) -> None:
    folder = tmp_path / 'o\'clock "x"'
    _, _, lines = run("pull", "smollm3-3b", "--folder", folder).stdout.partition(".toml:\n")
    assert tomllib.loads(lines)["llm"]["gguf"] == str(folder / "smollm3-3b" / served.file)


def test_a_model_in_the_settings_comes_before_one_that_was_pulled(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"[llm]\ngguf = {str(tmp_path / 'own.gguf')!r}\n", encoding="utf-8")
    done = run("which", "--folder", tmp_path, "--settings", path)
    assert done.stdout.strip() == str(tmp_path / "own.gguf")


def test_where_no_model_is_here_the_command_that_gets_one_is_named(tmp_path: Path) -> None:
    done = run("which", "--folder", tmp_path)
    assert done.exit_code == FAILED
    assert done.stdout == ""
    assert "python -m assistant models pull NAME" in done.stderr


def test_a_name_that_is_not_offered_fails_and_names_those_that_are(tmp_path: Path) -> None:
    done = run("pull", "gpt", "--folder", tmp_path)
    assert done.exit_code == FAILED
    assert "smollm3-3b" in done.stderr


def test_offline_a_pull_fails_with_what_to_do_instead(tmp_path: Path) -> None:
    done = run("pull", "smollm3-3b", "--folder", tmp_path)
    assert done.exit_code == FAILED
    assert "[llm] gguf" in done.stderr


def test_interrupted_a_pull_ends_as_other_commands_do(
    served: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.models.local.pull._verify", interrupted)
    done = run("pull", "smollm3-3b", "--folder", tmp_path)
    assert done.exit_code == INTERRUPTED
    assert "same command again" in done.stderr
