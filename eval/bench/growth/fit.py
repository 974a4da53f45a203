"""How a figure grows with size: y = c * n^k is a line once both axes are logarithms."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True, slots=True)
class Law:
    """y = factor * n ** exponent, fitted by least squares in logarithms."""

    factor: float
    exponent: float
    """1: twice the size, twice the figure; 0: size does not matter."""
    latest: float
    """Exponent between the two largest sizes alone, where fixed costs weigh least."""

    def at(self, size: float) -> float:
        """What it says of a size."""
        return float(self.factor * size**self.exponent)


def fit_law(points: Sequence[tuple[float, float]]) -> Law | None:
    """The law through (size, figure).

    None from fewer than two sizes, and where a figure is not above 0.
    """
    ordered = sorted(points)
    sizes = {size for size, _ in ordered}
    if len(sizes) < 2 or any(size <= 0 or figure <= 0 for size, figure in ordered):
        return None
    xs, ys = [log(size) for size, _ in ordered], [log(figure) for _, figure in ordered]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - middle_x) ** 2 for x in xs)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)) / spread
    before = max(n for n, x in enumerate(xs) if x < xs[-1])
    latest = (ys[-1] - ys[before]) / (xs[-1] - xs[before])
    return Law(exp(middle_y - slope * middle_x), slope, latest)
