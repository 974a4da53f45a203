"""Whether the same words still play the same part: what comes first, what brings about what, what
is inner and what outer, how many of what.

A sentence can hold every word of its source and turn it round. So the words around each marker are
held against those around the same marker in the cited words: where words have changed sides, or
stand nearer to the opposite marker, the sentence is refused. Reversals that mean the same (an
active sentence made passive) are refused with it; the quote is shown then.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.lexis import Lexis, Pattern, spelled, stems_of
from assistant.judge.quantities import quantities_in

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_AROUND = 4
"""Telling words on either side of a marker that count as near it."""
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)?\b")


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    first: frozenset[str]
    """What comes first, or brings the other about."""
    second: frozenset[str]


def turned_round(sentence: str, cited: Sequence[str], lexis: Lexis) -> tuple[str, ...]:
    """What a sentence says the other way round, or relates where the cited words do not."""
    said, there = spelled(sentence), spelled("\n".join(cited))
    return tuple(
        dict.fromkeys(
            [
                *_relations_turned(said, there, lexis),
                *_places_turned(said, there, lexis),
                *_numbers_turned(said, there, lexis),
            ]
        )
    )


def _relations_turned(said: str, there: str, lexis: Lexis) -> Iterator[str]:
    theirs = [one for part in _SENTENCE.split(there) for one in _relations(part, lexis)]
    for ours in _relations(said, lexis):
        like = [one for one in theirs if one.kind == ours.kind]
        swapped = [one for one in like if ours.first & one.second and ours.second & one.first]
        straight = [one for one in like if ours.first & one.first or ours.second & one.second]
        if swapped and not [one for one in straight if one not in swapped]:
            yield f"it turns round what is {_RELATED[ours.kind]}"
        elif not like and ours.kind == "cause" and not _any(lexis, "cause", there):
            yield "it gives a reason that the cited words do not give"


_RELATED = {
    "order": "before and what is after",
    "cause": "cause and what is effect",
    "than": "more and what is less",
}


def _any(lexis: Lexis, kind: str, text: str) -> bool:
    return any(
        words.search(text) for name, words in lexis.relations.items() if name.startswith(kind)
    )


def _relations(text: str, lexis: Lexis) -> Iterator[_Relation]:
    for name, words in lexis.relations.items():
        for found in words.finditer(text):
            kind, _, which = name.partition("_")
            before, behind = _split(text, found.start(), found.end())
            left, right = _telling(before, lexis), _telling(behind, lexis)
            if left and right:
                yield _Relation(kind, *((left, right) if which != "second" else (right, left)))


def _split(text: str, start: int, end: int) -> tuple[str, str]:
    """What the marker joins: the words before it, and those behind it.

    A clause that the marker opens ends at the next comma or semicolon. One that opens the whole
    sentence is held against what follows that comma; without a comma nobody can tell where it ends.
    """
    before, behind = text[:start], text[end:]
    clause, *rest = re.split(r"[,;]", behind, maxsplit=1)
    if not re.search(r"\w", before):
        return "".join(rest), clause
    return before, clause if re.search(r"\w", clause) else behind


def _telling(text: str, lexis: Lexis) -> frozenset[str]:
    return frozenset(stem for stem in stems_of(text) if stem not in lexis.function)


def _places_turned(said: str, there: str, lexis: Lexis) -> Iterator[str]:
    for one, other in lexis.pairs:
        for ours, theirs in ((one, other), (other, one)):
            found = ours.search(said)
            if found and theirs.search(there) and _nearer(said, there, ours, theirs, lexis):
                yield f"“{found[0]}” stands where the cited words say the opposite"


def _nearer(said: str, there: str, ours: Pattern, theirs: Pattern, lexis: Lexis) -> bool:
    """Whether what stands around our word stands around its opposite in the cited words."""
    if not ours.search(there):
        return not theirs.search(said)
    near = _context(said, ours, lexis)
    return len(near & _context(there, theirs, lexis)) > len(near & _context(there, ours, lexis))


def _context(text: str, words: Pattern, lexis: Lexis) -> frozenset[str]:
    near: set[str] = set()
    for part in _SENTENCE.split(text):
        for found in words.finditer(part):
            before = [s for s in stems_of(part[: found.start()]) if s not in lexis.function]
            behind = [s for s in stems_of(part[found.end() :]) if s not in lexis.function]
            near.update(before[-_AROUND:], behind[:_AROUND])
    return frozenset(near)


def _numbers_turned(said: str, there: str, lexis: Lexis) -> Iterator[str]:
    """Two amounts of one kind that have changed places."""
    amounts = sorted(quantities_in(said) & quantities_in(there))
    for at, one in enumerate(amounts):
        for other in amounts[at + 1 :]:
            if one.dimension != other.dimension:
                continue
            a, b = (re.compile(rf"\b{re.escape(each.number)}\b") for each in (one, other))
            ours_a, ours_b = _context(said, a, lexis), _context(said, b, lexis)
            theirs_a, theirs_b = _context(there, a, lexis), _context(there, b, lexis)
            straight = len(ours_a & theirs_a) + len(ours_b & theirs_b)
            crossed = len(ours_a & theirs_b) + len(ours_b & theirs_a)
            if crossed > straight:
                yield f"{one} and {other} have changed places"
