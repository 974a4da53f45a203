"""Mend misspelt words towards words the shelf and the lexicon use.

Only a word that no English dictionary knows is touched, and only when exactly one kind of nearby
word explains it. A reader's "magneisum" becomes magnesium; a name nobody knows stays as it is.
"""

from collections.abc import Callable, Iterable
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from assistant.reading.words import stem, tidy, words_in

_SHORTEST = 4
_LONG = 7


@cache
def english_words() -> Callable[[str], bool]:
    """Whether pyspellchecker's English list (about 80,000 words) knows a lower-case word."""
    from spellchecker import SpellChecker  # 0.2 s and 20 MB: only once a question is read

    checker = SpellChecker(language="en", distance=1)
    return lambda word: bool(checker.known([word]))


class Speller:
    """Knows the words the shelf and the lexicon use, and mends towards them."""

    def __init__(
        self,
        named: Iterable[str],
        shelf: Iterable[str] = (),
        is_english: Callable[[str], bool] | None = None,
    ) -> None:
        """`named`: words of the lexicon; `shelf`: other words of the texts, lower case.

        A short misspelling is mended only towards a named thing: four letters are near too much.
        `is_english` is for tests.
        """
        self._named = sorted(w for w in set(named) if w.isalpha() and len(w) >= _SHORTEST)
        self._targets = sorted(
            {*self._named, *(w for w in shelf if w.isalpha() and len(w) >= _LONG)}
        )
        self._ours = frozenset((*named, *shelf))
        self._shelf = frozenset(shelf)
        self._stems = frozenset(stem(word) for word in self._ours)
        self._is_english = is_english

    def strange(self, stems: Iterable[str]) -> frozenset[str]:
        """Stems that no word of the shelf or the lexicon has."""
        return frozenset(stems) - self._stems

    def mend(self, text: str) -> str:
        """The text, tidied, with each misspelt word replaced; everything else as typed."""
        clean = tidy(text)
        pieces: list[str] = []
        at = 0
        for word in words_in(clean):
            pieces.append(clean[at : word.start])
            pieces.append(self.mend_word(word.text) or clean[word.start : word.end])
            at = word.end
        pieces.append(clean[at:])
        return "".join(pieces)

    def mend_word(self, word: str) -> str | None:
        """The word meant by a misspelt lower-case word, or None to leave it."""
        if len(word) < _SHORTEST or not word.isalpha() or word in self._ours:
            return None
        single = _undouble(word)
        if single != word and single in self._ours:
            return single
        known = self._is_english or english_words()
        if known(word):
            return None
        furthest = 2 if len(word) >= _LONG else 1
        near = extract(
            word,
            self._targets if len(word) >= _LONG else self._named,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=furthest,
            limit=8,
        )
        best = [
            (distance, target not in self._shelf, target)
            for target, distance, _ in near
            if target[0] == word[0]
        ]
        return min(best)[2] if best else None


def _undouble(word: str) -> str:
    """Letters typed twice or more in a row, once: "helpp" to "help"."""
    return "".join(char for at, char in enumerate(word) if at == 0 or char != word[at - 1])
