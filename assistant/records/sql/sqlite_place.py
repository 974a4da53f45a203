"""One file of this machine, for its user alone. What is deleted is overwritten, too."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from assistant.errors import RecordsError
from assistant.records.sql.tables import are_laid, lay
from corpus.durable import sync

FILE = "records.sqlite"
_WRITING = "soleus_writing"
PATIENCE = 5.0
"""Seconds to wait for another program that writes."""


class SqlitePlace:
    """A file in a folder; both are made by the first turn that is kept."""

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        self._path = folder / FILE
        self._patience = patience
        self._engine = self._engine_of(self._path)

    @property
    def described(self) -> str:
        """Where it is, for an operator."""
        return str(self._path)

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """One state of the database throughout; None where nothing was ever kept."""
        if not self._is_there():
            yield None
            return
        with self._engine.begin() as connection:
            yield connection if are_laid(connection) else None

    @contextmanager
    def writing(self, *, make: bool = False) -> Iterator[Connection | None]:
        """Steps that take effect together or not at all; None where nothing was ever kept.

        `make`: never None, the file is made if need be.
        """
        if make and not self._is_there():
            self._make()
        if not self._is_there():
            yield None
            return
        with self._engine.execution_options(**{_WRITING: True}).begin() as connection:
            there = are_laid(connection)
            if make and not there:  # an empty file that somebody put there
                lay(connection)
            yield connection if there or make else None

    def wipe(self) -> None:
        """Empties the journal, where what was deleted would otherwise stand a while longer.

        While somebody reads, that is left to whoever closes the file last.
        """
        if not self._is_there():
            return
        with closing(_connect(self._path, patience=0.0)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")

    def _is_there(self) -> bool:
        try:
            return self._path.exists()
        except OSError as error:
            raise RecordsError(
                f"What is kept of chats cannot be looked for in {self._path.parent}:"
                f" {error.strerror}. Give this user the right to that folder."
            ) from None

    def _make(self) -> None:
        """The file with its tables, made under another name, so that it is there whole or not."""
        spare = self._path.with_name(f".{FILE}.{secrets.token_hex(4)}")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(spare, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(_connect(spare, self._patience)) as connection:
                connection.execute("pragma journal_mode = wal")
            with self._engine_of(spare).begin() as connection:
                lay(connection)
            with suppress(FileExistsError):  # somebody else was quicker
                os.link(spare, self._path)
            sync(self._path.parent)
        except OSError as error:
            raise RecordsError(
                f"Chats cannot be kept in {self._path.parent}: {error.strerror}. Name another"
                " folder under [records] folder, or set keep = false."
            ) from None
        finally:
            with suppress(OSError):
                spare.unlink()

    def _engine_of(self, path: Path) -> Engine:
        engine = create_engine(
            "sqlite://",
            creator=lambda: _connect(path, self._patience),
            poolclass=NullPool,
            hide_parameters=True,
        )
        event.listen(engine, "begin", _begin)
        return engine


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    """Never makes the file."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None
    )
    try:
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    """Python's own module would begin too late, and two writers would then wait for each other."""
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("begin immediate" if writing else "begin")
