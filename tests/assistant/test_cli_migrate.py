"""The index moves to a real PostgreSQL and answers from there, with the real shelf and encoder."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.engines import engine_of
from assistant.settings import IndexSettings, Settings, load_settings
from index import PassageIndexError
from index.faiss_engine import FaissEngine
from index.postgres.engine import PostgresEngine
from tests.assistant.conftest import Built
from tests.postgres_server import PASSWORD, PostgresServer

QUESTION = "should i stretch a cramp straight away"
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, built: Built, tmp_path: Path) -> Run:
    """Runs a command with the built index in a folder, and what else is put under [index]."""
    file = tmp_path / "mine.toml"
    monkeypatch.setattr("assistant.wire.encoder_of", lambda _: built.encoder)
    monkeypatch.setenv("SOLEUS_SETTINGS", str(file))
    monkeypatch.setenv("SOLEUS_SHELF__FOLDER", str(tmp_path / "own"))

    def invoke(*arguments: str, more: str = "") -> Result:
        file.write_text(f"[index]\nfolder = {str(built.folder)!r}\n{more}\n")
        return CliRunner().invoke(app, arguments)

    return invoke


def answer(run: Run, more: str) -> object:
    """What is answered, without what changes from one asking to the next."""
    done = run("ask", QUESTION, "--json", more=more)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_index_moves_to_postgresql_and_answers_the_same(
    run: Run, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOLEUS_POSTGRES_URL", postgres.url())
    there = 'engine = "postgres"\npostgres_schema = "moved"'
    done = run("migrate", "--to", "postgres", more='postgres_schema = "moved"')
    assert done.exit_code == 0, done.output
    printed = " ".join(done.stdout.split())
    assert "Copied 5 documents" in printed
    assert "from files on this machine to PostgreSQL; nothing was encoded" in printed
    assert 'settings.toml: engine = "postgres"' in printed
    assert PASSWORD not in done.output
    from_files = answer(run, 'engine = "faiss"')
    assert answer(run, there) == from_files
    again = run("index", more=there)
    assert "Index up to date" in again.stderr


def test_already_there_no_setting_is_named(
    run: Run, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOLEUS_POSTGRES_URL", postgres.url())
    done = run("migrate", "--to", "postgres", more='engine = "postgres"\npostgres_schema = "x"')
    assert done.exit_code == 0, done.output
    assert "settings.toml" not in done.stdout


def test_without_a_database_one_line_says_what_is_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOLEUS_POSTGRES_URL", raising=False)
    done = run("migrate", "--to", "postgres")
    assert done.exit_code == 1
    assert "SOLEUS_POSTGRES_URL=postgresql://" in " ".join(done.stderr.split())
    assert run("migrate", "--to", "paper").exit_code == 2
    assert run("migrate").exit_code == 2


def test_a_database_that_is_away_is_one_line_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"postgresql://club:{PASSWORD}@127.0.0.1:1/soleus"
    monkeypatch.setenv("SOLEUS_POSTGRES_URL", url)
    for command in (["migrate", "--to", "faiss"], ["index"], ["ask", QUESTION]):
        done = run(*command, more='engine = "postgres"')
        assert done.exit_code == 1
        assert "No PostgreSQL server answers" in " ".join(done.stderr.split())
        assert PASSWORD not in done.output


def test_the_setting_chooses_the_engine(tmp_path: Path) -> None:
    url = {"SOLEUS_POSTGRES_URL": "postgresql://club@127.0.0.1:1/soleus"}
    settings = Settings(index=IndexSettings(folder=tmp_path))
    there = Settings(index=IndexSettings(folder=tmp_path, engine="postgres"))
    assert isinstance(engine_of(settings, environment=url), FaissEngine)
    assert isinstance(engine_of(there, environment=url), PostgresEngine)
    assert isinstance(engine_of(there, "faiss", environment={}), FaissEngine)
    with pytest.raises(PassageIndexError, match="No database is named"):
        engine_of(there, environment={})


def test_the_address_is_no_setting_and_in_nobodys_way(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.toml"
    nothing.write_text("")
    with_address = load_settings(
        nothing, {"SOLEUS_POSTGRES_URL": f"postgresql://me:{PASSWORD}@h/d"}
    )
    assert with_address == load_settings(nothing, {})
    assert PASSWORD not in repr(with_address)
