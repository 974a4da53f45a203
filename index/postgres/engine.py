"""The index in a database: what is there, opening it, and changing it whole or not at all."""

import re
from collections.abc import Iterable
from contextlib import closing, suppress
from threading import Lock

from index.engine import CutDocument, Label, OutOfScope
from index.errors import (
    REBUILD,
    BuildInProgressError,
    IndexNotBuiltError,
    IndexUnreachableError,
    PassageIndexError,
)
from index.postgres import generations
from index.postgres.checking import unsound
from index.postgres.commit import Commit
from index.postgres.driver import Database, Session
from index.postgres.finding import View, dead_of
from index.postgres.snapshot import PostgresSnapshot
from index.postgres.sweep import sweep
from index.postgres.tables import Tables, vacuum
from index.spec import IndexSpec

EXACT_PASSAGES = 2_000
"""Passages up to which every one is compared with every question."""

_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,39}")
_TRIES = 20
"""Attempts to open a state that was swept between being found and being held."""


class PostgresEngine:
    """Keeps an index in PostgreSQL with pgvector. May be shared by threads and processes."""

    def __init__(
        self, url: str, schema: str = "soleus", *, exact_passages: int = EXACT_PASSAGES
    ) -> None:
        """Connects to nothing yet.

        `exact_passages`: up to so many everything is compared with a question.

        Raises:
            ValueError: the schema's name is not made of small letters, digits and "_".
        """
        if not _SCHEMA.fullmatch(schema):
            raise ValueError(f"{schema!r} cannot name a schema: small letters, digits and _ only")
        self._database = Database(url)
        self._schema = schema
        self._exact_passages = exact_passages
        self._lock = Lock()
        self._known: Label | None = None

    def label(self) -> Label | None:
        """What is there, or None where nothing was ever built.

        Raises:
            DamagedIndexError: it is unreadable.
            IndexUnreachableError: the database does not answer.
        """
        with self._database.reading() as session:
            newest = generations.newest(session, Tables(self._schema))
            if newest is None:
                return None
            return self._label(session, Tables(self._schema, newest.epoch), newest)

    def stamp(self) -> str | None:
        """Changes with every commit, and only then. Raises what `label` does."""
        with self._database.reading() as session:
            newest = generations.newest(session, Tables(self._schema))
            return newest.token if newest else None

    def unsound(self, *, thoroughly: bool) -> frozenset[str]:
        """Documents whose rows are not as they were written.

        `thoroughly`: whether they are looked at; else the database's word is taken for it.
        """
        if not thoroughly:
            return frozenset()
        with self._database.reading() as session:
            newest = generations.newest(session, Tables(self._schema))
            if newest is None:
                return frozenset()
            return unsound(session, Tables(self._schema, newest.epoch), newest)

    def _label(self, session: Session, tables: Tables, generation: generations.Generation) -> Label:
        """Read once for each generation: it names every document."""
        with self._lock:
            if self._known is None or self._known.generation != generation.token:
                self._known = generations.label_of(session, tables, generation)
            return self._known

    def open(self, *, thoroughly: bool = True) -> PostgresSnapshot:
        """The present state. The database vouches for its pages: they are not all read for this.

        Raises:
            IndexNotBuiltError: there is none.
            DamagedIndexError: it is unreadable.
            IndexUnreachableError: the database does not answer.
        """
        for _ in range(_TRIES):
            holder = self._database.connect()
            try:
                opened = self._held(holder)
            except BaseException:
                holder.close()
                raise
            if opened is not None:
                return opened
            holder.close()
        raise IndexUnreachableError(
            "The index in the database is being changed all the time. Try again in a moment."
        )

    def _held(self, holder: Session) -> PostgresSnapshot | None:
        newest = generations.newest(holder, Tables(self._schema))
        if newest is None:
            raise IndexNotBuiltError(f"There is no index in the database yet. {REBUILD}")
        tables = Tables(self._schema, newest.epoch)
        if not generations.hold(holder, tables, newest):
            return None
        view = View(tables, newest, dead_of(holder, tables, newest))
        label = self._label(holder, tables, newest)
        return PostgresSnapshot(self._database, holder, view, label, self._exact_passages)

    def commit(
        self,
        spec: IndexSpec,
        added: Iterable[CutDocument],
        removed: Iterable[str],
        out_of_scope: OutOfScope,
        *,
        afresh: bool = False,
        since: str | None = None,
    ) -> Label:
        """Takes documents out, then puts documents in (`index/engine.py`), in one transaction.

        Raises:
            IndexWriteError: it cannot be written; what was there stays.
            IndexUnreachableError: the database does not answer.
            BuildInProgressError: somebody else is writing, or has written since.
            StaleIndexError: what is there was made with another encoder, and is not to go.
            ValueError: documents out of order.
        """
        with self._database.writing() as session:
            commit = Commit(
                session, self._schema, spec, afresh=afresh, exact_passages=self._exact_passages
            )
            if not commit.is_since(since):
                raise BuildInProgressError(
                    f"Somebody else changed the index in the database meanwhile. {REBUILD}"
                )
            commit.put_out(list(removed))
            commit.put_in(added)
            made = commit.finish(out_of_scope)
            label = generations.label_of(session, Tables(self._schema, made.epoch), made)
        self._tidy(Tables(self._schema, made.epoch), thoroughly=commit.is_large)
        return label

    def _tidy(self, tables: Tables, *, thoroughly: bool) -> None:
        # The commit has happened; what cannot be swept now is swept after the next.
        with suppress(PassageIndexError):
            with self._database.writing() as session:
                sweep(session, self._schema)
            if thoroughly:
                with closing(self._database.connect(writing=True)) as session:
                    vacuum(session, tables)
