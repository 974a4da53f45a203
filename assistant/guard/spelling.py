"""One slip of the finger in a long word, and no more: "sweling" is swelling, "selling" is not.

Short words are guessed at in three safe ways only: a letter doubled or not ("hott"), two letters
swapped ("wamr") and a dropped g ("throbbin"). Beyond that "clot" is one letter from "cloth", "wee"
from "week"; their usual misspellings stand in lexicons/spellings.toml.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 6
"""Letters of the word that is meant at least; what was typed may be one shorter."""
_SHORTEST_BONES = 3
_SHORTEST_SWAP = 4
_DOUBLED = re.compile(r"(.)\1")
_TWO_SLIPS = 10
_REAL_WORDS = Path(__file__).parent / "real_words.txt"


def read_real_words(path: Path = _REAL_WORDS) -> frozenset[str]:
    """English words that lie one slip from a word of ours and are meant as they stand."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


class Vocabulary:
    """The words rules are written in, and which of them a misspelt word stands for."""

    def __init__(
        self,
        words: Iterable[str],
        real_words: frozenset[str],
        spellings: Mapping[str, str] | None = None,
    ) -> None:
        """`real_words` are never taken for a misspelling; `spellings` maps wrong to right."""
        self._known = frozenset(words)
        self._real = real_words
        self._spellings = dict(spellings or {})
        self._by_letter: dict[str, list[str]] = {}
        self._by_bones: dict[str, str] = {}
        for word in sorted(self._known):
            if not word.isalpha():
                continue
            if len(word) >= SHORTEST:
                self._by_letter.setdefault(word[0], []).append(word)
            if len(word) >= _SHORTEST_BONES:
                self._by_bones.setdefault(_bones(word), word)
        self._cached = lru_cache(maxsize=20_000)(self._guess)

    def meant(self, word: str) -> str:
        """The word of ours that was meant, or the word itself."""
        if word in self._spellings:
            return self._spellings[word]
        if len(word) < _SHORTEST_BONES or word in self._known or word in self._real:
            return word
        return self._cached(word) if len(word) <= 30 else word

    def guess(self, word: str) -> str:
        """What `word` would be taken for if nobody said that it is a real word."""
        return word if word in self._known or word in self._spellings else self._guess(word)

    def _guess(self, word: str) -> str:
        """The word of ours that `word` stands for, whether it is an English word or not."""
        if word.endswith("in") and word + "g" in self._known:
            return word + "g"
        if (plainer := self._by_bones.get(_bones(word))) is not None:
            return plainer
        for swapped in _swapped(word):
            if swapped in self._known:
                return swapped
        if len(word) < SHORTEST - 1:
            return word
        choices = self._by_letter.get(word[0], [])
        found = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=_slips(word))
        return found[0] if found else word


def _bones(word: str) -> str:
    """The word with every doubled letter once."""
    return _DOUBLED.sub(r"\1", word)


def _swapped(word: str) -> Iterable[str]:
    """The word with two neighbouring letters swapped, the first one left in its place."""
    if len(word) < _SHORTEST_SWAP:
        return
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _slips(word: str) -> int:
    return 2 if len(word) >= _TWO_SLIPS else 1
