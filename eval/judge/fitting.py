"""Fits the support judge on human labels and says how good it is. A door to scikit-learn.

One regression is fitted on several sets at once, each set and each label weighing the same: pages
as evidence (WiCE) and single sentences as evidence (BEGIN) are both met in use.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assistant.judge.departures import departures
from assistant.judge.features import features_of
from assistant.judge.regression import Regression
from eval.judge.agreement import auroc, balanced
from eval.judge.claim import Claim
from eval.measures.interval import Interval, resampled

FOLDS = 10
SEEDS = 5
ROUNDS = 1000
SOFT = 0.1
"""Inverse strength of the L2 penalty, on features scaled to a spread of 1."""

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """Labelled claims as numbers."""

    values: Numbers
    """Shape (claims, features)."""
    supported: Flags
    departed: Flags
    """Whether the claim states something the evidence does not hold; then it is refused."""
    groups: tuple[str, ...]

    def alone(self, column: npt.ArrayLike) -> "Sample":
        """The same claims known by one number each, and never refused: a baseline."""
        return replace(
            self,
            values=np.asarray(column, dtype=np.float64).reshape(-1, 1),
            departed=np.zeros_like(self.departed),
        )


@dataclass(frozen=True, slots=True)
class Score:
    """A share with its 95 % interval, by the bootstrap over groups of claims."""

    value: float
    sure: Interval


@dataclass(frozen=True, slots=True)
class Scores:
    """How well claims are told apart that were not fitted on; means over the splits."""

    auroc: Score
    """Of the regression alone."""
    balanced: Score
    """Balanced accuracy of the regression alone: the mean of both labels' shares got right."""
    in_use: Score
    """Balanced accuracy when departures are refused, as the judge does."""
    claims: int


def sample_of(claims: Sequence[Claim]) -> Sample:
    """Reads every claim. Raises ValueError unless both labels are there."""
    supported = np.array([claim.supported for claim in claims], dtype=np.bool_)
    if not (supported.any() and not supported.all()):
        raise ValueError("the claims must hold both supported and unsupported ones")
    return Sample(
        np.array([features_of(c.sentence, c.evidence).values() for c in claims]),
        supported,
        np.array([bool(departures(c.sentence, c.evidence)) for c in claims]),
        tuple(claim.group for claim in claims),
    )


def fit(samples: Sequence[Sample]) -> Regression:
    """One regression on all samples together."""
    from sklearn.linear_model import LogisticRegression

    values = np.vstack([sample.values for sample in samples])
    supported = np.concatenate([sample.supported for sample in samples])
    weight = np.concatenate([_weight(sample.supported) for sample in samples]) / len(samples)
    middle, spread = values.mean(axis=0), values.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    model = LogisticRegression(C=SOFT, max_iter=3000)
    model.fit((values - middle) / spread, supported, sample_weight=weight * len(values))
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ middle)
    return Regression(bias, tuple(float(each) for each in weights))


def departed_supported(samples: Sequence[Sample]) -> float:
    """Share of claims with a departure that people call supported, both labels weighing alike."""
    rates = [
        (sample.departed[sample.supported].mean(), sample.departed[~sample.supported].mean())
        for sample in samples
    ]
    kept, refused = np.mean(rates, axis=0)
    return float(kept / (kept + refused)) if kept + refused else 0.5


def cross_validated(sample: Sample, beside: Sequence[Sample] = ()) -> Scores:
    """Each claim judged by fits that saw nothing of its group, over several splits.

    `beside` are whole samples fitted along with every split. A sample of one column is a baseline
    whose threshold is fitted in the same folds.
    """
    return _scores(sample, [_held_out(sample, beside, seed) for seed in range(SEEDS)])


def transferred(fitted: Regression, sample: Sample) -> Scores:
    """Claims of one set judged by a regression fitted on others only."""
    return _scores(sample, [_odds(fitted, sample.values)])


def _held_out(sample: Sample, beside: Sequence[Sample], seed: int) -> Numbers:
    from sklearn.model_selection import StratifiedGroupKFold

    odds: Numbers = np.zeros(len(sample.supported))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for seen, unseen in folds.split(sample.values, sample.supported, sample.groups):
        part = Sample(
            sample.values[seen],
            sample.supported[seen],
            sample.departed[seen],
            tuple(sample.groups[at] for at in seen),
        )
        odds[unseen] = _odds(fit([part, *beside]), sample.values[unseen])
    return odds


def _odds(fitted: Regression, values: Numbers) -> Numbers:
    odds: Numbers = fitted.bias + values @ np.asarray(fitted.weights)
    return odds


def _weight(supported: Flags) -> Numbers:
    """Of each claim; both labels sum to a half."""
    weight: Numbers = np.where(supported, 0.5 / supported.sum(), 0.5 / (~supported).sum())
    return weight


def _scores(sample: Sample, rounds: Sequence[Numbers]) -> Scores:
    truth = sample.supported
    # Whole groups are drawn again: claims about one thing are not worth as much as as many others.
    groups = list(_members(sample.groups))

    def score(of: Sequence[Numbers], measure: Callable[[Flags, Numbers], float]) -> Score:
        def value(drawn: Sequence[npt.NDArray[np.intp]]) -> float | None:
            rows = np.concatenate(drawn)
            labels = truth[rows]
            if labels.all() or not labels.any():
                return None
            return float(np.mean([measure(labels, each[rows]) for each in of]))

        found, sure = value(groups), resampled(groups, value, rounds=ROUNDS)
        if found is None or sure is None:
            raise ValueError("the claims must hold both supported and unsupported ones")
        return Score(found, sure)

    verdicts = [(odds > 0).astype(np.float64) for odds in rounds]
    in_use = [verdict * ~sample.departed for verdict in verdicts]
    return Scores(
        score(rounds, auroc), score(verdicts, balanced), score(in_use, balanced), len(truth)
    )


def _members(groups: Sequence[str]) -> Iterator[npt.NDArray[np.intp]]:
    for name in dict.fromkeys(groups):
        yield np.flatnonzero([group == name for group in groups])
