"""In which order passages are shown to whoever judges them: a weighted sum over their sentences.

A convex combination of scores beats reciprocal rank fusion once a few labelled questions are there
(Bruch, Gai, Ingber 2023, arXiv 2210.11934). The weights are a logistic regression on our own
development questions (`python -m eval fit`); a passage ranks by its best sentence. Sentences with
questions of their own (corpus/asked.py) have weights of their own, on the same scale of log-odds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
"""Shape (sentences,) unless said otherwise."""

_WORDS_HALF = 6.0
_PASSAGE_HALF = 8.0
_ASKED_HALF = 10.0
"""BM25 at which its squashed value is one half: b / (b + half)."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a query every sentence is, in several readings; all of one length."""

    cosine: Scores
    passage_cosine: Scores
    bm25: Scores
    passage_bm25: Scores
    asked: Scores
    """Cosine with the likest question the sentence answers; 0 where none is known."""
    asked_mean: Scores
    """Mean cosine with the three likest of them."""
    asked_bm25: Scores
    """BM25 of the sentence together with the questions it answers."""


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """Log-odds that a sentence answers, for one with known questions and for one without."""

    asked_bias: float = -10.97
    asked: float = 3.93
    asked_mean: float = 1.60
    asked_cosine: float = 2.36
    asked_passage: float = 0.30
    asked_bm25: float = 16.31
    bias: float = -9.09
    cosine: float = 4.43
    bm25: float = 6.47
    passage_cosine: float = 1.07
    passage_bm25: float = 8.58


WEIGHTS = RankingWeights()


def mean_of(readings: Sequence[Likeness]) -> Likeness:
    """The mean over several wordings of one question."""
    if len(readings) == 1:
        return readings[0]
    means = {
        name: np.mean([getattr(each, name) for each in readings], axis=0)
        for name in Likeness.__slots__
    }
    return Likeness(**{name: mean.astype(np.float32) for name, mean in means.items()})


def log_odds(found: Likeness, has_questions: npt.NDArray[np.bool_]) -> Scores:
    """For every sentence, the log-odds that it answers. `has_questions` tells which weights."""
    w = WEIGHTS
    known = (
        w.asked_bias
        + w.asked * found.asked
        + w.asked_mean * found.asked_mean
        + w.asked_cosine * found.cosine
        + w.asked_passage * found.passage_cosine
        + w.asked_bm25 * squashed(found.asked_bm25, _ASKED_HALF)
    )
    plain = (
        w.bias
        + w.cosine * found.cosine
        + w.bm25 * squashed(found.bm25, _WORDS_HALF)
        + w.passage_cosine * found.passage_cosine
        + w.passage_bm25 * squashed(found.passage_bm25, _PASSAGE_HALF)
    )
    odds: Scores = np.where(has_questions, known, plain).astype(np.float32)
    return odds


def squashed(bm25: Scores, half: float) -> Scores:
    """BM25, which has no upper end, as 0 to 1."""
    share: Scores = (bm25 / (bm25 + half)).astype(np.float32)
    return share
