"""What was asked and is not covered, the like together, so that a club knows what to add."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from assistant.records.kept import Ending, KeptTurn
from index.encode import Vectors

COMMON = (
    "calf cramp",
    "calf cramps when running",
    "does it help with calf cramps",
    "what can i do about cramp in my calf",
    "can it cause calf cramps",
)
"""What most questions are about anyway. Unless that is taken off, "does turmeric help calf cramps"
is more like the same about vitamin D (0.70) than like many a paraphrase of itself."""
_TAKEN_OFF = 0.6
ALIKE = 0.5
"""Cosine, after that, from which two questions are taken for the same. Both numbers were chosen on
questions of ours with the bundled encoder, and tried once on others: tests/assistant/records/
test_gaps_alike.py holds them, and says how many pairs are joined and how many wrongly."""
LEAST = 2
"""Chats that must have asked before anybody is shown in what words."""
MOST_EXAMPLES = 5
_ROWS = 512
"""Compared with all others at a time, so that many questions need little memory."""

EncodeCallable = Callable[[Sequence[str]], Vectors]
"""Texts to vectors of length 1."""
NearestCallable = Callable[[str, Vectors], str]
"""The title of the document nearest to a text with this vector; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that was asked, in whatever words, and is not covered."""

    asked: int
    """How often."""
    chats: int
    """In how many different chats."""
    first: date
    last: date
    nearest: str
    """Title of the document that comes nearest, which might be added to."""
    examples: tuple[str, ...]
    """How it was asked, the most usual words first; empty where too few asked to be shown."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """All of them."""

    since: date
    turns: int
    """Questions that were not covered, in whole or in part."""
    untold: int
    """Of those, the ones of which no text was kept."""
    found: tuple[Gap, ...]
    """Biggest first."""
    least: int
    """Chats that must have asked before examples are shown; 1: they always are."""

    @property
    def shown(self) -> tuple[Gap, ...]:
        """Those with examples."""
        return tuple(gap for gap in self.found if gap.examples)

    @property
    def withheld(self) -> int:
        """How many have none."""
        return len(self.found) - len(self.shown)

    @property
    def withheld_near(self) -> tuple[tuple[str, int], ...]:
        """Titles nearest to those without examples, and to how many; the most usual first."""
        near = Counter(gap.nearest for gap in self.found if gap.nearest and not gap.examples)
        return tuple(sorted(near.items(), key=lambda each: (-each[1], each[0])))


@dataclass(frozen=True, slots=True)
class _Asking:
    """One time something was asked."""

    text: str
    chat: str
    day: date


def gaps_of(
    turns: Sequence[KeptTurn],
    since: date,
    encode: EncodeCallable,
    nearest: NearestCallable,
    *,
    least: int = LEAST,
) -> Gaps:
    """What these turns ask that is not covered. The same turns in any order give the same gaps.

    Args:
        turns: As `Records.unanswered` gives them.
        since: The first day they are of.
        encode: The encoder of the shelf.
        nearest: Looks at the shelf.
        least: Chats that must have asked before anybody is shown in what words.
    """
    askings: dict[str, list[_Asking]] = {}
    for turn in turns:
        for text in _not_covered(turn):
            asking = _Asking(text, turn.chat, turn.asked_at.date())
            askings.setdefault(text.casefold(), []).append(asking)
    texts = sorted(askings)
    vectors = encode([*texts, *COMMON])
    common, vectors = vectors[len(texts) :].mean(axis=0), vectors[: len(texts)]
    weights = np.array([len(askings[text]) for text in texts])
    found = [
        _gap(
            [asking for place in group for asking in sorted(askings[texts[place]], key=_by_words)],
            nearest(texts[group[0]], vectors[group[0]]),
            least,
        )
        for group in _groups(told_apart(vectors, common), weights)
    ]
    return Gaps(
        since=since,
        turns=len(turns),
        untold=sum(not any(_not_covered(turn)) for turn in turns),
        found=tuple(sorted(found, key=_biggest_first)),
        least=least,
    )


def told_apart(vectors: Vectors, common: Vectors) -> Vectors:
    """Vectors with less of what they have in common, of length 1 again."""
    apart = vectors - _TAKEN_OFF * common
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    return np.asarray(apart / np.maximum(lengths, 1e-9), dtype=np.float32)


def _not_covered(turn: KeptTurn) -> Iterable[str]:
    texts = turn.uncovered if turn.outcome is Ending.PARTLY else (turn.question,)
    return (text for text in texts if text)


def _groups(vectors: Vectors, weights: npt.NDArray[np.int_]) -> Iterator[list[int]]:
    """Places of texts that ask the same, its leader first.

    Leaders are taken greedily, the one with the most askings around it first: so neither the order
    of the texts nor a stray one in the middle decides. What a leader has taken is taken.
    """
    around = np.concatenate(
        [
            (vectors[start : start + _ROWS] @ vectors.T >= ALIKE) @ weights
            for start in range(0, len(vectors), _ROWS)
        ]
        or [weights]
    )
    free = np.ones(len(vectors), dtype=bool)
    for leader in np.argsort(-around, kind="stable"):
        if not free[leader]:
            continue
        like = vectors @ vectors[leader]
        taken = np.flatnonzero(free & (like >= ALIKE))
        group = [int(leader), *(int(n) for n in taken[np.argsort(-like[taken], kind="stable")])]
        free[taken] = free[leader] = False
        yield list(dict.fromkeys(group))


def _gap(askings: Sequence[_Asking], nearest: str, least: int) -> Gap:
    """`askings`: the leader's first, then the likest."""
    chats = len({asking.chat for asking in askings})
    usual = Counter(asking.text for asking in askings)  # of equals, the likest stays first
    examples = [text for text, _ in usual.most_common(MOST_EXAMPLES)]
    days = [asking.day for asking in askings]
    return Gap(
        asked=len(askings),
        chats=chats,
        first=min(days),
        last=max(days),
        nearest=nearest,
        examples=tuple(examples) if chats >= least else (),
    )


def _by_words(asking: _Asking) -> str:
    return asking.text


def _biggest_first(gap: Gap) -> tuple[int, int, int, tuple[str, ...]]:
    return (-gap.chats, -gap.asked, -gap.last.toordinal(), gap.examples)
