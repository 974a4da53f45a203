"""One slip of the finger in a long word, and no more: "sweling" is swelling, "selling" is not.

Short words are never guessed at: "clot" is one letter from "cloth", "wee" from "week". Their usual
misspellings stand in the lexicons as words of their own.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 7
"""Letters of the word that is meant; what was typed may be one shorter."""
_TWO_SLIPS = 10
_REAL_WORDS = Path(__file__).parent / "real_words.txt"


def read_real_words(path: Path = _REAL_WORDS) -> frozenset[str]:
    """English words that lie one slip from a word of ours and are meant as they stand."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


class Vocabulary:
    """The words rules are written in, and which of them a misspelt word stands for."""

    def __init__(self, words: Iterable[str], real_words: frozenset[str]) -> None:
        """`real_words` are never taken for a misspelling of anything."""
        self._known = frozenset(words)
        self._real = real_words
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._known):
            if len(word) >= SHORTEST and word.isalpha():
                self._by_letter.setdefault(word[0], []).append(word)
        self._cached = lru_cache(maxsize=20_000)(self._guess)

    def meant(self, word: str) -> str:
        """The word of ours that was meant, or the word itself."""
        if len(word) < SHORTEST - 1 or word in self._known or word in self._real:
            return word
        return self._cached(word) if len(word) <= 30 else word

    def near(self, word: str) -> tuple[str, ...]:
        """Words of ours that `word` could be a misspelling of; for the check of real words."""
        found = process.extract(
            word,
            self._by_letter.get(word[0], []),
            scorer=OSA.distance,
            score_cutoff=_slips(word),
            limit=None,
        )
        return tuple(choice for choice, _, _ in found)

    def _guess(self, word: str) -> str:
        choices = self._by_letter.get(word[0], [])
        found = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=_slips(word))
        return found[0] if found else word


def _slips(word: str) -> int:
    return 2 if len(word) >= _TWO_SLIPS else 1
