"""Whether an answer says what was asked for: relevance, key facts, order, what must not be said.

A verbatim quote of the wrong thing is faithful and no use; these measures see it.
"""

import re
from collections.abc import Mapping, Sequence

from corpus import Span
from eval.cases.case import Case, Fact, Forbidden
from eval.transcript import Sentence, Transcript

Claims = Mapping[str, Sequence[Span]]
"""Claim id to the places on the shelf that carry it."""

_SAYS_WHO = {
    "article": re.compile(r"\b(article|author)\b", re.IGNORECASE),
    "forum": re.compile(r"\b(poster|runner|forum|thread|reply|replies)\b", re.IGNORECASE),
}


def bears(sentence: Sentence, case: Case, claims: Claims) -> bool | None:
    """Whether a sentence bears on the question, by its labels.

    None when it cites nothing, or only words that carry no claim (a connective, a heading): nobody
    has labelled those.
    """
    cited = [one.span for one in sentence.cited]
    if not any(
        span.overlaps(one) for places in claims.values() for span in places for one in cited
    ):
        return None
    fitting = [*(claim for fact in case.facts for claim in fact.claims), *case.also]
    return any(span.overlaps(one) for claim in fitting for span in claims[claim] for one in cited)


def relevance(said: Transcript, case: Case, claims: Claims) -> float | None:
    """Share of the labelled sentences that bear on the question; None when none is labelled."""
    known = [known for s in said.sentences if (known := bears(s, case, claims)) is not None]
    return sum(known) / len(known) if known else None


def places_of(fact: Fact, claims: Claims) -> tuple[Span, ...]:
    """Everywhere on the shelf a fact stands."""
    return tuple(span for claim in fact.claims for span in claims[claim])


def made_at(fact: Fact, said: Transcript, claims: Claims) -> int | None:
    """The first sentence that says a fact and cites words which carry it; None if none does."""
    places = places_of(fact, claims)
    for at, sentence in enumerate(said.sentences):
        cites = any(one.span.overlaps(place) for one in sentence.cited for place in places)
        if cites and any(way.search(sentence.text) for way in fact.say):
            return at
    return None


def key_facts(said: Transcript, case: Case, claims: Claims) -> float | None:
    """Share of the key facts made; None when none is wanted."""
    if not case.facts:
        return None
    made = [made_at(fact, said, claims) is not None for fact in case.facts]
    return sum(made) / len(made)


def in_order(said: Transcript, case: Case, claims: Claims) -> bool | None:
    """Whether the steps that were made come in their order; None unless two were."""
    at = [made_at(fact, said, claims) for fact in case.facts]
    made = [place for place in at if place is not None]
    if not case.ordered or len(made) < 2:
        return None
    return made == sorted(made)


def forbidden_in(said: Transcript, case: Case) -> tuple[Forbidden, ...]:
    """What must not be said and is."""
    return tuple(bad for bad in case.must_not_say if bad.pattern.search(said.said))


def attribution(sentences: Sequence[Sentence]) -> float | None:
    """Share of sentences that name the sort of source they quote; None without citations.

    A forum post shown without a poster, a runner or a thread would read as advice.
    """
    quoting = [sentence for sentence in sentences if sentence.cited]
    right = [
        all(
            _SAYS_WHO[one.tier].search(f"{sentence.attribution} {sentence.text}")
            for one in sentence.cited
        )
        for sentence in quoting
    ]
    return sum(right) / len(right) if right else None


def names_uncovered(said: Transcript, case: Case) -> bool | None:
    """Whether the part that is not covered is named; None when there is none."""
    if not case.uncovered:
        return None
    named = " ".join(said.uncovered).lower()
    return all(word.lower() in named for word in case.uncovered)
