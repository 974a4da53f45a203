"""The checker's words, read once: what says nothing alone, what says the same, what hedges and
limits.

They are data (words.toml) and the checker's own: it shares no list with whoever finds the passages.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import RulesError
from assistant.judge.reading import plain, words_of

WORDS = Path(__file__).with_name("words.toml")
SAME = Path(__file__).with_name("same.toml")
Pattern = re.Pattern[str]
_CONTRACTED = tuple(
    (re.compile(short), full)
    for short, full in (
        (r"\bwon't\b", "will not"),
        (r"\bcan't\b", "can not"),
        (r"n't\b", " not"),
        (r"'ll\b", " will"),
        (r"'re\b", " are"),
        (r"'ve\b", " have"),
        (r"\b(it|that|there|what|who)'s\b", r"\1 is"),
    )
)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
CLAUSE = re.compile(r"[,;:.!?()]|\b(?:but|and then)\b")
"""Where a clause ends, roughly."""
_EMPHASIS = re.compile(r"\bat all\b|\bright (?=above|below|under|behind|before|after|now|at)")
"""What only adds weight: "not at all", "right above"."""


@dataclass(frozen=True, slots=True)
class Lexis:
    """All lists of words.toml, as whole-word patterns or sets of stems."""

    function: frozenset[str]
    forum_voice: frozenset[str]
    article_voice: frozenset[str]
    reporting: frozenset[str]
    same: tuple[Pattern, ...]
    hedges: Mapping[str, Pattern]
    limits: Mapping[str, Pattern]
    answers: Mapping[str, Pattern]
    """More words that keep a hedge or limit of that kind, and need not be kept themselves."""
    conditions: Pattern
    relations: Mapping[str, Pattern]
    pairs: tuple[tuple[Pattern, Pattern], ...]

    def held(self, text: str) -> tuple[tuple[Pattern, str], ...]:
        """The groups of `same` that a text, as it is spelled, holds, each with how it says it."""
        return _held(self.same, text)

    def telling(self, text: str) -> tuple[str, ...]:
        """Stems of the words that say something by themselves, in their order."""
        return tuple(stem for stem in stems_of(text) if stem not in self.function)


@lru_cache(maxsize=256)
def _held(same: tuple[Pattern, ...], text: str) -> tuple[tuple[Pattern, str], ...]:
    """Kept, because every sentence of a draft is held against the same few cited words, by several
    rules each, and a thousand groups are looked for.
    """
    return tuple((group, found[0]) for group in same if (found := group.search(text)) is not None)


@cache
def lexis() -> Lexis:
    """The lists of words.toml and same.toml. Raises RulesError when they cannot be read."""
    return read_lexis(WORDS, SAME)


def read_lexis(path: Path, same: Path) -> Lexis:
    """The lists of two files. Raises RulesError when they cannot be read."""
    try:
        read: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        groups = tomllib.loads(same.read_text(encoding="utf-8"))["same"]
        return Lexis(
            function=_stems(read["function"].split()),
            forum_voice=_stems(read["forum_voice"].split("|")),
            article_voice=_stems(read["article_voice"].split("|")),
            reporting=_stems(read["reporting"].replace("\n", "").split("|")),
            same=tuple(_whole(each) for each in (*groups, *_sides(read))),
            hedges={kind: _whole(words) for kind, words in read["hedges"].items()},
            limits={kind: _whole(words) for kind, words in read["limits"].items()},
            answers={kind: _whole(words) for kind, words in read["answers"].items()},
            conditions=_whole(read["conditions"]["markers"]),
            relations={kind: _whole(words) for kind, words in read["relations"].items()},
            pairs=tuple(_pair(line) for line in read["places"]["pairs"]),
        )
    except (OSError, ValueError, KeyError, AttributeError, re.error) as error:
        fault = type(error).__name__
        remedy = "Restore it: git checkout assistant/checking/words.toml"
        raise RulesError(
            f"{path.name} does not hold the checker's words ({fault}). {remedy}"
        ) from None


def _sides(read: Mapping[str, Any]) -> list[str]:
    """Spellings of one side of a pair say the same; that sides are not mixed up is seen
    elsewhere.
    """
    return [side for line in read["places"]["pairs"] for side in line.split(" / ")]


def _pair(line: str) -> tuple[Pattern, Pattern]:
    one, other = line.split(" / ")
    return _whole(one), _whole(other)


def _whole(words: str) -> Pattern:
    return re.compile(rf"\b(?:{words})\b")


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for word in words if word for stem in stems_of(word))


def stems_of(text: str) -> tuple[str, ...]:
    """Stems of a text's words in order, comparatives ("firmer") as what they compare ("firm")."""
    return tuple(_bare(word.stem) for word in words_of(text))


def _bare(stem: str) -> str:
    for ending in ("er", "est"):
        if stem.endswith(ending) and len(stem) > len(ending) + 3:
            return stem.removesuffix(ending)
    return stem


def spelled(text: str) -> str:
    """A text as the patterns read it."""
    whole = plain(text).replace("-", " ")
    for short, full in _CONTRACTED:
        whole = short.sub(full, whole)
    return _EMPHASIS.sub("", whole)
