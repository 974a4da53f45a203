"""The numbers behind the score, in one place, so that they can be fitted and compared."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.evidence import Evidence, Signals
from assistant.reading.lexicon import Category
from index import Scope


def _heft() -> Mapping[Category, float]:
    return {
        Category.BODY: 0.8,
        Category.SYMPTOM: 0.4,
        Category.GRAVE: 0.8,
        Category.CONDITION: 1.0,
        Category.REMEDY: 1.0,
        Category.PERSON: 0.6,
        Category.INTAKE: 1.0,
        Category.GEAR: 1.0,
        Category.PRODUCT: 1.0,
        Category.ACTIVITY: 0.25,
        Category.SETTING: 1.0,
    }


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regression over the signals; fitted on the development questions only."""

    bias: float = -6.46
    signals: Mapping[str, float] = field(
        default_factory=lambda: {
            "cosine": 2.12,
            "behind": -4.71,
            "passage_cosine": 0.18,
            "lexical": 4.77,
            "coverage": 1.92,
            "terms": 0.43,
            "unknown": -0.22,
            "kind": 1.08,
            "context": 1.01,
            "asks_itself": -0.95,
            "advises": -0.21,
        }
    )
    asked_bias: float = -4.97
    asked_signals: Mapping[str, float] = field(
        default_factory=lambda: {
            "asked": 2.99,
            "asked_mean": 3.58,
            "cosine": -1.30,
            "passage_cosine": -0.71,
            "asked_words": 7.56,
            "behind_asked": 1.85,
            "behind_asked_mean": -0.27,
            "behind": -3.37,
            "behind_passage": -10.18,
            "behind_asked_words": -7.50,
            "doubt": -1.45,
        }
    )
    """The same for a sentence with known questions (corpus/asked.py)."""
    in_scope_bias: float = -3.01
    in_scope: Mapping[str, float] = field(
        default_factory=lambda: {
            "asked": 19.42,
            "cosine": 0.67,
            "passage_cosine": 5.45,
            "out_of_scope": -20.29,
        }
    )
    """Log-odds that the shelf answers at all, per unit of each likeness of a `Scope`."""
    admit_bias: float = -1.56
    admit_cosine: float = 7.65
    """Per unit of the likest eligible sentence's cosine."""
    admit_best: float = 0.39
    """Per unit of the best eligible sentence's log-odds."""
    admit_unknown: float = -1.46
    """Per share of the question's words that stand nowhere on the shelf."""
    heft: Mapping[Category, float] = field(default_factory=_heft)
    """How much hangs on a named thing of each category being spoken of."""

    def score(self, signals: Signals, *, known: bool = False) -> float:
        """Probability, 0 to 1, that the sentence bears on the ask.

        `known`: whether it is known what people ask to be told this sentence.
        """
        if known:
            return _probability(self.asked_bias + _sum(self.asked_signals, signals))
        return _probability(self._log_odds(signals))

    def _log_odds(self, signals: Signals) -> float:
        return self.bias + _sum(self.signals, signals)

    def covered(self, evidence: Evidence) -> float:
        """Probability, 0 to 1, that the shelf answers the ask at all; 0 with nothing eligible."""
        eligible = evidence.eligible
        if not eligible:
            return 0.0
        if eligible[0].sentence.asked:
            return _probability(self.in_scope_bias + self._in_scope(evidence.scope))
        return _probability(
            self.admit_bias
            + self.admit_cosine * max(candidate.signals.cosine for candidate in eligible)
            + self.admit_best * self._log_odds(eligible[0].signals)
            + self.admit_unknown * eligible[0].signals.unknown
        )

    def _in_scope(self, scope: Scope) -> float:
        return math.fsum(
            weight * float(getattr(scope, name)) for name, weight in self.in_scope.items()
        )


def _sum(weights: Mapping[str, float], signals: Signals) -> float:
    return sum(weight * float(getattr(signals, name)) for name, weight in weights.items())


def _probability(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
