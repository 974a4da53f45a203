"""Removes rows that no open snapshot can see any more."""

from index.postgres import generations
from index.postgres.driver import Session
from index.postgres.tables import SHIFT, Tables, drop_epoch

_DELETED = f"""
    delete from {{table}} t using {{documents}} d
    where d.died <= %(oldest)s
    and t.place >= d.key << {SHIFT} and t.place < (d.key + 1) << {SHIFT}
"""

_MERGED = """
    with parts as (
        delete from {counts} c using (
            select distinct kind, term from {counts}
            where generation > %(since)s and generation <= %(oldest)s
        ) touched
        where c.kind = touched.kind and c.term = touched.term and c.generation <= %(oldest)s
        returning c.kind, c.term, c.units
    )
    select kind, term, sum(units)::int8 from parts group by 1, 2 having sum(units) <> 0
"""


def sweep(session: Session, schema: str) -> None:
    """Removes all that only generations knew which nobody has open, in the caller's transaction.

    Gives way to somebody who is writing, and leaves what somebody is looking at.
    """
    shared = Tables(schema)
    if not generations.take(session, shared, 0):
        return
    listed = session.rows(shared.sql("select number, epoch from {generations} order by number"))
    *older, (oldest, epoch) = listed
    for number, of_epoch in older:
        if not generations.take(session, shared, number):
            oldest, epoch = number, of_epoch
            break
    _drop_epochs(session, schema, {each for _, each in listed if each < epoch})
    first = listed[0][0]
    if oldest > first:
        _sweep_rows(session, Tables(schema, epoch), first, oldest)


def _drop_epochs(session: Session, schema: str, epochs: set[int]) -> None:
    for epoch in sorted(epochs):
        drop_epoch(session, Tables(schema, epoch))


def _sweep_rows(session: Session, tables: Tables, since: int, oldest: int) -> None:
    values = {"since": since, "oldest": oldest}
    for table, key in (
        ("passage_words", "passage"),
        ("sentence_words", "passage"),
        ("asked", "passage"),
        ("sentences", "passage"),
        ("passages", "key"),
    ):
        deleted = _DELETED.replace("{table}", f"{{{table}}}").replace("t.place", f"t.{key}")
        session.run(tables.sql(deleted), values)
    session.run(tables.sql("delete from {documents} where died <= %(oldest)s"), values)
    _merge_counts(session, tables, since, oldest)
    session.run(tables.sql("delete from {generations} where number < %(oldest)s"), values)
    session.run(
        tables.sql(
            "delete from {out_of_scope} where generation not in"
            " (select questions_of from {generations})"
        )
    )


def _merge_counts(session: Session, tables: Tables, since: int, oldest: int) -> None:
    """Adds the changes of swept generations up to one row for each term."""
    merged = session.rows(tables.sql(_MERGED), {"since": since, "oldest": oldest})
    statement, kinds = tables.copying("counts")
    session.copy(statement, kinds, [(kind, term, oldest, n) for kind, term, n in merged])
