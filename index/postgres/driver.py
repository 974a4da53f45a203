"""Speaks to PostgreSQL: the only door to psycopg."""

import struct
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

import numpy as np
import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Format, TransactionStatus
from psycopg.types import TypeInfo

from index.encode import Vectors
from index.errors import IndexUnreachableError
from index.postgres.failures import (
    NO_PGVECTOR,
    refused_address,
    refused_connection,
    refused_statement,
)

Row = tuple[Any, ...]
Values = Mapping[str, object]

_KEPT = 8
"""Idle connections that are kept for the next question."""

_OLDEST_PGVECTOR = (0, 8)
"""The first that goes on searching when a filter leaves too few."""

_SETUP = """
    set jit = off;
    set hnsw.ef_search = 200;
    set hnsw.iterative_scan = strict_order;
    set client_encoding = 'UTF8'
"""
"""Compiling a query takes longer than any of ours. 200: recall@10 >= 0.99 at 100,000 vectors."""

_EXTENSION = """
    select e.extversion, n.nspname, t.oid::int8, current_setting('server_encoding')
    from pg_extension e
    join pg_namespace n on n.oid = e.extnamespace
    join pg_type t on t.typnamespace = n.oid and t.typname = 'vector'
    where e.extname = 'vector'
"""


_LOST = "08006"
_UNFIT = "22021"
"""Codes for what the client library notices by itself: a broken connection, a NUL in a text."""


def as_sent(vector: Vectors) -> bytes:
    """A vector in pgvector's binary form, as its `vector_send` gives it."""
    return struct.pack(">HH", len(vector), 0) + vector.astype(">f4").tobytes()


class _VectorDumper(Dumper):
    """A float32 vector in pgvector's binary form, bit for bit."""

    format = Format.BINARY

    def dump(self, obj: Vectors) -> Buffer:
        return as_sent(obj)


class _VectorLoader(Loader):
    format = Format.BINARY

    def load(self, data: Buffer) -> Vectors:
        return np.frombuffer(data, dtype=">f4", offset=4).astype(np.float32)


class Session:
    """One connection. Not to be shared by threads."""

    def __init__(self, connection: "psycopg.Connection[Row]", *, writing: bool = False) -> None:
        self._connection = connection
        self._writing = writing
        self.knows_vectors = False

    def run(self, statement: str, values: Values | None = None) -> int:
        """Runs a statement and says how many rows it touched."""
        with self._plain():
            return self._connection.execute(statement.encode(), values).rowcount

    def rows(self, query: str, values: Values | None = None) -> list[Row]:
        """All rows of a query."""
        with self._plain(), self._connection.cursor(binary=True) as cursor:
            return cursor.execute(query.encode(), values).fetchall()

    def copy(self, statement: str, kinds: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Sends many rows; `kinds` are the types of their columns."""
        with (
            self._plain(),
            self._connection.cursor() as cursor,
            cursor.copy(statement.encode()) as copy,
        ):
            copy.set_types(list(kinds))
            for row in rows:
                copy.write_row(row)

    def learn_vectors(self) -> bool:
        """Looks up pgvector in this database; False where it is not there.

        Raises:
            IndexUnreachableError: it is too old, or the database cannot keep every character.
        """
        found = self.rows(_EXTENSION)
        if not found:
            return False
        [(version, schema, oid, encoding)] = found
        if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST_PGVECTOR:
            raise IndexUnreachableError(NO_PGVECTOR)
        if encoding != "UTF8":
            raise IndexUnreachableError(
                f"The database keeps texts in {encoding}, where characters would be lost. Ask"
                " whoever runs it for a database with the encoding UTF8."
            )
        adapters = self._connection.adapters
        adapters.types.add(TypeInfo("vector", oid, 0))
        adapters.register_dumper(np.ndarray, type("_Dumper", (_VectorDumper,), {"oid": oid}))
        adapters.register_loader(oid, _VectorLoader)
        self.run("select set_config('search_path', quote_ident(%(name)s), false)", {"name": schema})
        self.knows_vectors = True
        return True

    @property
    def idle(self) -> bool:
        """Whether it is sound and in no transaction."""
        return self._connection.info.transaction_status is TransactionStatus.IDLE

    def close(self) -> None:
        """Lets go of it; whatever it had begun is undone."""
        self._connection.close()

    @contextmanager
    def _plain(self) -> Iterator[None]:
        try:
            yield
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise refused_statement(error.sqlstate or _LOST, writing=self._writing) from None
        except psycopg.DataError as error:
            raise refused_statement(error.sqlstate or _UNFIT, writing=self._writing) from None
        except psycopg.DatabaseError as error:
            if error.sqlstate is None:  # the client library's: a mistake of ours
                raise
            raise refused_statement(error.sqlstate, writing=self._writing) from None


class Database:
    """The connections to one database. May be shared by threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._idle: list[Session] = []
        self._lock = Lock()
        self._closing = weakref.finalize(self, _close_all, self._idle)

    def connect(self, *, writing: bool = False) -> Session:
        """A new connection, in no transaction.

        Raises:
            IndexUnreachableError: there is none to be had.
        """
        try:
            given = {"connect_timeout": 10, "application_name": "soleus", **_parts(self._url)}
            connection = psycopg.connect(
                "", **given, autocommit=True, prepare_threshold=None, keepalives_idle=30
            )
        except psycopg.OperationalError as error:
            raise refused_connection(str(error)) from None
        session = Session(connection, writing=writing)
        try:
            session.run(_SETUP)
            session.learn_vectors()
        except BaseException:
            session.close()
            raise
        return session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A connection that sees one state of the database throughout, and cannot write."""
        session = self._begun()
        try:
            yield session
            session.run("commit")
        finally:
            self._take_back(session)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A connection whose statements take effect together at the end, or not at all."""
        session = self.connect(writing=True)
        try:
            session.run("begin; set local idle_in_transaction_session_timeout = 0")
            yield session
            session.run("commit")
        finally:
            session.close()

    def _begun(self) -> Session:
        begin = "begin isolation level repeatable read read only"
        while session := self._kept():
            # The server may have gone and come back since it was last used.
            with suppress(IndexUnreachableError):
                session.run(begin)
                return session
            session.close()
        session = self.connect()
        session.run(begin)
        return session

    def _kept(self) -> Session | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _take_back(self, session: Session) -> None:
        with self._lock:
            if session.idle and session.knows_vectors and len(self._idle) < _KEPT:
                self._idle.append(session)
                return
        session.close()


def _parts(url: str) -> dict[str, Any]:
    try:
        return dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError:
        raise refused_address() from None


def _close_all(sessions: list[Session]) -> None:
    while sessions:
        sessions.pop().close()
