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

from assistant.checking.lexis import SENTENCE, Lexis, Pattern, spelled
from assistant.judge.quantities import Quantity, quantities_in
from assistant.why import Fault

_OPPOSITE = "a place or side stands where the cited words say the opposite"
_AROUND = 4
"""Telling words on either side of a marker that count as near it."""


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    first: frozenset[str]
    """What comes first, or brings the other about."""
    second: frozenset[str]


def turned_round(sentence: str, cited: Sequence[str], lexis: Lexis) -> tuple[Fault, ...]:
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


def _relations_turned(said: str, there: str, lexis: Lexis) -> Iterator[Fault]:
    theirs = [one for part in SENTENCE.split(there) for one in _relations(part, lexis)]
    for ours in _relations(said, lexis):
        like = [one for one in theirs if one.kind == ours.kind]
        swapped = [one for one in like if ours.first & one.second and ours.second & one.first]
        straight = [one for one in like if ours.first & one.first or ours.second & one.second]
        if swapped and not [one for one in straight if one not in swapped]:
            yield Fault(f"it turns round what is {_RELATED[ours.kind]}")
        elif not like and ours.kind == "cause" and not _any(lexis, "cause", there):
            yield Fault("it gives a reason that the cited words do not give")


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
            left, right = frozenset(lexis.telling(before)), frozenset(lexis.telling(behind))
            # What stands on both sides tells nothing of the order.
            left, right = left - right, right - left
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


def _places_turned(said: str, there: str, lexis: Lexis) -> Iterator[Fault]:
    for one, other in lexis.pairs:
        for ours, theirs in ((one, other), (other, one)):
            found = ours.search(said)
            if found and theirs.search(there) and _nearer(said, there, ours, theirs, lexis):
                yield Fault(_OPPOSITE, found[0])


def _nearer(said: str, there: str, ours: Pattern, theirs: Pattern, lexis: Lexis) -> bool:
    """Whether what stands around our word stands around its opposite in the cited words."""
    if not ours.search(there):
        return not theirs.search(said)
    near = _context(said, ours, lexis)
    return len(near & _context(there, theirs, lexis)) > len(near & _context(there, ours, lexis))


def _context(text: str, words: Pattern, lexis: Lexis) -> frozenset[str]:
    near: set[str] = set()
    for part in SENTENCE.split(text):
        for found in words.finditer(part):
            near.update(lexis.telling(part[: found.start()])[-_AROUND:])
            near.update(lexis.telling(part[found.end() :])[:_AROUND])
    return frozenset(near)


def _numbers_turned(said: str, there: str, lexis: Lexis) -> Iterator[Fault]:
    """An amount that stands where the cited words have another amount of the same kind."""
    theirs = sorted(quantities_in(there))
    for one in sorted(quantities_in(said)):
        like = [other for other in theirs if other.number == one.number]
        if one.unit and like and all(other.unit not in ("", one.unit) for other in like):
            yield _misplaced(one, like[0])
    for one in sorted(quantities_in(said) & frozenset(theirs)):
        ours = _context(said, _figure(one), lexis)
        own = len(ours & _context(there, _figure(one), lexis))
        for other in theirs:
            if other.number == one.number or other.dimension != one.dimension:
                continue
            if len(ours & _context(there, _figure(other), lexis)) > own:
                yield _misplaced(one, other)


def _misplaced(ours: Quantity, theirs: Quantity) -> Fault:
    return Fault("an amount stands where the cited words have another", f"{ours}, not {theirs}")


def _figure(amount: Quantity) -> Pattern:
    """The number in digits or words, as `_context` looks for it."""
    words = [word for word, figure in _NUMBERS.items() if figure == amount.number]
    return re.compile(rf"\b(?:{'|'.join([re.escape(amount.number), *words])})\b")


_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
