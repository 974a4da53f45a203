"""Which language a message is in, when it is not English, and the fixed words for it.

Counts frequent function words and looks at the script: with a dozen languages to tell from
English, that decides on a handful of words, costs nothing and is the same every time.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.guard.lexicon import read_toml

LANGUAGES = Path(__file__).parent / "languages.toml"
OTHER = "und"
"""Code of a language we have no words in (ISO 639-2: undetermined)."""
_READ = 4000
"""Characters looked at: nobody changes language after that, and a paste may be endless."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "CYRILLIC": ("uk", "ru"),
    "ARABIC": ("ar",),
    "CJK": ("zh",),
    "DEVANAGARI": ("hi",),
}
_LETTERS: Mapping[str, frozenset[str]] = {"uk": frozenset("іїєґ"), "ru": frozenset("ыэъё")}
"""Letters that only one of two languages in the same script has."""
_ENOUGH = 2
"""Words of a language below which nothing is decided."""
_FOREIGN_WORDS = 5
_SHARE = 7
"""One word in so many must be a frequent word of the language."""
_ENGLISH = frozenset(
    "the and my with that this have had has after when what how from been it's you they your would"
    " should could just about but not are were is it i'm im ive i've does don't can't isn't won't"
    " cant dont isnt doesnt wont didnt what's whats get got out up off then than there any some"
    " more very too because while his her which why who am before down of to for on at by if run"
    " runs running leg legs calf calves pain cramp cramps help anyone please thanks hello".split()
)
"""Frequent words of English that are not also frequent in a language below."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Language(_Data):
    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    name: str
    endonym: str
    shelf: str
    emergency: str
    crisis: str
    alarm: Annotated[tuple[str, ...], Field(min_length=1)]
    topics: tuple[str, ...] = ()
    words: Annotated[tuple[str, ...], Field(min_length=20)]

    @field_validator("emergency", "crisis")
    @classmethod
    def _has_number(cls, text: str) -> str:
        if text.count("{number}") != 1:
            raise ValueError("{number} must stand in it once")
        return text


class _File(_Data):
    language: Annotated[tuple[_Language, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Language:
    """A language other than English, with our fixed words in it."""

    code: str
    name: str
    shelf: str
    """That the shelf is in English."""
    emergency: str
    crisis: str
    alarm: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def alarmed(self, text: str) -> bool:
        """Whether a message has words that mean a grave sign in this language."""
        folded = _folded(text)
        return any(_stands(phrase, folded) for phrase in self.alarm)


_UNDETERMINED = Language(
    OTHER,
    "another language",
    "Soleus can only read and answer in English.",
    "With chest pain, trouble breathing, collapse, confusion, or a leg that is suddenly swollen,"
    " hot, pale or numb: call {number} or see a doctor now.",
    "If you think of harming yourself, call {number} or talk to somebody near you now.",
)


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages there are fixed words for."""

    known: tuple[Language, ...]
    english: frozenset[str] = _ENGLISH

    @classmethod
    def read(cls, path: Path = LANGUAGES) -> Self:
        """From the data file. Raises RulesError when it is not as it must be."""
        return cls(
            tuple(
                Language(
                    each.code,
                    each.name,
                    each.shelf,
                    each.emergency,
                    each.crisis,
                    tuple(_folded(phrase) for phrase in each.alarm),
                    frozenset(_folded(word) for word in each.topics),
                    frozenset(_folded(word) for word in each.words),
                )
                for each in read_toml(path, _File).language
            )
        )

    def spoken(self, text: str) -> Language | None:
        """The language of a message; None for English, or too little to tell."""
        folded = _folded(text[:_READ])
        if (alarmed := self._alarmed(text)) is not None:
            return alarmed
        script = _script(folded)
        if script is not None:
            return self._written(script, folded)
        words = _WORD.findall(folded)
        if not words:
            return None
        english = sum(word in self.english for word in words)
        counts = {each.code: sum(word in each.words for word in words) for each in self.known}
        best = max(self.known, key=lambda each: counts[each.code])
        found = counts[best.code]
        if found >= _ENOUGH and found > english and found * _SHARE >= len(words):
            return best
        if english == 0 and (about := self._about(words)) is not None:
            return about
        return _UNDETERMINED if english == 0 and _un_english(words) else None

    def _about(self, words: list[str]) -> Language | None:
        """The language that has a name for what these words are about, if just one has."""
        among = [each for each in self.known if not each.topics.isdisjoint(words)]
        return among[0] if len(among) == 1 else None

    def _alarmed(self, text: str) -> Language | None:
        """The language in which a message raises an alarm.

        A phrase says it anywhere; a single word only where nothing English stands beside it.
        """
        folded = _folded(text)
        english = any(word in self.english for word in _WORD.findall(folded[:_READ]))
        return next(
            (
                each
                for each in self.known
                if any(
                    (not english or " " in phrase or not phrase.isascii())
                    and _stands(phrase, folded)
                    for phrase in each.alarm
                    if phrase in folded  # nearly none is, and this is quick to tell
                )
            ),
            None,
        )

    def _written(self, script: str, folded: str) -> Language:
        """The language of a script that English is not written in."""
        codes = _SCRIPTS.get(script, ())
        among = [each for each in self.known if each.code in codes]
        if not among:
            return _UNDETERMINED
        words = _WORD.findall(folded)
        own = {each.code: set(folded) & _LETTERS.get(each.code, frozenset()) for each in among}
        return max(
            among, key=lambda each: (len(own[each.code]), sum(w in each.words for w in words))
        )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("’", "'")).casefold()


def _stands(phrase: str, folded: str) -> bool:
    """Whether a phrase stands in a text as whole words; Chinese has no spaces to look for."""
    at = folded.find(phrase)
    if at >= 0 and _is_han(phrase[0]):
        return True
    while at >= 0:
        before, after = folded[at - 1 : at], folded[at + len(phrase) : at + len(phrase) + 1]
        if not before.isalpha() and not after.isalpha():
            return True
        at = folded.find(phrase, at + 1)
    return False


def _script(folded: str) -> str | None:
    """The script most letters are written in, if it is not Latin."""
    if folded.isascii():
        return None
    scripts = Counter(unicodedata.name(mark, "?").split()[0] for mark in folded if mark.isalpha())
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    return script if script != "LATIN" and count * 2 > sum(scripts.values()) else None


def _un_english(words: list[str]) -> bool:
    """Whether a message says nothing in English and much in letters that English does not use."""
    foreign = sum(not word.isascii() for word in words)
    return len(words) >= _FOREIGN_WORDS and foreign >= 2


def _is_han(mark: str) -> bool:
    return unicodedata.name(mark, "").startswith("CJK")
