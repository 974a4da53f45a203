"""Every test of the store runs on both: a file, and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from assistant.records.opening import records_of
from assistant.records.sql.sql_records import SqlRecords
from assistant.settings_records import RecordsSettings
from tests.assistant.records.made_records import OpenRecords
from tests.postgres_server import PostgresServer


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    """The address of a database in which nothing is kept."""
    yield postgres.url()
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute("drop schema if exists soleus_records cascade")


@pytest.fixture(params=["sqlite", "postgres"])
def open_records(request: pytest.FixtureRequest, tmp_path: Path) -> OpenRecords:
    """Opens the same place, empty at first, again and again."""
    settings = RecordsSettings(keep=True, folder=tmp_path)
    if request.param == "sqlite":
        return lambda: records_of(settings, {})
    url = request.getfixturevalue("database")
    return lambda: records_of(settings, {"SOLEUS_RECORDS_URL": url})


@pytest.fixture
def records(open_records: OpenRecords) -> SqlRecords:
    """An empty place."""
    return open_records()
