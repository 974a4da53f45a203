"""Sums up timings. Pure functions, textbook definitions."""

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` of the values lie, interpolated between neighbours.

    Raises:
        ValueError: there are no values, or `percent` is not within 0 to 100.
    """
    if not values:
        raise ValueError("no values: nothing was measured")
    if not 0 <= percent <= 100:
        raise ValueError(f"a percentile lies between 0 and 100, not at {percent}")
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below, above = ordered[math.floor(place)], ordered[math.ceil(place)]
    # Never outside the two neighbours, whatever the rounding does.
    return min(max(below + (above - below) * (place - math.floor(place)), below), above)


def ratio(ours: float, theirs: float) -> float | None:
    """How many times the peer's figure ours is; None where the peer's is zero."""
    return ours / theirs if theirs else None
