"""Whether a sentence denies what the words say, or says the opposite of it.

Denials are matched by scope, after NegEx (Chapman et al. 2001): a word that denies, denies the few
words behind it in its clause.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import permutations
from pathlib import Path

from assistant.judge.reading import plain, words_of

_LISTS = Path(__file__).with_name("polarity.toml")
_CLAUSE = re.compile(r"[,;:.!?()]|\b(?:but|although|though|because|while|which|who|if)\b")
_SCOPE = 3
"""How many words behind it a denial reaches."""
_EMPTY = frozenset(
    "a an the of to in on at by for with from as is are was were be been it its this that these "
    "those he she they you we i his her their your my any some do does did can could will would "
    "should may might must has have had more than and or so very much".split()
)


def turned(sentence: str, window: str) -> tuple[str, ...]:
    """Words that just one of the two denies; empty where both deny something, or neither does.

    A denial counts when at least half of the words it reaches are in the other text: what the
    other does not speak of, it cannot turn round.
    """
    denied, refused = _denials(sentence), _denials(window)
    if denied and not refused and not _half_denies(window):
        return _touched(denied, _stems(window))
    if refused and not denied and not _half_denies(sentence):
        return _touched(refused, _stems(sentence))
    return ()


def opposites(sentence: str, evidence: str) -> tuple[tuple[str, str], ...]:
    """Pairs of what the sentence says and what the evidence says instead."""
    said, there = plain(sentence), plain(evidence)
    return tuple(
        (ours, theirs)
        for pair in _pairs()
        for ours, theirs in permutations(pair)
        if pair[ours].search(said)
        and not pair[theirs].search(said)
        and pair[theirs].search(there)
        and not pair[ours].search(there)
    )


def overstated(sentence: str, evidence: str) -> tuple[str, ...]:
    """Words of certainty that the evidence does not hold: always, proven, all."""
    said, there = plain(sentence), plain(evidence)
    words = _words("certain")
    return tuple(sorted(set(words.findall(said)) - set(words.findall(there))))


def _denials(text: str) -> tuple[frozenset[str], ...]:
    """For each denial of a text, the stems of the words it reaches."""
    return tuple(
        frozenset(_reached(clause[match.end() :]))
        for clause in _CLAUSE.split(_words("harmless").sub(" ", plain(text)))
        for match in _words("denials").finditer(clause)
    )


def _reached(behind: str) -> list[str]:
    return [word.stem for word in words_of(behind) if word.text not in _EMPTY][:_SCOPE]


def _touched(denials: Sequence[frozenset[str]], other: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                stem
                for each in denials
                if 2 * len(each & other) >= len(each)
                for stem in each & other
            }
        )
    )


def _half_denies(text: str) -> bool:
    """Whether it denies in a way that answers a denial, without being one for sure."""
    return bool(_words("half_denials").search(plain(text)))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words_of(text))


@cache
def _read() -> Mapping[str, Sequence[str]]:
    return tomllib.loads(_LISTS.read_text("utf-8"))


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_read()[name])})\b")


@cache
def _pairs() -> tuple[Mapping[str, re.Pattern[str]], ...]:
    """Each pair as the first spelling of either side, with a pattern of all its spellings."""
    return tuple(
        {side.split("|")[0]: re.compile(rf"\b(?:{side})\b") for side in line.split(" / ")}
        for line in _read()["opposites"]
    )
