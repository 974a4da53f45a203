"""A schema of its own in a club's PostgreSQL; made by the first turn that is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateSchema

from assistant.errors import RecordsError
from assistant.records.sql.tables import are_laid, lay

SCHEMA = "soleus_records"
_LOCK = 0x501E05
"""Held while tables are made, so that two servers do not both make them. Any number would do."""


class PostgresPlace:
    """Connects anew for each step: a server that went and came back is no matter."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = create_engine(
                _address(url),
                poolclass=NullPool,
                hide_parameters=True,
                connect_args={
                    "connect_timeout": 5,
                    "client_encoding": "utf8",
                    "application_name": "soleus",
                },
                execution_options={"schema_translate_map": {None: SCHEMA}},
            )
        except ImportError:
            raise RecordsError(
                "What Soleus needs to speak to PostgreSQL is not installed. Run: .venv/bin/python"
                ' -m pip install --constraint constraints.txt --editable ".[postgres]"'
            ) from None

    @property
    def described(self) -> str:
        """Where it is, for an operator; nothing of its address."""
        return f"the schema {SCHEMA} of the PostgreSQL named in SOLEUS_RECORDS_URL"

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """One state of the database throughout; None where nothing was ever kept."""
        apart = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        with apart.begin() as connection:
            yield connection if are_laid(connection, SCHEMA) else None

    @contextmanager
    def writing(self, *, make: bool = False) -> Iterator[Connection | None]:
        """Steps that take effect together or not at all; None where nothing was ever kept.

        `make`: never None, the tables are made if need be.
        """
        with self._engine.begin() as connection:
            there = are_laid(connection, SCHEMA)
            if make and not there:
                _make(connection)
            yield connection if there or make else None

    def wipe(self) -> None:
        """Nothing to do: the server tidies up by itself (autovacuum)."""


def _address(url: str) -> URL:
    """Raises RecordsError. What is wrong is not said: the address holds a password."""
    try:
        read = make_url(url.strip())
    except (ArgumentError, ValueError):
        read = None
    if read is None or read.drivername not in ("postgresql", "postgres"):
        raise RecordsError(
            "The address in SOLEUS_RECORDS_URL is not one of a PostgreSQL. It looks like"
            " postgresql://name:password@host:5432/database, with any of : / @ # in a password"
            " written as %3A %2F %40 %23."
        )
    return read.set(drivername="postgresql+psycopg")


def _make(connection: Connection) -> None:
    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if are_laid(connection, SCHEMA):
        return
    if not inspect(connection).has_schema(SCHEMA):
        connection.execute(CreateSchema(SCHEMA))
    lay(connection)
