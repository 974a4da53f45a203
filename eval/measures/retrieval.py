"""How high the words that answer stand among the passages found.

The reciprocal rank is LlamaIndex's. Its recall is not used: it counts ids, and here a fact that two
passages carry needs only one of them. Nor is its nDCG: it takes the ideal over every relevant
passage however early the cut, so that with more than k of them a perfect ranking scores below 1
(0.14.25). Where no more than k are relevant the two agree (tested).
"""

import math
from collections.abc import Sequence

from corpus import Span

Wanted = Sequence[Sequence[Span]]
"""For each fact, the places of which any one carries it."""


def recall_at_k(ranked: Sequence[Span], wanted: Wanted, k: int) -> float | None:
    """Share of facts carried by one of the first `k` passages; None when no fact is wanted."""
    if not wanted:
        return None
    found = ranked[:k]
    return sum(any(_carries(one, fact) for one in found) for fact in wanted) / len(wanted)


def reciprocal_rank(ranked: Sequence[Span], wanted: Wanted) -> float | None:
    """1 over the rank of the first passage that carries a fact, 0 if none does."""
    from llama_index.core.evaluation.retrieval.metrics import MRR

    if not wanted:
        return None
    expected = [str(one) for one in relevant(ranked, wanted)]
    if not expected:
        return 0.0
    found = MRR().compute(expected_ids=expected, retrieved_ids=[str(one) for one in ranked])
    return float(found.score)


def ndcg_at_k(
    ranked: Sequence[Span], wanted: Wanted, k: int, passages: Sequence[Span]
) -> float | None:
    """Normalised discounted cumulative gain of the first `k`, 0 to 1 (Järvelin, Kekäläinen 2002).

    Gains are 1 for a passage that carries a fact and 0 for others. `passages` are all that could
    have been found: the ideal order puts those that carry a fact first. None when no fact is
    wanted or no passage carries one.
    """
    ideal = min(k, len(relevant(passages, wanted)))
    if not ideal:
        return None
    fitting = set(relevant(ranked[:k], wanted))
    gained = [_discount(rank) for rank, one in enumerate(ranked[:k], start=1) if one in fitting]
    return math.fsum(gained) / math.fsum(_discount(rank) for rank in range(1, ideal + 1))


def relevant(passages: Sequence[Span], wanted: Wanted) -> list[Span]:
    """Those passages that carry a fact, in their order."""
    return [one for one in passages if any(_carries(one, fact) for fact in wanted)]


def _carries(passage: Span, fact: Sequence[Span]) -> bool:
    return any(passage.overlaps(place) for place in fact)


def _discount(rank: int) -> float:
    return 1.0 / math.log2(1 + rank)
