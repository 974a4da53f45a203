"""What a club reads when its database will not keep anything: plain words, never the password."""

import sys
import traceback
from collections.abc import Iterator

import psycopg
import pytest

from assistant.errors import RecordsError
from assistant.records.opening import records_of
from assistant.records.sql.sql_records import SqlRecords
from assistant.settings_records import RecordsSettings
from tests.assistant.records.made_records import ALWAYS, CODE, NOON, turn
from tests.postgres_server import PASSWORD, PostgresServer, running_server


def opened(url: str) -> SqlRecords:
    return records_of(RecordsSettings(), {"SOLEUS_RECORDS_URL": url})


def as_admin(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def said(error: BaseException) -> str:
    """The message, which must not give the password away, nor may what Python prints with it."""
    assert PASSWORD not in "".join(traceback.format_exception(error))
    return str(error)


@pytest.fixture
def guest(postgres: PostgresServer, database: str) -> Iterator[str]:
    """The address for somebody who may connect and nothing else."""
    as_admin(database, f"create role keeper login password '{PASSWORD}'")
    yield postgres.url("keeper")
    as_admin(
        database,
        "drop schema if exists soleus_records cascade",
        "drop owned by keeper",
        "drop role keeper",
    )


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{PASSWORD}@127.0.0.1:1/club",
        f"postgresql://me:{PASSWORD}@/club?host=/no/such/folder",
    ],
)
def test_a_server_that_does_not_answer_is_called_that(url: str) -> None:
    with pytest.raises(RecordsError, match="No PostgreSQL lets Soleus in") as failure:
        opened(url).keep(turn())
    assert said(failure.value)


def test_a_wrong_password_or_database_leads_to_the_address(postgres: PostgresServer) -> None:
    for url in (postgres.url(password="wrong-word"), postgres.url(database="nowhere")):
        with pytest.raises(RecordsError, match="the name and the password right") as failure:
            opened(url).tally()
        assert said(failure.value)


@pytest.mark.parametrize(
    "url",
    [
        f"postgres//me:{PASSWORD}",
        f"postgresql://me:{PASSWORD}@db.example:port/club",
        f"mysql://me:{PASSWORD}@db.example/club",
        "club",
    ],
)
def test_an_address_that_is_none_of_a_postgresql_is_not_repeated(url: str) -> None:
    with pytest.raises(RecordsError, match="is not one of a PostgreSQL") as failure:
        opened(url)
    assert said(failure.value)


def test_without_the_extra_what_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordsError, match=r'--editable "\.\[postgres\]"'):
        opened("postgresql://me@localhost/club")


def test_whoever_only_looks_makes_nothing(database: str) -> None:
    records = opened(database)
    assert list(records.export(ALWAYS)) == []
    assert records.forget(CODE) == records.sweep(NOON) == 0
    with psycopg.connect(database) as connection:
        found = connection.execute("select 1 from pg_namespace where nspname = 'soleus_records'")
        assert found.fetchall() == []


def test_without_rights_the_right_is_named(guest: str) -> None:
    assert opened(guest).tally().turns == 0
    with pytest.raises(RecordsError, match="right to create a schema") as failure:
        opened(guest).keep(turn())
    assert said(failure.value)


def test_a_schema_of_ones_own_is_enough(database: str, guest: str) -> None:
    as_admin(database, "create schema soleus_records authorization keeper")
    opened(guest).keep(turn())
    assert opened(guest).tally().turns == 1


def test_tables_of_another_version_are_left_alone(database: str) -> None:
    opened(database).keep(turn())
    as_admin(database, "update soleus_records.versions set version = 2")
    with pytest.raises(RecordsError, match="version 2; this one knows 1"):
        opened(database).keep(turn())


def test_a_database_that_can_only_be_read_is_called_that(database: str, guest: str) -> None:
    as_admin(
        database,
        "create schema soleus_records authorization keeper",
        "alter role keeper set default_transaction_read_only = on",
    )
    with pytest.raises(RecordsError, match="can only be read"):
        opened(guest).keep(turn())


def test_a_server_that_comes_back_is_used_again() -> None:
    with running_server() as server:
        records = opened(server.url())
        records.keep(turn())
        server.stop()
        with pytest.raises(RecordsError, match="No PostgreSQL lets Soleus in") as failure:
            records.keep(turn())
        assert said(failure.value)
        server.start()
        records.keep(turn())
        assert records.tally().turns == 2
