"""Which passages are worth a look: the nearest in meaning, in words and by known questions."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.encode import Vectors
from index.engine import Terms
from index.postgres.driver import Row, Session
from index.postgres.generations import Generation
from index.postgres.tables import SHIFT, Tables

_SENTENCES = 5
"""One in so many candidates is found by a sentence for itself: most stand in passages that are
found anyway.
"""

_ALIVE = f"{{key}} < %(end)s and {{key}} >> {SHIFT} <> all(%(dead)s::int8[])"

_NEAR = {"passages": "key", "sentences": "passage", "asked": "passage"}
"""Tables of vectors, and the column that names a passage."""

_IDF = """
    select term, sum(units) filter (where kind = 'p')::int8,
        sum(units) filter (where kind = 's')::int8, sum(units) filter (where kind = 'a')::int8
    from {counts}
    where kind in ('p', 's', 'a') and term = any(%(terms)s::text[]) and generation <= %(number)s
    group by term
"""

K1 = 1.5
B = 0.75
"""BM25 as bm25s counts it with method="lucene"."""


@dataclass(frozen=True, slots=True)
class View:
    """A generation as it is looked at: its tables, and the documents in them that are gone."""

    tables: Tables
    generation: Generation
    dead: tuple[int, ...]

    def alive(self, key: str) -> str:
        """A condition that a passage's key belongs to this generation."""
        return _ALIVE.replace("{key}", key)

    def values(self, more: Mapping[str, object]) -> dict[str, object]:
        """What the conditions refer to, and more."""
        seen = {"end": self.generation.end, "dead": list(self.dead)}
        return {**seen, "number": self.generation.number, **more}

    def score(self, tf: str, length: str, terms: int, units: int) -> str:
        """BM25 of one term, without its idf."""
        mean = max(terms, 1) / max(units, 1)
        return f"{tf} / ({tf} + {K1} * ({1 - B} + {B} * {length} / {mean!r}::float8))"

    @property
    def scores(self) -> tuple[str, str, str]:
        """The same for words of passages, of sentences, and with known questions."""
        all_ = self.generation.totals
        return (
            self.score("tf", "length", all_.passage_terms, all_.passages),
            self.score("tf", "length", all_.sentence_terms, all_.sentences),
            self.score("tf_all", "length_all", all_.asked_terms, all_.sentences),
        )


def dead_of(session: Session, tables: Tables, generation: Generation) -> tuple[int, ...]:
    """Keys of documents that a generation no longer holds, though their rows are still there."""
    query = "select key from {documents} where died <= %(number)s and key <= %(documents)s"
    values = {"number": generation.number, "documents": generation.documents}
    return tuple(key for (key,) in session.rows(tables.sql(query), values))


def weights_of(session: Session, view: View, terms: Sequence[str]) -> dict[str, list[object]]:
    """For each term that is known: the term, and its idf among passages, sentences, and sentences
    with their questions; as columns.
    """
    found = session.rows(view.tables.sql(_IDF), view.values({"terms": list(terms)}))
    totals = view.generation.totals
    units = (totals.passages, totals.sentences, totals.sentences)
    rows = [
        (term, *(_idf(df or 0, n) for df, n in zip(counts, units, strict=True)))
        for term, *counts in found
    ]
    names = ("terms", "of_passages", "of_sentences", "of_asked")
    columns = zip(*rows, strict=True) if rows else ((), (), (), ())
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def _idf(df: int, units: int) -> float:
    return math.log(1 + (units - df + 0.5) / (df + 0.5)) if df > 0 else 0.0


def candidates(session: Session, view: View, wording: Terms, size: int) -> Iterator[int]:
    """Keys of passages, some of them several times."""
    for table in _NEAR:
        for row in nearest(session, view, table, wording.vector, _share(table, size)):
            yield row[0]
    weights = weights_of(session, view, wording.terms)
    if weights["terms"]:
        for table, query in _by_words(view):
            values = view.values({**weights, "size": _share(table, size)})
            for row in session.rows(view.tables.sql(query), values):
                yield row[0]


def _share(table: str, size: int) -> int:
    return -(-size // _SENTENCES) if table.startswith("sentence") else size


def nearest(session: Session, view: View, table: str, vector: Vectors, size: int) -> list[Row]:
    """(passage, cosine) of the nearest rows of a table of vectors, found with half precision."""
    key = _NEAR[table]
    half = f"halfvec({view.generation.spec.dimension})"
    found = (
        f"select {key}, -(v <#> %(v)s) from {{{table}}} where {view.alive(key)}"
        f" order by v::{half} <#> %(v)s::{half} limit %(size)s"
    )
    return session.rows(view.tables.sql(found), view.values({"v": vector, "size": size}))


def highest(session: Session, view: View, table: str, vector: Vectors) -> float:
    """The highest cosine with any row of a table of vectors, every one compared; 0 of none."""
    query = f"select max(-(v <#> %(v)s)) from {{{table}}} where {view.alive(_NEAR[table])}"
    [(cosine,)] = session.rows(view.tables.sql(query), view.values({"v": vector}))
    return float(cosine or 0.0)


def _by_words(view: View) -> Iterator[tuple[str, str]]:
    of_passages, of_sentences, of_asked = view.scores
    for table, idf, score in (
        ("passage_words", "of_passages", of_passages),
        ("sentence_words", "of_sentences", of_sentences),
        ("sentence_words", "of_asked", of_asked),
    ):
        unit = "passage" if table == "passage_words" else "passage, n"
        yield (
            table,
            f"select {unit} from unnest(%(terms)s::text[], %({idf})s::float8[]) q(term, idf)"
            f" join {{{table}}} using (term) where {view.alive('passage')}"
            f" group by {unit} order by sum(idf * {score}) desc, {unit} limit %(size)s",
        )
