"""Words that have changed places: everything said is in the cited words, but of something else.

"The physio told the poster" and "the poster told the physio" hold the same words. So the telling
words before and behind each word are held against those around it in the cited words, and against
those around every other word: where two words stand clearly better in each other's place, they have
been exchanged. How clearly was chosen on the development sentences of eval/written.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from assistant.checking.lexis import SENTENCE, Lexis, spelled, stems_of
from assistant.why import Fault

_AROUND = 4
"""Telling words on either side that count as near."""
_IN_TIME = frozenset(stems_of("first then next last now again once finally"))
"""What these join is held against the cited words elsewhere (roles.py)."""
_CLEARLY = 4
"""Neighbours by which two words must stand better in each other's place."""
_Near = tuple[frozenset[str], frozenset[str]]
"""Telling words before and behind a word."""


def exchanged(sentence: str, cited: Sequence[str], lexis: Lexis) -> tuple[Fault, ...]:
    """Two words of a sentence that have changed places; empty when none have."""
    ours = _near([spelled(sentence)], lexis)
    theirs = _near([part for one in cited for part in SENTENCE.split(spelled(one))], lexis)
    both = [stem for stem in ours if stem in theirs]
    for one, other in combinations(both, 2):
        straight = _alike(ours, theirs, one, one, other) + _alike(ours, theirs, other, other, one)
        crossed = _alike(ours, theirs, one, other, other) + _alike(ours, theirs, other, one, one)
        if crossed - straight >= _CLEARLY:
            return (Fault("two words have changed places", f"{one}, {other}"),)
    return ()


def _near(sentences: Sequence[str], lexis: Lexis) -> Mapping[str, _Near]:
    quiet = lexis.function | lexis.forum_voice | lexis.article_voice | lexis.reporting | _IN_TIME
    found: dict[str, _Near] = {}
    for sentence in sentences:
        telling = [stem for stem in stems_of(sentence) if stem not in quiet]
        for at, stem in enumerate(telling):
            before, behind = found.get(stem, (frozenset(), frozenset()))
            found[stem] = (
                before.union(telling[max(0, at - _AROUND) : at]),
                behind.union(telling[at + 1 : at + 1 + _AROUND]),
            )
    return found


def _alike(
    ours: Mapping[str, _Near], theirs: Mapping[str, _Near], one: str, place: str, other: str
) -> int:
    """How many neighbours `one` shares with `place` in the cited words, the two words apart."""
    apart = {one, place, other}
    return sum(len((a & b) - apart) for a, b in zip(ours[one], theirs[place], strict=True))
