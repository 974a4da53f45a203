"""Words as the assistant compares them: folded, cut, stemmed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import Stemmer

_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?")
_INVISIBLE = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_DROPPED_APOSTROPHE = {
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "wont": "won't",
    "isnt": "isn't", "arent": "aren't", "shouldnt": "shouldn't", "im": "i'm", "ive": "i've",
    "whats": "what's", "thats": "that's", "its": "it's",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as typed (folded to lower case), its stem, and where it stands."""

    text: str
    stem: str
    start: int
    end: int


def tidy(text: str) -> str:
    """Fold what must not change a reading: width, quotes, invisible characters, stretched letters
    and white space.

    Case is kept. Emoji stay; they are no words and fall away when words are cut.
    """
    whole = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates are no text
    folded = unicodedata.normalize("NFKC", whole).translate(_INVISIBLE).translate(_QUOTES)
    spaced = _LINES.sub("\n", _SPACES.sub(" ", folded))
    return _STRETCHED.sub(r"\1\1", spaced)


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def stem(word: str) -> str:
    """Snowball English stem of one lower-case word (Porter2, snowballstem.org).

    Words in -itis are left whole: Porter2 cuts "tendonitis" to "tendon", a body part.
    """
    return word if word.endswith("itis") else str(_stemmer().stemWord(word))


def words_in(text: str) -> tuple[Word, ...]:
    """The words of a text, in order. Numbers count as words; punctuation and emoji do not."""
    return tuple(
        Word(low, stem(_DROPPED_APOSTROPHE.get(low, low)), match.start(), match.end())
        for match in _WORD.finditer(text)
        for low in (match.group().lower(),)
    )


def stems_in(text: str) -> tuple[str, ...]:
    """The stems of a text, in order."""
    return tuple(word.stem for word in words_in(text))
