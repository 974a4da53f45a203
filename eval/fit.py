"""Fits the weights of assistant/weights.py anew, to be compared with those in use.

Two logistic regressions on the golden questions that may be looked at. The first tells sentences
that carry a golden point from the other eligible ones; the second tells, from the best of them,
questions the shelf answers from those it does not. Changes nothing. The only door to scikit-learn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from assistant.evidence import Signals
from assistant.pipeline import Assistant, untimed
from assistant.retrieve import retrieve
from assistant.weights import Weights
from eval.golden import Claims, Golden

SIGNALS = tuple(field.name for field in fields(Signals))
ADMIT = ("admit_cosine", "admit_best", "admit_unknown")
FOLDS = 10
_UNTOLD = ("clarify", "small_talk")
"""Behaviours that ask nothing of the shelf."""
_SOFT, _SOFTER = 1.0, 10.0
"""Inverse strength of the L2 penalty, for sentences and for questions (three features only)."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was eligible for one golden question, all its asks together."""

    covered: bool | None
    """Whether the shelf answers it; None where only in part."""
    signals: tuple[Signals, ...]
    carries: tuple[bool, ...]
    """For each sentence, whether it overlaps a golden point."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One regression and how well it does on questions it was not fitted on."""

    bias: float
    weights: Mapping[str, float]
    auroc: float
    questions: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """How high the first golden sentence stands, over questions that have one eligible."""

    mrr: float
    first: float
    """Share of questions with a golden sentence at the very top (P@1)."""
    questions: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Everything one fit gives."""

    sentences: Fitted
    ranked: Ranked
    admission: Fitted


def look(goldens: Iterable[Golden], assistant: Assistant, claims: Claims) -> tuple[Looked, ...]:
    """The eligible sentences of each question that asks something of the shelf."""
    return tuple(_look(g, assistant, claims) for g in goldens if g.behaviour not in _UNTOLD)


def _look(golden: Golden, assistant: Assistant, claims: Claims) -> Looked:
    spans = [span for point in golden.points for claim in point for span in claims[claim]]
    eligible = [
        candidate
        for ask in assistant.reader.read(golden.asked).asks
        for candidate in assistant.bearing.weigh(
            ask, retrieve(ask, assistant.searcher, assistant.top_k, untimed)
        ).eligible
    ]
    return Looked(
        None if golden.behaviour == "partial" else golden.behaviour != "abstain",
        tuple(candidate.signals for candidate in eligible),
        tuple(any(c.sentence.span.overlaps(span) for span in spans) for c in eligible),
    )


def fit(looked: Sequence[Looked]) -> Fit:
    """Both regressions, each validated on folds that keep a question's sentences together.

    Raises:
        ValueError: too little data for two folds, or only one class in it.
    """
    from sklearn.metrics import roc_auc_score

    told = [each for each in looked if each.signals]
    values = np.array([_values(s) for each in told for s in each.signals], dtype=np.float64)
    carries = np.array([c for each in told for c in each.carries])
    group = np.repeat(np.arange(len(told)), [len(each.signals) for each in told])
    held_out = _held_out(values, carries, group)
    bias, weights = _regress(values, carries, _SOFT)
    parts = [held_out[group == n] for n in range(len(told))]
    return Fit(
        Fitted(
            bias,
            dict(zip(SIGNALS, weights, strict=True)),
            float(roc_auc_score(carries, held_out)),
            len(told),
        ),
        _rank(told, parts),
        _fit_admission(told, parts),
    )


def _fit_admission(told: Sequence[Looked], log_odds: Sequence[Numbers]) -> Fitted:
    """From the likest sentence, the best one's held-out log-odds, and its unknown words."""
    from sklearn.metrics import roc_auc_score

    sure = [(e, odds) for e, odds in zip(told, log_odds, strict=True) if e.covered is not None]
    values = np.array(
        [
            (
                max(s.cosine for s in each.signals),
                odds.max(),
                each.signals[int(odds.argmax())].unknown,
            )
            for each, odds in sure
        ]
    )
    covered = np.array([each.covered for each, _ in sure])
    held_out = _held_out(values, covered, np.arange(len(sure)), _SOFTER)
    bias, weights = _regress(values, covered, _SOFTER)
    auroc = float(roc_auc_score(covered, held_out))
    return Fitted(bias, dict(zip(ADMIT, weights, strict=True)), auroc, len(sure))


def _rank(told: Sequence[Looked], log_odds: Sequence[Numbers]) -> Ranked:
    places = []
    for each, odds in zip(told, log_odds, strict=True):
        if any(each.carries):
            falling = np.array(each.carries)[np.argsort(-odds, kind="stable")]
            places.append(int(falling.argmax()) + 1)
    if not places:
        raise ValueError("no question has a golden sentence to rank")
    mrr = float(np.mean([1 / place for place in places]))
    return Ranked(mrr, places.count(1) / len(places), len(places))


def _held_out(
    values: Numbers, truth: npt.NDArray[np.bool_], group: npt.NDArray[np.intp], soft: float = _SOFT
) -> Numbers:
    """Log-odds of each row from a regression that saw nothing of its group."""
    from sklearn.model_selection import GroupKFold

    log_odds = np.zeros(len(truth))
    for seen, unseen in GroupKFold(min(FOLDS, len(set(group)))).split(values, truth, group):
        bias, weights = _regress(values[seen], truth[seen], soft)
        log_odds[unseen] = bias + values[unseen] @ weights
    return log_odds


def _regress(
    values: Numbers, truth: npt.NDArray[np.bool_], soft: float
) -> tuple[float, tuple[float, ...]]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=soft, max_iter=5000).fit(values, truth)
    return float(model.intercept_[0]), tuple(float(each) for each in model.coef_[0])


def _values(signals: Signals) -> tuple[float, ...]:
    return tuple(float(getattr(signals, name)) for name in SIGNALS)


def lines_of(found: Fit, used: Weights) -> tuple[str, ...]:
    """The fitted numbers beside those in use, and how well they do."""
    signals, admission, ranked = found.sentences, found.admission, found.ranked
    table = [
        ("bias", signals.bias, used.bias),
        *((name, value, used.signals.get(name, 0.0)) for name, value in signals.weights.items()),
        ("admit_bias", admission.bias, used.admit_bias),
        *((name, value, getattr(used, name)) for name, value in admission.weights.items()),
    ]
    return (
        f"{'':16}{'fitted':>8}{'in use':>8}",
        *(f"{name:16}{new:>8.2f}{old:>8.2f}" for name, new, old in table),
        f"On questions not fitted on ({FOLDS} folds by question):",
        f"Sentences: AUROC {signals.auroc:.3f} over the eligible ones of {signals.questions}"
        " questions",
        f"Ranking: MRR {ranked.mrr:.3f}, P@1 {ranked.first:.3f} over {ranked.questions} questions"
        " with a golden sentence eligible",
        f"Answer or not: AUROC {admission.auroc:.3f} over {admission.questions} questions",
        "Nothing was changed: assistant/weights.py is written by hand.",
    )
