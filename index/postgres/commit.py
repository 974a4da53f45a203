"""Writes one generation: everything in one transaction, so a crash leaves what was there."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from index.engine import CutDocument, OutOfScope
from index.errors import REBUILD, BuildInProgressError, StaleIndexError
from index.lexical import Analyzer
from index.postgres import generations
from index.postgres.driver import Session
from index.postgres.generations import TOTALS, Generation, Totals
from index.postgres.records import Rows
from index.postgres.tables import (
    SHIFT,
    Tables,
    analyse,
    make_epoch,
    make_near,
    make_shared,
)
from index.spec import IndexSpec, questions_digest

_SENT_AT_ONCE = 20_000
"""Rows held in memory before they are sent: some 30 MB."""

_THEIRS = f"""
    from unnest(%(keys)s::int8[]) d(key)
    join {{words}} on passage >= d.key << {SHIFT} and passage < (d.key + 1) << {SHIFT}
"""

_LOST = (
    ("p", "passage_words", "true"),
    ("s", "sentence_words", "tf > 0"),
    ("a", "sentence_words", "true"),
)
"""Kinds of counts, where their words lie, and which of those count."""


class Commit:
    """One commit under way, on a connection whose transaction is the caller's."""

    def __init__(
        self, session: Session, schema: str, spec: IndexSpec, *, afresh: bool, exact_passages: int
    ) -> None:
        """Takes the right to write and makes what tables are missing.

        Raises:
            BuildInProgressError: somebody else is writing.
            IndexWriteError: tables cannot be made.
            StaleIndexError: what is there was made with another encoder.
        """
        self._session = session
        self._exact_passages = exact_passages
        tables = Tables(schema)
        if not generations.take(session, tables, 0):
            raise BuildInProgressError(
                "Somebody else is writing the index in the database. Wait until they are done."
                f" If they failed: {REBUILD}"
            )
        make_shared(session, tables)
        self._before = None if afresh else generations.newest(session, tables)
        self._made = _next(session, tables, self._before, spec)
        self._tables = Tables(schema, self._made.epoch)
        if self._before is None:
            make_epoch(session, self._tables, spec.dimension)
        self._rows = Rows(Analyzer())
        self._waiting: list[CutDocument] = []

    def put_out(self, names: Sequence[str]) -> None:
        """Takes documents out; an unknown name is none that would have to go."""
        values = {"number": self._made.number, "ids": list(names)}
        gone = self._session.rows(
            self._tables.sql(
                "update {documents} set died = %(number)s where id = any(%(ids)s::text[])"
                f" and died is null returning key, {TOTALS}"
            ),
            values,
        )
        if not gone:
            return
        totals = self._made.totals
        for _, *lost in gone:
            totals = totals.plus(Totals(*lost), -1)
        self._made = replace(self._made, totals=totals)
        self._discount([key for key, *_ in gone])

    def _discount(self, keys: list[int]) -> None:
        values = {"keys": keys}
        for kind, table, counted in _LOST:
            theirs = _THEIRS.replace("{words}", f"{{{table}}}")
            query = f"select term, count(*) {theirs} where {counted} group by term"
            found = self._session.rows(self._tables.sql(query), values)
            self._rows.counts.subtract({(kind, term): units for term, units in found})
        words = self._session.rows(
            self._tables.sql(
                "select word, count(*) from {documents}, unnest(words) word"
                " where key = any(%(keys)s::int8[]) group by word"
            ),
            values,
        )
        self._rows.counts.subtract({("w", word): units for word, units in words})

    def put_in(self, documents: Iterable[CutDocument]) -> None:
        """Puts documents in, each in the place of one of the same name.

        Raises:
            ValueError: they are not in order of id, each once.
        """
        names: list[str] = []
        last = ""
        for document in documents:
            if document.card.id <= last:
                raise ValueError(f"{document.card.id} comes after {last}: not in order of id")
            last = document.card.id
            names.append(last)
            key = self._made.documents + 1
            totals = self._made.totals.plus(self._rows.add(document, key))
            self._made = replace(self._made, documents=key, totals=totals)
            if self._rows.size >= _SENT_AT_ONCE:
                self._send(names)
        self._send(names)

    def _send(self, names: list[str]) -> None:
        self.put_out(names)
        names.clear()
        for table, rows in self._rows.emptied().items():
            self._session.copy(*self._tables.copying(table), rows)

    def is_since(self, token: str | None) -> bool:
        """Whether the state that is changed is the one of that token, if one is given."""
        return token is None or (self._before is not None and self._before.token == token)

    @property
    def is_large(self) -> bool:
        """Whether what the database knows of its tables needs to be brought up to date."""
        known = self._before.totals.passages if self._before else 0
        return abs(self._made.totals.passages - known) * 10 >= known

    def finish(self, out_of_scope: OutOfScope) -> Generation:
        """Writes what is left and the row that makes it all count."""
        self._write_counts()
        self._write_questions(out_of_scope)
        made = self._made
        if made.totals.passages > self._exact_passages:
            make_near(self._session, self._tables, made.spec.dimension)
        if self.is_large:
            analyse(self._session, self._tables)
        generations.write(self._session, self._tables, made)
        return made

    def _write_counts(self) -> None:
        number = self._made.number
        changed = ((k, t, number, n) for (k, t), n in self._rows.counts.items() if n)
        self._session.copy(*self._tables.copying("counts"), changed)

    def _write_questions(self, out_of_scope: OutOfScope) -> None:
        number = self._made.number
        digest = questions_digest(out_of_scope.questions)
        if self._before and self._before.out_of_scope == digest:
            return
        pairs = zip(out_of_scope.questions, out_of_scope.vectors, strict=True)
        for place, (question, vector) in enumerate(pairs):
            written = json.dumps(question)  # which can hold any character
            self._session.run(
                self._tables.sql(
                    "insert into {out_of_scope} values"
                    " (%(number)s, %(place)s, %(question)s, %(vector)s)"
                ),
                {"number": number, "place": place, "question": written, "vector": vector},
            )
        self._made = replace(self._made, out_of_scope=digest, questions_of=number)


def _next(
    session: Session, tables: Tables, before: Generation | None, spec: IndexSpec
) -> Generation:
    """The generation that is about to be written, with nothing changed yet."""
    token = uuid4().hex
    if before is None:
        query = (
            "select coalesce(max(number), 0) + 1, coalesce(max(epoch), 0) + 1 from {generations}"
        )
        [(number, epoch)] = session.rows(tables.sql(query))
        return Generation(number, token, epoch, spec, "", number, 0, Totals())
    if before.spec != spec:
        raise StaleIndexError(
            f"The index in the database was made with another encoder or format. {REBUILD}"
        )
    return replace(before, number=before.number + 1, token=token)
