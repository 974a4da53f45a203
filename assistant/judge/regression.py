"""A logistic regression once it is fitted: a bias and a weight for each feature."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Regression:
    """Weights of features as they are, unscaled."""

    bias: float
    weights: tuple[float, ...]

    def probability(self, values: Sequence[float]) -> float:
        """How likely it is that the sentence is supported, 0 to 1.

        Raises:
            ValueError: not one value for each weight.
        """
        odds = self.bias + math.fsum(w * v for w, v in zip(self.weights, values, strict=True))
        # Each form where it cannot overflow.
        return 1 / (1 + math.exp(-odds)) if odds >= 0 else 1 - 1 / (1 + math.exp(odds))
