"""How sure a figure is: 95 % intervals, Wilson's for shares and the bootstrap for the rest.

Both speak of chance in which questions were written, not of errors in their labels.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Z = 1.959963984540054
"""Standard normal quantile at 97.5 %: a two-sided interval of 95 %."""
ROUNDS = 2000
SEED = 20261123
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends, in the figure's own unit."""

    low: float
    high: float


def wilson(right: int, asked: int) -> Interval:
    """Wilson's (1927) score interval of a share, both ends 0 to 1.

    Raises:
        ValueError: nothing was asked, or more was right than asked.
    """
    if asked < 1 or not 0 <= right <= asked:
        raise ValueError(f"{right} right of {asked} asked is no share")
    share, pull = right / asked, Z**2 / asked
    middle = (share + pull / 2) / (1 + pull)
    spread = Z * math.sqrt(share * (1 - share) / asked + pull / (4 * asked)) / (1 + pull)
    # At 0 and 1 one end is the share itself, whatever the rounding does.
    return Interval(
        middle - spread if right else 0.0,
        middle + spread if right < asked else 1.0,
    )


def bootstrap(values: Sequence[float], rounds: int = ROUNDS, seed: int = SEED) -> Interval:
    """Percentile bootstrap (Efron 1979) of the mean of one value per case.

    Values of one case (its sentences, say) are averaged before they come here: cases are what was
    drawn, so cases are what is drawn again.

    Raises:
        ValueError: no values.
    """
    if not values:
        raise ValueError("nothing to draw from")
    drawn = np.random.default_rng(seed).integers(len(values), size=(rounds, len(values)))
    return _middle(np.asarray(values, dtype=np.float64)[drawn].mean(axis=1))


def resampled(
    items: Sequence[_Item],
    statistic: Callable[[Sequence[_Item]], float | None],
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> Interval | None:
    """Percentile bootstrap of any statistic of the cases, such as F1.

    Draws for which it has no value are passed over; None when it has none in any.
    """
    if not items:
        return None
    random = np.random.default_rng(seed)
    found = []
    for _ in range(rounds):
        value = statistic([items[n] for n in random.integers(len(items), size=len(items))])
        if value is not None:
            found.append(value)
    return _middle(np.asarray(found)) if found else None


def _middle(drawn: npt.NDArray[np.float64]) -> Interval:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(low), float(high))
