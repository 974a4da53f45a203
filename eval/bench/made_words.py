"""The words that made-up documents are made of: those of the project's own texts and lists.

A language has words that carry its grammar, a field some that stand in every text of it, a text
those that tell what it is about, and names that hardly any other has. All four are needed, or a
search by words would have it too easy or too hard.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.lexical import Analyzer

_ROOT = Path(__file__).resolve().parents[2]
_TEXTS = _ROOT / "corpus" / "texts"
_PLAIN = _ROOT / "assistant" / "guard" / "real_words.txt"
_FIELD = 40
"""Words of calves and running that nearly every text on them holds."""
_STARTS = (
    "bar cal dun el far glen hol inver kil lock mar nor os pen quar row sel tor ul ven".split()
)
_MIDDLES = "a be co de en fi gar ho in ker la mo ni or pa ri sto ta ul ver".split()
_ENDS = "by combe don field ford gate ham hurst ley mere ness pool rigg stead ton wick".split()

_HEAD = 2.7
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary, the commonest first in each part."""

    grammar: tuple[str, ...]
    field: tuple[str, ...]
    telling: tuple[str, ...]
    """Words that say what a text is about, in no order."""


@cache
def words() -> Words:
    """The vocabulary; the same on every machine."""
    found: Counter[str] = Counter()
    for path in sorted(_TEXTS.glob("*.md")):
        found.update(re.findall(r"[a-z]{2,}|\ba\b", path.read_text("utf-8").lower()))
    analyze = Analyzer()
    ordered = sorted(found, key=lambda word: (-found[word], word))
    grammar = [word for word in ordered if not analyze(word)]
    content = [word for word in ordered if analyze(word)]
    plain = [line for line in _PLAIN.read_text("utf-8").split("\n") if line.isalpha()]
    telling = sorted({*content[_FIELD:], *plain} - {*grammar, *content[:_FIELD]})
    # One order that is nobody's alphabet, or neighbours would share their beginnings.
    mixed = np.random.RandomState(0).permutation(len(telling))
    return Words(tuple(grammar), tuple(content[:_FIELD]), tuple(telling[n] for n in mixed))


def name(number: int) -> str:
    """A name of a place or club, a different one for each number below 6,400."""
    number, end = divmod(number, len(_ENDS))
    number, middle = divmod(number, len(_MIDDLES))
    number, start = divmod(number, len(_STARTS))
    more = name(number - 1) if number else ""
    return f"{_STARTS[start]}{_MIDDLES[middle]}{_ENDS[end]}{more}"


def drawn(count: int, at: Numbers) -> npt.NDArray[np.intp]:
    """Which of so many words each number between 0 and 1 falls upon, by Zipf's law."""
    return np.minimum(np.searchsorted(_zipf(count), at, side="right"), count - 1)


@cache
def _zipf(count: int) -> Numbers:
    """Mandelbrot's form of it, its first few less far ahead; shares added up."""
    shares = 1.0 / (np.arange(1, count + 1) + _HEAD)
    return np.asarray(np.cumsum(shares / shares.sum()))


def sentence(chosen: Sequence[str]) -> str:
    """Words written as a sentence, with a comma where a long one wants to breathe."""
    middle = len(chosen) // 2
    written = list(chosen)
    if len(written) > 14:
        written[middle] += ","
    return f"{written[0].capitalize()} {' '.join(written[1:])}."
