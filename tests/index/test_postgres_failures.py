"""What a club reads when its database will not: plain words, and never the password."""

import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from index.errors import (
    DamagedIndexError,
    IndexUnreachableError,
    IndexWriteError,
    PassageIndexError,
)
from index.postgres import open_postgres
from index.postgres.engine import PostgresEngine
from index.postgres.failures import refused_connection, refused_statement
from tests.index.cut_documents import NO_QUESTIONS, SPEC, cut, wording
from tests.postgres_server import PASSWORD, PostgresServer

SALT = cut("salt", [["Salt may help."]])


def as_admin(server: PostgresServer, *statements: str, database: str = "") -> None:
    with psycopg.connect(server.url(database=database), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.fixture(scope="module")
def guest(postgres: PostgresServer) -> str:
    """Somebody who may connect and nothing else, in databases of every kind."""
    as_admin(
        postgres,
        f"create role guest login password '{PASSWORD}'",
        "create database bare",
        "create database vectors",
        "create database latin encoding 'LATIN1' template template0",
    )
    for database in ("vectors", "latin"):
        as_admin(postgres, "create extension vector", database=database)
    return "guest"


def said(error: BaseException) -> str:
    """The message, which must not give the password away, nor may what Python prints with it."""
    assert PASSWORD not in "".join(traceback.format_exception(error))
    return str(error)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "wrong-word"}, "name or the password"),
        ({"user": "nobody-there"}, "name or the password"),
        ({"database": "nowhere"}, "no database of the name"),
    ],
)
def test_a_refused_connection_says_what_to_look_at(
    postgres: PostgresServer, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(IndexUnreachableError, match=words) as failure:
        open_postgres(postgres.url(**changes)).label()
    assert "wrong-word" not in "".join(traceback.format_exception(failure.value))
    assert said(failure.value)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{PASSWORD}@127.0.0.1:1/club",
        f"postgresql://me:{PASSWORD}@/club?host=/no/such/folder",
    ],
)
def test_a_server_that_does_not_answer_is_called_that(url: str) -> None:
    with pytest.raises(IndexUnreachableError, match="No PostgreSQL server answers") as failure:
        open_postgres(url).open()
    assert said(failure.value)


@pytest.mark.parametrize(
    "url", [f"postgresql://me:{PASSWORD}@[bad/club", f"postgres//me:{PASSWORD}", "club"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(IndexUnreachableError, match="SOLEUS_POSTGRES_URL is not one") as failure:
        open_postgres(url).commit(SPEC, [], [], NO_QUESTIONS)
    assert said(failure.value)


def test_without_an_address_the_variable_is_named() -> None:
    with pytest.raises(PassageIndexError, match="environment: SOLEUS_POSTGRES_URL="):
        open_postgres(" ")


def test_without_the_extra_what_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.startswith("index.postgres.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(PassageIndexError, match=r'--editable "\.\[postgres\]"'):
        open_postgres("postgresql://me@localhost/club")


@pytest.mark.parametrize("schema", ["Soleus", "a b", 'a"; drop', "", "x" * 41, "1st"])
def test_a_schema_is_named_plainly(schema: str) -> None:
    with pytest.raises(ValueError, match="cannot name a schema"):
        PostgresEngine("postgresql://me@localhost/club", schema)


def test_without_pgvector_its_name_is_said(postgres: PostgresServer, guest: str) -> None:
    engine = open_postgres(postgres.url(guest, database="bare"))
    assert engine.label() is None
    with pytest.raises(IndexWriteError, match="CREATE EXTENSION vector"):
        engine.commit(SPEC, [SALT], [], NO_QUESTIONS)
    assert engine.label() is None


def test_without_rights_the_right_is_named(postgres: PostgresServer, guest: str) -> None:
    engine = open_postgres(postgres.url(guest, database="vectors"))
    with pytest.raises(IndexWriteError, match="right to create a schema"):
        engine.commit(SPEC, [SALT], [], NO_QUESTIONS)


def test_a_schema_of_ones_own_is_enough(postgres: PostgresServer, guest: str) -> None:
    as_admin(postgres, "create schema mine authorization guest", database="vectors")
    engine = open_postgres(postgres.url(guest, database="vectors"), "mine")
    engine.commit(SPEC, [SALT], [], NO_QUESTIONS)
    assert list(engine.open().every_passage()) == list(SALT.passages)


def test_whoever_may_only_read_can_search(postgres: PostgresServer, guest: str) -> None:
    owner = open_postgres(postgres.url(database="vectors"), "club")
    owner.commit(SPEC, [SALT], [], NO_QUESTIONS)
    reader = open_postgres(postgres.url(guest, database="vectors"), "club")
    with pytest.raises(PassageIndexError, match="no right to that"):
        reader.open()
    as_admin(
        postgres,
        "grant usage on schema club to guest",
        "grant select on all tables in schema club to guest",
        database="vectors",
    )
    opened = reader.open()
    asked = wording("does salt help")
    assert opened.likeness(opened.pool([asked], 3), asked).bm25[0] > 0
    assert reader.unsound(thoroughly=True) == frozenset()
    with pytest.raises(IndexWriteError, match="no right to that"):
        reader.commit(SPEC, [], ["salt"], NO_QUESTIONS)
    assert opened.card("salt") == SALT.card


def test_a_database_that_would_lose_characters_is_refused(
    postgres: PostgresServer, guest: str
) -> None:
    with pytest.raises(IndexUnreachableError, match="in LATIN1"):
        open_postgres(postgres.url(database="latin")).commit(SPEC, [SALT], [], NO_QUESTIONS)


def test_a_name_that_cannot_be_kept_is_refused(postgres: PostgresServer) -> None:
    engine = open_postgres(postgres.url(), "odd_names")
    with pytest.raises(IndexWriteError, match="a character that the database cannot keep"):
        engine.commit(SPEC, [cut("na\x00me", [["Salt."]])], [], NO_QUESTIONS)
    assert engine.label() is None


@pytest.fixture
def kept(postgres: PostgresServer) -> Iterator[PostgresEngine]:
    """An index whose tables somebody else may harm."""
    engine = open_postgres(postgres.url(), "harmed")
    engine.commit(SPEC, [cut("pace", [["Slow down."]]), SALT], [], NO_QUESTIONS, afresh=True)
    yield engine
    as_admin(postgres, "drop schema harmed cascade")


@pytest.mark.parametrize(
    "harm",
    [
        "update {sentences} set v = (select v from {sentences} order by passage limit 1)",
        "update {passages} set body = replace(body, 'Salt', 'Salz')",
        "update {documents} set card = replace(card, 'forum', 'clinician') where id = 'salt'",
        "delete from {passage_words} where term = 'salt'",
        "delete from {sentence_words} where term = 'salt'",
        "delete from {sentences} where passage >> 20 = 2",
    ],
)
def test_rows_that_somebody_changed_are_noticed(
    postgres: PostgresServer, kept: PostgresEngine, harm: str
) -> None:
    names = ("sentences", "passages", "documents", "passage_words", "sentence_words")
    as_admin(postgres, harm.format(**{name: f"harmed.{name}_v1_1" for name in names}))
    assert kept.unsound(thoroughly=True) == {"salt"}
    kept.commit(SPEC, [SALT], [], NO_QUESTIONS)
    assert kept.unsound(thoroughly=True) == frozenset()


def test_missing_tables_are_named_and_built_again(
    postgres: PostgresServer, kept: PostgresEngine
) -> None:
    as_admin(postgres, "drop table harmed.sentences_v1_1")
    with pytest.raises(DamagedIndexError, match="index --force"):
        kept.open().document("salt")
    with pytest.raises(DamagedIndexError, match="index --force"):
        kept.commit(SPEC, [SALT], [], NO_QUESTIONS)
    kept.commit(SPEC, [SALT], [], NO_QUESTIONS, afresh=True)
    assert list(kept.open().every_passage()) == list(SALT.passages)


def test_an_unreadable_label_is_damage(postgres: PostgresServer, kept: PostgresEngine) -> None:
    as_admin(postgres, "update harmed.generations_v1 set spec = '{}', token = 'other'")
    with pytest.raises(DamagedIndexError, match="label"):
        kept.label()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "disk of the database is full"),
        ("25006", "only be read"),
        ("57014", "took too long"),
        ("55P03", "busy"),
        ("40001", "its code: 40001"),
    ],
)
def test_what_cannot_be_brought_about_here_has_words_too(state: str, words: str) -> None:
    assert words in str(refused_statement(state, writing=True))
    assert isinstance(refused_statement(state, writing=True), IndexWriteError)
    assert not isinstance(refused_statement(state, writing=False), IndexWriteError)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("FATAL:  sorry, too many clients already", "no connection left"),
        ("FATAL:  the database system is starting up", "starting or stopping"),
        ("server does not support SSL, but SSL was required", "encryption"),
        ('FATAL:  role "me" does not exist', "knows nobody"),
        ('FATAL:  database "me" does not exist', "no database of the name"),
        ("Name or service not known", "No PostgreSQL server answers"),
    ],
)
def test_reasons_are_told_by_what_the_client_library_says(said: str, words: str) -> None:
    assert words in str(refused_connection(said))


def test_every_module_names_the_variable_alike() -> None:
    """failures.py cannot import it: the package must load without them."""
    from index.postgres import URL_VARIABLE, failures

    assert f'_URL = "{URL_VARIABLE}"' in Path(failures.__file__).read_text("utf-8")
