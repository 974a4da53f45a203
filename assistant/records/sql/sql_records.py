"""What is done with kept turns, in the words of any database."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

from assistant.errors import RecordsError
from assistant.records.code import ChatCode
from assistant.records.kept import Ending, Feedback, KeptTurn, RatedTurn, Tally, Thumb
from assistant.records.sql.failures import refused
from assistant.records.sql.tables import feedback, turns
from assistant.reply import Level

_AT_ONCE = 500
"""Rows fetched at a time for an export."""


class Place(Protocol):
    """Where the tables are. Both ways in give None where nothing was ever kept."""

    @property
    def described(self) -> str:
        """Where it is, for an operator."""

    def reading(self) -> AbstractContextManager[Connection | None]:
        """One state of the database throughout."""

    def writing(self, *, make: bool = False) -> AbstractContextManager[Connection | None]:
        """Steps that take effect together or not at all."""

    def wipe(self) -> None:
        """Lets nothing remain of what was deleted, as far as that is up to us."""


class SqlRecords:
    """Turns in a database. Connects for each step and holds nothing open between."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @property
    def described(self) -> str:
        """Where it is, for an operator."""
        return self._place.described

    def keep(self, turn: KeptTurn) -> None:
        """Keeps a turn; makes the place for it if need be."""
        with _plain(), self._place.writing(make=True) as connection:
            if connection is not None:
                connection.execute(insert(turns), _row(turn))

    def rate(self, opinion: Feedback) -> bool:
        """Keeps what a reader thought, in place of what they thought before."""
        with _plain(), self._place.writing() as connection:
            if connection is None:
                return False
            # Held on to, so that the turn cannot go meanwhile, nor be rated by two at once.
            known = select(turns.c.question).where(turns.c.id == opinion.turn).with_for_update()
            question = connection.execute(known).scalar_one_or_none()
            if question is None:
                return False
            comment = opinion.comment if question else ""
            connection.execute(delete(feedback).where(feedback.c.turn == opinion.turn))
            connection.execute(
                insert(feedback),
                {"turn": opinion.turn, "thumb": opinion.thumb.value, "comment": comment},
            )
            return True

    def forget(self, code: ChatCode) -> int:
        """Deletes a chat, for good."""
        return self._deleted(turns.c.chat == code.digest)

    def sweep(self, before: datetime) -> int:
        """Deletes every turn asked before a moment, for good."""
        return self._deleted(turns.c.asked_at < before)

    def unanswered(self, since: datetime) -> tuple[KeptTurn, ...]:
        """Turns not covered, in whole or in part, the oldest first."""
        open_ones = (Ending.NOT_COVERED.value, Ending.PARTLY.value)
        query = (
            select(turns)
            .where(turns.c.asked_at >= since, turns.c.outcome.in_(open_ones))
            .order_by(turns.c.asked_at, turns.c.id)
        )
        with _plain(), self._place.reading() as connection:
            if connection is None:
                return ()
            return tuple(_turn(row) for row in connection.execute(query))

    def export(self, since: datetime) -> Iterator[RatedTurn]:
        """Every turn with what was thought of it, the oldest first; holds few of them at once."""
        query = (
            select(turns, feedback.c.thumb, feedback.c.comment)
            .outerjoin(feedback, feedback.c.turn == turns.c.id)
            .where(turns.c.asked_at >= since)
            .order_by(turns.c.asked_at, turns.c.id)
        )
        with _plain(), self._place.reading() as connection:
            if connection is None:
                return
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
                yield RatedTurn(_turn(row), _feedback(row))

    def tally(self) -> Tally:
        """How much is kept."""
        with _plain(), self._place.reading() as connection:
            if connection is None:
                return Tally()
            count, chats, first = connection.execute(
                select(
                    func.count(),
                    func.count(turns.c.chat.distinct()),
                    func.min(turns.c.asked_at, type_=turns.c.asked_at.type),
                ).select_from(turns)
            ).one()
            ended = _counted(connection, turns.c.outcome)
            thumbs = _counted(connection, feedback.c.thumb)
        return Tally(
            turns=count,
            chats=chats,
            first=None if first is None else first.date(),
            outcomes=tuple((one, ended[one]) for one in Ending if one in ended),
            up=thumbs.get(Thumb.UP, 0),
            down=thumbs.get(Thumb.DOWN, 0),
        )

    def _deleted(self, which: ColumnElement[bool]) -> int:
        with _plain(), self._place.writing() as connection:
            if connection is None:
                return 0
            gone = connection.execute(delete(turns).where(which)).rowcount
        with _plain():
            self._place.wipe()
        return gone


def _counted(connection: Connection, column: ColumnElement[str]) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).group_by(column))
    return {row[0]: row[1] for row in rows}


def _row(turn: KeptTurn) -> dict[str, object]:
    return asdict(turn) | {
        "outcome": turn.outcome.value,
        "level": turn.level.value,
        "documents": [*turn.documents],
        "uncovered": [*turn.uncovered],
    }


def _turn(row: Row[Any]) -> KeptTurn:
    return KeptTurn(
        id=row.id,
        chat=row.chat,
        asked_at=row.asked_at,
        question=row.question,
        outcome=Ending(row.outcome),
        level=Level(row.level),
        documents=tuple(row.documents),
        uncovered=tuple(row.uncovered),
        written_by=row.written_by,
    )


def _feedback(row: Row[Any]) -> Feedback | None:
    return Feedback(row.id, Thumb(row.thumb), row.comment) if row.thumb else None


@contextmanager
def _plain() -> Iterator[None]:
    """Errors of the database in words of ours, and without the values they carry."""
    try:
        yield
    except DBAPIError as error:
        raise refused(error.orig) from None
    except sqlite3.Error as error:
        raise refused(error) from None
    except UnicodeError:
        raise RecordsError("A text holds a character that no database can keep.") from None
    except ValueError:
        raise RecordsError(
            "A row of the kept chats is not as Soleus writes it. Whoever changed it can mend it, or"
            " delete it."
        ) from None
