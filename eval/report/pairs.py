"""What two runs over the same cases tell apart: differences case by case, and by chance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

ROUNDS = 10_000
SEED = 20261123
_BLOCK = 500
"""Draws held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The second run less the first, over the cases that both scored."""

    value: float
    low: float
    high: float
    """Ends of the 95 % interval."""
    chance: float
    """p: how often a difference this large would come of chance alone, 0 to 1."""
    cases: int


def difference(
    before: Sequence[float], after: Sequence[float], rounds: int = ROUNDS, seed: int = SEED
) -> Difference:
    """Mean difference of paired scores.

    The interval is the percentile bootstrap over pairs (Efron 1979). `chance` comes of the paired
    randomisation test (Fisher 1935; for retrieval Smucker, Allan, Carterette 2007), where scores
    are only 0 or 1 of McNemar's exact test, which is the same one worked out in full.

    Raises:
        ValueError: no pairs, or not one value of the second run for each of the first.
    """
    if not before or len(before) != len(after):
        raise ValueError(f"{len(before)} and {len(after)} scores are no pairs")
    gained = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    random = np.random.default_rng(seed)
    low, high = np.percentile(_drawn_means(gained, rounds, random), [2.5, 97.5])
    if set(before) | set(after) <= {0.0, 1.0}:
        chance = mcnemar(int((gained > 0).sum()), int((gained < 0).sum()))
    else:
        chance = _by_chance(gained[gained != 0], rounds, random)
    return Difference(float(gained.mean()), float(low), float(high), chance, len(gained))


def mcnemar(won: int, lost: int) -> float:
    """Two-sided p of McNemar's exact test (1947): a fair coin for each case that changed."""
    changed, fewer = won + lost, min(won, lost)
    if changed == 0:
        return 1.0
    tail = sum(math.comb(changed, k) for k in range(fewer + 1))
    return min(1.0, float(Fraction(tail, 2 ** (changed - 1))))


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """The p of several comparisons, corrected together (Holm 1979), in the order given."""
    order = sorted(range(len(chances)), key=lambda n: chances[n])
    corrected, highest = [0.0] * len(chances), 0.0
    for passed_over, n in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - passed_over) * chances[n]))
        corrected[n] = highest
    return tuple(corrected)


def _drawn_means(
    gained: npt.NDArray[np.float64], rounds: int, random: np.random.Generator
) -> npt.NDArray[np.float64]:
    n = len(gained)
    means = [
        gained[random.integers(n, size=(min(_BLOCK, rounds - done), n))].mean(axis=1)
        for done in range(0, rounds, _BLOCK)
    ]
    return np.concatenate(means)


def _by_chance(changed: npt.NDArray[np.float64], rounds: int, random: np.random.Generator) -> float:
    """Signs at random: were the runs alike, each gain might as well be a loss."""
    if not len(changed):
        return 1.0
    found = abs(changed.sum()) - 1e-12  # sums of the same numbers differ in their last digits
    as_large = 0
    for done in range(0, rounds, _BLOCK):
        signs = random.choice((-1.0, 1.0), size=(min(_BLOCK, rounds - done), len(changed)))
        as_large += int((np.abs(signs @ changed) >= found).sum())
    # The draw that was found is one of those that might have come (Phipson and Smyth 2010).
    return (as_large + 1) / (rounds + 1)
