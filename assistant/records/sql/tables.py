"""How turns lie in a database: tables that say which version of them they are."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
)
from sqlalchemy.types import TypeDecorator

from assistant.errors import RecordsError

VERSION = 1
"""Raise it whenever the tables change."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC: SQLite keeps no time zone, and PostgreSQL answers in its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


_ALL = MetaData()
_versions = Table("versions", _ALL, Column("version", Integer, primary_key=True))

turns = Table(
    "turns",
    _ALL,
    Column("id", String(64), primary_key=True),
    Column("chat", String(64), nullable=False, index=True),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("level", String(32), nullable=False),
    Column("documents", JSON, nullable=False),
    Column("uncovered", JSON, nullable=False),
    Column("written_by", Text, nullable=False),
)

feedback = Table(
    "feedback",
    _ALL,
    Column("turn", ForeignKey(turns.c.id, ondelete="CASCADE"), primary_key=True),
    Column("thumb", String(8), nullable=False),
    Column("comment", Text, nullable=False),
)


def lay(connection: Connection) -> None:
    """Makes the tables. Must be in a transaction that nobody else is in."""
    _ALL.create_all(connection)
    connection.execute(insert(_versions), {"version": VERSION})


def are_laid(connection: Connection, schema: str | None = None) -> bool:
    """Whether the tables are there.

    Raises:
        RecordsError: they are, but are those of another version.
    """
    if not inspect(connection).has_table(_versions.name, schema=schema):
        return False
    found = connection.execute(select(_versions.c.version)).scalar()
    if found != VERSION:
        raise RecordsError(
            f"What is kept of chats was laid out by another Soleus (version {found}; this one"
            f" knows {VERSION}). Update this one, or let it begin anew elsewhere: [records] folder,"
            " or another database."
        )
    return True
