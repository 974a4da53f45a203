"""How like a wording every sentence of a pool is, counted by the database in one query."""

from collections.abc import Sequence

import numpy as np

from index.engine import Terms
from index.postgres.driver import Session
from index.postgres.finding import View, weights_of
from index.ranking import Likeness

_MOST_ASKED = 3
"""Likest known questions whose mean is taken."""

_LIKENESS = """
    with q as (
        select * from unnest(%(terms)s::text[], %(of_passages)s::float8[],
            %(of_sentences)s::float8[], %(of_asked)s::float8[]) as q(term, p, s, a)
    ),
    pool as materialized (
        select key, place from unnest(%(keys)s::int8[]) with ordinality as pool(key, place)
    ),
    in_passage as materialized (
        select passage, sum(q.p * {of_passages}) as score
        from q join {passage_words} using (term)
        where passage = any(%(keys)s::int8[]) group by passage
    ),
    in_sentence as materialized (
        select passage, n, sum(q.s * {of_sentences}) as score, sum(q.a * {of_asked}) as score_all
        from q join {sentence_words} using (term)
        where passage = any(%(keys)s::int8[]) group by passage, n
    ),
    likest as materialized (
        select passage, n, (array_agg(cosine order by cosine desc))[1:%(most)s] as cosines
        from (
            select passage, n, -(v <#> %(v)s) as cosine
            from {asked} where passage = any(%(keys)s::int8[])
        ) each group by passage, n
    )
    select -(s.v <#> %(v)s), -(p.v <#> %(v)s),
        coalesce(in_sentence.score, 0), coalesce(in_passage.score, 0),
        coalesce(likest.cosines[1], 0),
        coalesce((select avg(c) from unnest(likest.cosines) c), 0),
        coalesce(in_sentence.score_all, 0)
    from pool
    join {passages} p on p.key = pool.key
    join {sentences} s on s.passage = pool.key
    left join in_passage on in_passage.passage = pool.key
    left join in_sentence on in_sentence.passage = s.passage and in_sentence.n = s.n
    left join likest on likest.passage = s.passage and likest.n = s.n
    order by pool.place, s.n
"""


def weigh(session: Session, view: View, keys: Sequence[int], wording: Terms) -> Likeness:
    """The likeness of every sentence of these passages, in their order."""
    of_passages, of_sentences, of_asked = view.scores
    query = (
        _LIKENESS.replace("{of_passages}", of_passages)
        .replace("{of_sentences}", of_sentences)
        .replace("{of_asked}", of_asked)
    )
    weights = weights_of(session, view, wording.terms)
    values = {**weights, "keys": list(keys), "v": wording.vector, "most": _MOST_ASKED}
    rows = session.rows(view.tables.sql(query), view.values(values))
    columns = np.asarray(rows, dtype=np.float32).reshape(len(rows), 7).T
    return Likeness(*np.ascontiguousarray(columns))
