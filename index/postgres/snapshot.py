"""One generation, answering questions for as long as somebody holds it."""

import json
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate

import numpy as np

from index.encode import Vectors
from index.engine import Card, CutDocument, Keys, Label, OutOfScope, Pool, Terms
from index.errors import StaleIndexError
from index.passage import Passage
from index.postgres import generations
from index.postgres.driver import Database, Session
from index.postgres.finding import View, candidates, highest, nearest
from index.postgres.records import CARD, PASSAGE
from index.postgres.tables import SHIFT
from index.postgres.weighing import weigh
from index.ranking import Likeness

_AT_ONCE = 500
"""Passages that are fetched in one go when all are wanted."""

_NEAREST = 10
"""Rows of a large shelf looked at for the highest cosine: half precision may swap the first two."""

_SEEN_OFTEN = 3
_MOST_WORDS = 200_000
"""Of a large shelf, words of fewer documents, and those beyond so many, are left out."""


class PostgresSnapshot:
    """A view of one generation. Every question is answered from it or not at all."""

    def __init__(
        self, database: Database, holder: Session, view: View, label: Label, exact_passages: int
    ) -> None:
        """`holder`: the connection that keeps the generation from being swept; closed with us."""
        self._database = database
        self._view = view
        self._label = label
        self._small = label.passages <= exact_passages
        self._whole: Pool | None = None
        weakref.finalize(self, holder.close)

    @property
    def label(self) -> Label:
        """What it holds."""
        return self._label

    def pool(self, wordings: Sequence[Terms], size: int) -> Pool:
        """All passages of a small shelf, the nearest of a large one."""
        if not self._small:
            with self._reading() as session:
                found = {
                    key
                    for wording in wordings
                    for key in candidates(session, self._view, wording, size)
                }
                return self._pool(session, "p.key = any(%(keys)s::int8[])", sorted(found))
        if self._whole is None:
            with self._reading() as session:
                self._whole = self._pool(session, self._view.alive("p.key"), [])
        return self._whole

    def _pool(self, session: Session, condition: str, keys: list[int]) -> Pool:
        rows = session.rows(
            self._view.tables.sql(
                f"select p.key, p.asked from {{passages}} p join {{documents}} d"
                f" on d.key = p.key >> {SHIFT} where {condition} order by d.id, p.key"
            ),
            self._view.values({"keys": keys}),
        )
        return Pool(
            keys=np.array([key for key, _ in rows], dtype=np.int64),
            first=np.array([0, *accumulate(len(asked) for _, asked in rows)], dtype=np.intp),
            has_questions=np.array([each for _, asked in rows for each in asked], dtype=np.bool_),
        )

    def likeness(self, pool: Pool, wording: Terms) -> Likeness:
        """How like the wording every sentence of the pool is."""
        with self._reading() as session:
            return weigh(session, self._view, pool, wording, whole=pool is self._whole)

    def passages(self, keys: Keys) -> tuple[Passage, ...]:
        """The passages of these keys, in their order."""
        query = (
            "select body from unnest(%(keys)s::int8[]) with ordinality as wanted(key, place)"
            " join {passages} using (key) order by place"
        )
        with self._reading() as session:
            rows = session.rows(self._view.tables.sql(query), {"keys": keys.tolist()})
        return tuple(PASSAGE.validate_json(body) for (body,) in rows)

    def every_passage(self) -> Iterator[Passage]:
        """All passages in order of (document id, start); fetched some hundred at a time."""
        query = self._view.tables.sql(
            "select d.id, p.key, p.body from {documents} d join {passages} p"
            f" on p.key >= d.key << {SHIFT} and p.key < (d.key + 1) << {SHIFT}"
            " where d.key <= %(documents)s and (d.died is null or d.died > %(number)s)"
            " and d.id >= %(id)s and (d.id, p.key) > (%(id)s, %(key)s)"
            " order by d.id, p.key limit %(size)s"
        )
        at: tuple[str, int] | None = ("", -1)
        documents = self._view.generation.documents
        while at is not None:
            more = {"id": at[0], "key": at[1], "size": _AT_ONCE, "documents": documents}
            with self._reading() as session:
                rows = session.rows(query, self._view.values(more))
            yield from (PASSAGE.validate_json(body) for _, _, body in rows)
            at = rows[-1][:2] if rows else None

    def nearest(self, vector: Vectors) -> tuple[float, float, float, float]:
        """Highest cosine with a known question, a sentence, a passage, an out-of-scope question."""
        view = self._view
        out = view.tables.sql(
            "select max(-(v <#> %(v)s)) from {out_of_scope} where generation = %(of)s"
        )
        with self._reading() as session:
            best = [
                highest(session, view, table, vector)
                if self._small
                else max((c for _, c in nearest(session, view, table, vector, _NEAREST)), default=0)
                for table in ("asked", "sentences", "passages")
            ]
            values = {"v": vector, "of": view.generation.questions_of}
            [(outside,)] = session.rows(out, values)
        return (best[0], best[1], best[2], outside or 0.0)

    def card(self, document_id: str) -> Card | None:
        """What is known of a document, or None if it is not there."""
        with self._reading() as session:
            found = self._find(session, document_id)
        return found[1] if found else None

    def document(self, document_id: str) -> CutDocument | None:
        """A whole document with its vectors, or None."""
        with self._reading() as session:
            found = self._find(session, document_id)
            if found is None:
                return None
            key, card = found
            own = {"start": key << SHIFT, "end": (key + 1) << SHIFT}
            query = "select body from {passages} where key >= %(start)s and key < %(end)s"
            bodies = session.rows(self._view.tables.sql(f"{query} order by key"), own)
            return CutDocument(
                card,
                tuple(PASSAGE.validate_json(body) for (body,) in bodies),
                self._vectors(session, "{passages}", "key", own),
                self._vectors(session, "{sentences}", "passage, n", own),
                self._vectors(session, "{asked}", "passage, n, m", own),
            )

    def _find(self, session: Session, document_id: str) -> tuple[int, Card] | None:
        query = (
            "select key, card from {documents} where id = %(id)s and key <= %(documents)s"
            " and (died is null or died > %(number)s)"
        )
        more = {"id": document_id, "documents": self._view.generation.documents}
        found = session.rows(self._view.tables.sql(query), self._view.values(more))
        return (found[0][0], CARD.validate_json(found[0][1])) if found else None

    def _vectors(self, session: Session, table: str, order: str, own: dict[str, int]) -> Vectors:
        key = order.split(",")[0]
        query = f"select v from {table} where {key} >= %(start)s and {key} < %(end)s"
        return self._stacked(session.rows(self._view.tables.sql(f"{query} order by {order}"), own))

    def _stacked(self, rows: Sequence[tuple[Vectors]]) -> Vectors:
        width = self._view.generation.spec.dimension
        return np.array([v for (v,) in rows], dtype=np.float32).reshape(len(rows), width)

    def out_of_scope(self) -> OutOfScope:
        """Questions that the texts are known not to answer, with their vectors."""
        query = "select question, v from {out_of_scope} where generation = %(of)s order by place"
        values = {"of": self._view.generation.questions_of}
        with self._reading() as session:
            rows = session.rows(self._view.tables.sql(query), values)
        vectors = self._stacked([(v,) for _, v in rows])
        return OutOfScope(tuple(json.loads(question) for question, _ in rows), vectors)

    def words(self) -> frozenset[str]:
        """Lowercased words of the texts, titles and headings; of a large shelf, the frequent."""
        query = (
            "select term from {counts} where kind = 'w' and generation <= %(number)s group by term"
            " having sum(units) >= %(least)s order by sum(units) desc, term limit %(most)s"
        )
        more = {"least": 1 if self._small else _SEEN_OFTEN, "most": _MOST_WORDS}
        with self._reading() as session:
            rows = session.rows(self._view.tables.sql(query), self._view.values(more))
        return frozenset(word for (word,) in rows)

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        """A connection on which this generation is whole, or an error that says it is not."""
        with self._database.reading() as session:
            if not generations.is_there(session, self._view.tables, self._view.generation):
                raise StaleIndexError(
                    "The index in the database has moved on, and the connection that kept this"
                    " state of it was lost. Ask again; if that does not help, start Soleus anew."
                )
            yield session
