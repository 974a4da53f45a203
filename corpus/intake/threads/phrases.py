"""Phrases kept in data files, and the one way they are looked for.

A phrase is written with alternatives ("thanks|cheers |very much" is four phrases: every blank parts
two choices, and an empty choice leaves the word out). It is found as whole words in `plain_words`,
never as a regular expression, so that no text can make a search slow.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

_NUMBERS = re.compile(r"\d+(?: \d+)*")


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases, spelled out."""

    spelled: frozenset[str]
    first: frozenset[str]
    """What their first words are: most words of a text need no closer look."""
    longest: int
    """Words in the longest of them."""

    def is_whole(self, words: str) -> bool:
        """Whether `words` (of `plain_words`) are a phrase and nothing else."""
        return words.strip() in self.spelled

    def begins(self, words: str) -> bool:
        """Whether `words` begin with a phrase."""
        return any(True for _ in self._at(words.split()[: self.longest], 0))

    def stands_in(self, words: str) -> bool:
        """Whether a phrase stands anywhere in `words`."""
        each = words.split()
        return any(True for start in range(len(each)) for _ in self._at(each, start))

    def _at(self, words: list[str], start: int) -> Iterable[str]:
        if start >= len(words) or words[start] not in self.first:
            return
        end = min(len(words), start + self.longest)
        for stop in range(start + 1, end + 1):
            phrase = " ".join(words[start:stop])
            if phrase in self.spelled:
                yield phrase


def spell_out(templates: Iterable[str]) -> Phrases:
    """Every phrase that the templates stand for."""
    spelled = set()
    for template in templates:
        choices = [word.split("|") for word in template.split()]
        spelled |= {" ".join(filter(None, chosen)) for chosen in product(*choices)}
    spelled.discard("")
    each = [phrase.split() for phrase in spelled]
    first = frozenset(words[0] for words in each)
    return Phrases(frozenset(spelled), first, max(map(len, each), default=0))


def numberless(words: str) -> str:
    """`words` (of `plain_words`) with "#" for every number."""
    return _NUMBERS.sub("#", words)
