"""How like a wording every sentence of a pool is: counted by the database, put in order here.

Cosines come for every sentence, as bytes in one value: thousands of rows would take longer to read
than to count. Words and known questions come as rows, for most sentences have none in common.
"""

import numpy as np
import numpy.typing as npt

from index.engine import Pool, Terms
from index.postgres.driver import Row, Session
from index.postgres.finding import View, weights_of
from index.ranking import Likeness, Scores

_MOST_ASKED = 3
"""Likest known questions whose mean is taken."""

_COSINES = """
    select string_agg(float4send((-(v <#> %(v)s))::float4), ''::bytea order by {order})
    from {table} where {these}
"""

_IN_PASSAGES = """
    select passage, 0, sum(idf * {of_passages})
    from unnest(%(terms)s::text[], %(of_passages)s::float8[]) q(term, idf)
    join {passage_words} using (term) where {these} group by passage
"""

_IN_SENTENCES = """
    select passage, n, sum(idf * {of_sentences}), sum(idf_all * {of_asked})
    from unnest(%(terms)s::text[], %(of_sentences)s::float8[], %(of_asked)s::float8[])
        q(term, idf, idf_all)
    join {sentence_words} using (term) where {these} group by passage, n
"""

_LIKEST = """
    select passage, n, max(cosine), avg(cosine) filter (where rank <= %(most)s) from (
        select passage, n, cosine,
            row_number() over (partition by passage, n order by cosine desc) as rank
        from (select passage, n, -(v <#> %(v)s) as cosine from {asked} where {these}) each
    ) ranked group by passage, n
"""


def weigh(session: Session, view: View, pool: Pool, wording: Terms, *, whole: bool) -> Likeness:
    """The likeness of every sentence of a pool. `whole`: the pool is all there is."""
    weighed = _Weighed(session, view, pool, wording, whole=whole)
    by_words = weighed.sparse(_IN_SENTENCES, 2) if weighed.has_words else weighed.nothing(2)
    of_passage = weighed.sparse(_IN_PASSAGES, 1) if weighed.has_words else weighed.nothing(1)
    asked = weighed.sparse(_LIKEST, 2) if pool.has_questions.any() else weighed.nothing(2)
    passage_of = weighed.passage_of
    return Likeness(
        cosine=weighed.sentence_cosines(),
        passage_cosine=weighed.passage_cosines()[passage_of],
        bm25=by_words[0],
        passage_bm25=of_passage[0][pool.first[passage_of]],
        asked=asked[0],
        asked_mean=asked[1],
        asked_bm25=by_words[1],
    )


class _Weighed:
    """One wording and one pool, and where in the pool the database's answers belong."""

    def __init__(
        self, session: Session, view: View, pool: Pool, wording: Terms, *, whole: bool
    ) -> None:
        self._session = session
        self._view = view
        self._pool = pool
        self._by_key = np.argsort(pool.keys, kind="stable")
        self._counts = np.diff(pool.first)
        self._condition = view.alive("passage") if whole else "passage = any(%(keys)s::int8[])"
        self.passage_of = np.repeat(np.arange(len(pool.keys)), self._counts)
        """For each sentence the place of its passage."""
        weights = weights_of(session, view, wording.terms)
        self.has_words = bool(weights["terms"])
        keys = [] if whole else pool.keys.tolist()
        own = {**weights, "v": wording.vector, "keys": keys, "most": _MOST_ASKED}
        self._values = view.values(own)

    def sentence_cosines(self) -> Scores:
        """In the order of the pool."""
        found = self._cosines("sentences", "passage, n")
        counts = self._counts[self._by_key]
        starts = np.repeat(self._pool.first[self._by_key], counts)
        within = np.arange(len(found)) - np.repeat(np.cumsum(counts) - counts, counts)
        ordered = np.zeros_like(found)
        ordered[starts + within] = found
        return ordered

    def passage_cosines(self) -> Scores:
        """Of each passage."""
        found = self._cosines("passages", "key")
        ordered = np.zeros_like(found)
        ordered[self._by_key] = found
        return ordered

    def _cosines(self, table: str, order: str) -> Scores:
        these = self._condition.replace("passage", order.split(",")[0])
        query = _COSINES.replace("{order}", order).replace("{these}", these)
        [(found,)] = self._rows(query.replace("{table}", f"{{{table}}}"))
        return np.frombuffer(found or b"", dtype=">f4").astype(np.float32)

    def sparse(self, query: str, columns: int) -> npt.NDArray[np.float32]:
        """What rows of (passage, place in it, values…) say of each sentence; 0 where none does."""
        of_passages, of_sentences, of_asked = self._view.scores
        for name, text in (
            ("{of_passages}", of_passages),
            ("{of_sentences}", of_sentences),
            ("{of_asked}", of_asked),
            ("{these}", self._condition),
        ):
            query = query.replace(name, text)
        spread = self.nothing(columns)
        rows = np.array(self._rows(query), dtype=np.float64).reshape(-1, columns + 2)
        # Keys fit: a float of 64 bits holds whole numbers up to 2^53, 8 thousand million documents.
        spread[:, self._places(rows)] = rows[:, 2:].T
        return spread

    def _places(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
        keys = self._pool.keys[self._by_key]
        passages = self._by_key[np.searchsorted(keys, rows[:, 0].astype(np.int64))]
        return self._pool.first[passages] + rows[:, 1].astype(np.intp)

    def nothing(self, columns: int) -> npt.NDArray[np.float32]:
        """No likeness at all, for each sentence."""
        return np.zeros((columns, len(self.passage_of)), dtype=np.float32)

    def _rows(self, query: str) -> list[Row]:
        return self._session.rows(self._view.tables.sql(query), self._values)
