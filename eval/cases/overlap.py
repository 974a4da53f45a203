"""Whether a question repeats the texts: in their words it would be no test of finding them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

RUN = 5
"""Words in a row that may not be shared ..."""
CONTENT = 2
"""... when so many of them, or more, are content words."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")

Runs = frozenset[tuple[str, ...]]


def runs_of(texts: Iterable[str]) -> Runs:
    """Every run of five words with two content words in the texts."""
    return frozenset(run for text in texts for run in _runs(text))


def shared_runs(question: str, shelf: Runs) -> tuple[str, ...]:
    """The runs a question shares with the shelf, as they stand in the question."""
    return tuple(" ".join(run) for run in _runs(question) if run in shelf)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.lower().replace("’", "'"))
    for at in range(len(words) - RUN + 1):
        run = tuple(words[at : at + RUN])
        if sum(word not in _stopwords() for word in run) >= CONTENT:
            yield run


@cache
def _stopwords() -> frozenset[str]:
    """scikit-learn's list of English function words: not one of ours, which are tuned."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)
