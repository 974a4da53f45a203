"""How the judge reads a text: sentences, words and their stems, numbers, names, telling words.

The word lists of this package are its own: a judge that shared the product's lexicon would share
its blind spots.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:-\d+)?(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)*")
"""Digits that hang on letters belong to a name: b12, covid-19."""
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-Z][A-Za-z'-]+")
_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_COUNTS = {
    **{word: n for n, word in enumerate(_ONES) if word != "one"},
    **{word: 10 * n for n, word in enumerate(_TENS, start=2)},
    "dozen": 12,
    "twice": 2,
}
"""Without "one", which is more often no number than one."""
_PARTS = {"half": "1/2", "halves": "1/2"}
_PARTS_AFTER_A = {"third": "1/3", "quarter": "1/4", "fifth": "1/5", "tenth": "1/10"}
_AFTER_PARTS = {"of", "as", "less", "more", "fewer", "shorter", "longer"}
"""A fifth of, a third shorter; but a fifth season."""
_TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_NUMBER_HEFT = 9.0
_UNKNOWN = 1e-8
"""Share of running English given to a word that the frequency list does not hold."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    text: str
    """In small letters; a number in digits, "twenty-five" as "25"."""
    stem: str
    number: bool


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (theirs)


class _Frequencies(Protocol):
    def word_usage_frequency(self, word: str) -> float: ...


def plain(text: str) -> str:
    """Small letters, straight quotes, plain dashes, single spaces."""
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub(r"[‘’ʼ`]", "'", re.sub(r"[“”„]", '"', re.sub(r"[‐-―−]", "-", folded)))
    return " ".join(folded.lower().split())


def sentences_of(text: str) -> tuple[str, ...]:
    """A text cut after full stops, question and exclamation marks; roughly, for matching only."""
    return tuple(filter(None, (part.strip() for part in _BREAK.split(text))))


def words_of(text: str) -> tuple[Word, ...]:
    """Every word and number, in order; number words as digits."""
    return tuple(_joined(_WORD.findall(plain(text).replace("%", " percent "))))


def names_in(text: str) -> frozenset[str]:
    """Capitalised words that do not begin a sentence, in small letters."""
    return frozenset(found.lower() for found in _NAME.findall(text) if found != "I")


def heft(word: Word) -> float:
    """How telling a word is: minus the natural log of its share of running English, 2 to 18.

    The shares come with pyspellchecker, which counted them in film subtitles (OpenSubtitles).
    """
    if word.number:
        return _NUMBER_HEFT
    return -math.log(max(_share(word.text), _UNKNOWN))


def _joined(tokens: Sequence[str]) -> Iterator[Word]:
    at = 0
    while at < len(tokens):
        value, taken = _number(tokens, at)
        if value:
            yield Word(value, value, number=True)
        else:
            yield Word(tokens[at], _stem(tokens[at]), number=False)
        at += taken


def _number(tokens: Sequence[str], at: int) -> tuple[str, int]:
    """The number that begins here, as text, and how many words it takes; "" if there is none."""
    token, following = tokens[at], tokens[at + 1 : at + 2]
    if token in _PARTS:
        return _PARTS[token], 1
    if token in _PARTS_AFTER_A and at and tokens[at - 1] in ("a", "one"):
        return (_PARTS_AFTER_A[token] if set(following) <= _AFTER_PARTS else ""), 1
    value, taken = _value(token), 1
    if value is None and (token not in ("a", "one") or not following or following[0] not in _TIMES):
        return "", 1
    value = 1.0 if value is None else value
    if token in _TENS and following and following[0] in _ONES[1:10]:
        value, taken = value + _ONES.index(following[0]), 2
    for scale in tokens[at + taken : at + taken + 2]:
        if scale not in _TIMES:
            break
        value, taken = value * _TIMES[scale], taken + 1
    return (str(int(value)) if value.is_integer() else str(value)), taken


def _value(token: str) -> float | None:
    if token in _COUNTS:
        return float(_COUNTS[token])
    if not token[0].isdecimal():
        return None
    # "1,000" is a thousand; "3.5" is three and a half; "1.2.3" is no number but is kept apart.
    bare = token.replace(",", "")
    return float(bare) if bare.count(".") < 2 else float(bare.replace(".", ""))


@cache
def _stem(word: str) -> str:
    return _stemmer().stemWord(word.removesuffix("'s"))


@cache
def _share(word: str) -> float:
    return _frequencies().word_usage_frequency(word.removesuffix("'s"))


@cache
def _stemmer() -> _Stemmer:
    import Stemmer

    found: _Stemmer = Stemmer.Stemmer("english")
    return found


@cache
def _frequencies() -> _Frequencies:
    from spellchecker import SpellChecker

    found: _Frequencies = SpellChecker(language="en")
    return found
