"""Whether rows are as they were written: somebody may have changed or lost some since."""

from index.postgres.driver import Session
from index.postgres.generations import Generation
from index.postgres.tables import SHIFT, Tables

_UNSOUND = """
    select d.id from {documents} d
    where d.key <= %(documents)s and (d.died is null or d.died > %(number)s) and (
        d.check_sum <> concat_ws(' ',
            encode(sha256(convert_to(d.card, 'UTF8')), 'hex'),
            (select [convert_to(body, 'UTF8') || vector_send(v) by key]
                from {passages} where [key]),
            (select [vector_send(v) by passage, n] from {sentences} where [passage]),
            (select [vector_send(v) by passage, n, m] from {asked} where [passage])
        )
        or d.passage_terms <>
            (select coalesce(sum(tf), 0) from {passage_words} where [passage])
        or (d.sentence_terms, d.asked_terms) is distinct from
            (select (coalesce(sum(tf), 0)::int8, coalesce(sum(tf_all), 0)::int8)
                from {sentence_words} where [passage])
    )
"""


def unsound(session: Session, tables: Tables, generation: Generation) -> frozenset[str]:
    """Ids of documents of a generation whose rows are missing or changed."""
    values = {"number": generation.number, "documents": generation.documents}
    return frozenset(name for (name,) in session.rows(tables.sql(_spelt_out()), values))


def _spelt_out() -> str:
    query = _UNSOUND
    for key in ("key", "passage"):
        mine = f"{key} >= d.key << {SHIFT} and {key} < (d.key + 1) << {SHIFT}"
        query = query.replace(f"[{key}]", mine)
    for parts, order in (
        ("convert_to(body, 'UTF8') || vector_send(v)", "key"),
        ("vector_send(v)", "passage, n"),
        ("vector_send(v)", "passage, n, m"),
    ):
        joined = f"string_agg({parts}, ''::bytea order by {order})"
        summed = f"encode(sha256(coalesce({joined}, ''::bytea)), 'hex')"
        query = query.replace(f"[{parts} by {order}]", summed)
    return query
