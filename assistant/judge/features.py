"""What the judge looks at, as named numbers."""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise

from assistant.judge.quantities import absent, quantities_in
from assistant.judge.reading import Word, heft, names_in, sentences_of, words_of

_BEST = 3
"""So many sentences, wherever they stand, are enough to support one."""
_LIGHT = 6.5
"""Words this common or commoner (about the 400 commonest of English) carry no claim alone."""

Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class Features:
    """Signs that evidence supports a sentence.

    Shares are 0 to 1, weighed by how telling words are unless something else is said. "The best"
    sentences of the evidence are those that together share the most.
    """

    coverage: float
    """Share of the sentence that stands somewhere in the evidence."""
    neighbours: float
    """Share that stands in the best two neighbouring sentences of the evidence."""
    best_three: float
    """Share that stands in the best three sentences."""
    missing_run: float
    """Weight of the longest run of words that the best three lack, as log(1 + sum)."""
    numbers: float
    """Numbers, with their units, that the evidence lacks, as log(1 + n)."""
    numbers_apart: float
    """Numbers that the best three lack, as log(1 + n)."""
    names_apart: float
    """Share of the sentence's names that the best three lack, each counting the same."""
    evidence_length: float
    """Words of the evidence, as log(1 + n): in a long page every word is found somewhere."""

    def values(self) -> tuple[float, ...]:
        """In the order of `NAMES`."""
        return astuple(self)


NAMES = tuple(each.name for each in fields(Features))


def features_of(sentence: str, evidence: Sequence[str]) -> Features:
    """The features of a sentence against the words it cites, taken together."""
    said = words_of(sentence)
    read = [words_of(part) for each in evidence for part in sentences_of(each)]
    parts = [_stems(part) for part in read]
    best = _best(said, parts)
    lacking = absent(quantities_in(sentence), quantities_in("\n".join(evidence)))
    names = [_stems(words_of(name)) for name in names_in(sentence)]
    return Features(
        coverage=_covered(said, frozenset().union(*parts)),
        neighbours=max((_covered(said, each) for each in _windows(parts)), default=0.0),
        best_three=_covered(said, best),
        missing_run=math.log1p(_longest_run(said, best)),
        numbers=math.log1p(len(lacking)),
        numbers_apart=math.log1p(sum(word.number and word.stem not in best for word in said)),
        names_apart=sum(not name <= best for name in names) / max(1, len(names)),
        evidence_length=math.log1p(sum(map(len, read))),
    )


def _stems(words: Sequence[Word]) -> Stems:
    return frozenset(word.stem for word in words)


def _windows(parts: Sequence[Stems]) -> Sequence[Stems]:
    return [a | b for a, b in pairwise(parts)] or parts


def _best(said: Sequence[Word], parts: Sequence[Stems]) -> Stems:
    """The best three sentences, each chosen for what it adds to those before it."""
    found: Stems = frozenset()
    for _ in range(min(_BEST, len(parts))):
        found |= max(parts, key=lambda part: _covered(said, found | part))
    return found


def _covered(said: Sequence[Word], stems: Stems) -> float:
    total = math.fsum(heft(word) for word in said)
    if not total:
        return 0.0
    return math.fsum(heft(word) for word in said if word.stem in stems) / total


def _longest_run(said: Sequence[Word], stems: Stems) -> float:
    """Weight of the heaviest run of lacking words; light words in between do not break it."""
    run = longest = 0.0
    for word in said:
        if word.stem not in stems:
            run += heft(word)
        elif heft(word) > _LIGHT:
            run = 0.0
        longest = max(longest, run)
    return longest
