"""How an index lies in a database.

One row of `generations` is one state of the index. Its documents, passages, sentences and known
questions lie in tables of its epoch: building afresh, perhaps with vectors of another length,
starts a new epoch beside the old one, which goes when nobody looks at it any more.

A passage's key is its document's times 2^20 plus its place in it, so that every row tells its
document, and documents alone know when they came and went.
"""

import zlib
from dataclasses import dataclass

from index.errors import IndexWriteError
from index.postgres.driver import Session
from index.postgres.failures import NO_PGVECTOR

LAYOUT = 1
"""Part of every table's name. Raise it whenever these tables change: to a new version of Soleus an
index of an older one is not there, and is built again beside it."""

SHIFT = 20
"""Bits of a passage's key that tell its place in its document."""

_C = 'text collate "C"'
"""Ordered as Python orders strings."""

_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "documents": (
        ("key", "int8"),
        ("id", _C),
        ("digest", "text"),
        ("card", "text"),
        ("words", "text[]"),
        ("check_sum", "text"),
        ("passages", "int8"),
        ("sentences", "int8"),
        ("questions", "int8"),
        ("passage_terms", "int8"),
        ("sentence_terms", "int8"),
        ("asked_terms", "int8"),
    ),
    "passages": (("key", "int8"), ("body", "text"), ("asked", "bool[]"), ("v", "vector")),
    "sentences": (("passage", "int8"), ("n", "int4"), ("v", "vector")),
    "asked": (("passage", "int8"), ("n", "int4"), ("m", "int4"), ("v", "vector")),
    "passage_words": (("term", _C), ("passage", "int8"), ("tf", "int4"), ("length", "int4")),
    "sentence_words": (
        ("term", _C),
        ("passage", "int8"),
        ("n", "int4"),
        ("tf", "int4"),
        ("tf_all", "int4"),
        ("length", "int4"),
        ("length_all", "int4"),
    ),
    "counts": (("kind", "text"), ("term", _C), ("generation", "int4"), ("units", "int8")),
}
"""Of each epoch. `tf` counts a term in a unit's own words, `tf_all` in its known questions too."""

_KEYS = """
    alter table {documents} add primary key (key), add column died int4;
    create unique index on {documents} (id) where died is null;
    create index on {documents} (died) where died is not null;
    alter table {passages} add primary key (key);
    alter table {sentences} add primary key (passage, n);
    alter table {asked} add primary key (passage, n, m);
    alter table {passage_words} add primary key (term, passage) include (tf, length);
    create index on {passage_words} (passage);
    alter table {sentence_words} add primary key (term, passage, n)
        include (tf, tf_all, length, length_all);
    create index on {sentence_words} (passage);
    alter table {counts} add primary key (kind, term, generation);
    create index on {counts} (generation);
    alter table {passages} alter v set storage main;
    alter table {sentences} alter v set storage main;
    alter table {asked} alter v set storage main
"""

_SHARED = """
    create table if not exists {generations} (
        number int4 primary key, token text not null, epoch int4 not null,
        spec text not null, out_of_scope text not null, questions_of int4 not null,
        passages int8 not null, sentences int8 not null, questions int8 not null,
        passage_terms int8 not null, sentence_terms int8 not null, asked_terms int8 not null,
        documents int8 not null
    );
    create table if not exists {out_of_scope} (
        generation int4, place int4, question text not null, v vector not null,
        primary key (generation, place)
    )
"""

_NEAR = ("passages", "sentences", "asked")
_LONGEST_INDEXED = 4000
"""Dimensions of a half-precision vector that pgvector can index."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Names of the tables of one epoch of one schema, as they go into statements."""

    schema: str
    epoch: int = 0

    def sql(self, statement: str) -> str:
        """A statement with the names of tables put in."""
        start, end = f'"{self.schema}".', f"_v{LAYOUT}"
        shared = {name: f"{start}{name}{end}" for name in ("generations", "out_of_scope")}
        own = {name: f"{start}{name}{end}_{self.epoch}" for name in _COLUMNS}
        return statement.format(schema=f'"{self.schema}"', **shared, **own)

    def copying(self, table: str) -> tuple[str, list[str]]:
        """The statement that takes many rows of a table, and the types of its columns."""
        names = ", ".join(name for name, _ in _COLUMNS[table])
        kinds = [kind.split()[0] for _, kind in _COLUMNS[table]]
        return self.sql(f"copy {{{table}}} ({names}) from stdin (format binary)"), kinds


def class_of(schema: str) -> int:
    """The first half of the advisory locks of a schema: a number of 31 bits."""
    return zlib.crc32(f"soleus {schema}".encode()) >> 1


def make_shared(session: Session, tables: Tables) -> None:
    """Makes what every epoch shares, if it is not there. Raises IndexWriteError."""
    if not session.learn_vectors():
        _make_extension(session)
    if not session.rows("select 1 from pg_namespace where nspname = %(s)s", {"s": tables.schema}):
        session.run(tables.sql("create schema {schema}"))
    session.run(tables.sql(_SHARED))


def _make_extension(session: Session) -> None:
    try:
        session.run("create extension vector")
    except IndexWriteError as error:  # not installed on the server, or not ours to make
        raise IndexWriteError(NO_PGVECTOR) from error
    session.learn_vectors()


def make_epoch(session: Session, tables: Tables, dimension: int) -> None:
    """Makes the empty tables of an epoch."""
    for table, columns in _COLUMNS.items():
        kinds = {"vector": f"vector({dimension})"}
        listed = ", ".join(f"{name} {kinds.get(kind, kind)} not null" for name, kind in columns)
        session.run(tables.sql(f"create table {{{table}}} ({listed})"))
    session.run(tables.sql(_KEYS))


def make_near(session: Session, tables: Tables, dimension: int) -> None:
    """Makes the approximate indexes over vectors: half precision, for they only find candidates."""
    if dimension > _LONGEST_INDEXED:
        return
    session.run("set local maintenance_work_mem = '256MB'")
    for table in _NEAR:
        session.run(
            tables.sql(
                f"create index if not exists {table}_v{LAYOUT}_{tables.epoch}_near on {{{table}}}"
                f" using hnsw ((v::halfvec({dimension})) halfvec_ip_ops)"
            )
        )


def drop_epoch(session: Session, tables: Tables) -> None:
    """Removes the tables of an epoch and all that is in them."""
    for table in _COLUMNS:
        session.run(tables.sql(f"drop table if exists {{{table}}}"))


def analyse(session: Session, tables: Tables) -> None:
    """Lets the database look at what it holds, so that it chooses its ways well."""
    for table in _COLUMNS:
        session.run(tables.sql(f"analyze {{{table}}}"))


def vacuum(session: Session, tables: Tables) -> None:
    """Lets the database see which words need no second look: they are then read from their index
    alone. Not inside a transaction.
    """
    for table in ("passage_words", "sentence_words"):
        session.run(tables.sql(f"vacuum {{{table}}}"))
