"""Fits the weights of assistant/weights.py anew, to be compared with those in use.

Logistic regressions on questions that may be looked at: the development half of eval/questions and
the older golden ones. Two tell sentences that carry what was asked for from the others, for those
with known questions (corpus/asked.py) and for those without; two tell, from what was found,
questions the shelf answers from those it does not. Changes nothing. A door to scikit-learn.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.evidence import NO_SCOPE, Evidence, Signals
from assistant.pipeline import Assistant, untimed
from assistant.question import Question
from assistant.retrieve import retrieve
from assistant.weights import Weights
from corpus import Span
from eval.cases.case import Behaviour, Case
from eval.golden import Claims, Golden

PLAIN = tuple(Weights().signals)
KNOWN = tuple(Weights().asked_signals)
SCOPE = tuple(Weights().in_scope)
ADMIT = ("admit_cosine", "admit_best", "admit_unknown")
FOLDS = 10
_UNTOLD = ("clarify", "small_talk")
"""Behaviours that ask nothing of the shelf."""
_LEAST = 1e-9
"""Spread below which a signal tells nothing."""
_SOFT, _SOFTER = 1.0, 10.0
"""Inverse strength of the L2 penalty, for sentences and for questions (few features only)."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question that may be tuned on, and what answers it."""

    asked: Question
    spans: tuple[Span, ...]
    covered: bool | None
    """Whether the shelf answers it; None where only in part."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for one question, its asks together."""

    covered: bool | None
    signals: tuple[Signals, ...]
    carries: tuple[bool, ...]
    """For each sentence, whether it overlaps what answers the question."""
    scope: tuple[float, ...]
    """In the order of `SCOPE`, of the ask that is likest to be answered."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One regression and how well it does on questions it was not fitted on."""

    name: str
    bias: float
    weights: Mapping[str, float]
    auroc: float
    questions: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """How high the first right sentence stands, over questions that have one."""

    mrr: float
    first: float
    """Share of questions with a right sentence at the very top (P@1)."""
    questions: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Everything one fit gives."""

    known: Fitted
    plain: Fitted
    scope: Fitted
    admission: Fitted
    ranked: Ranked
    """Of the sentences with known questions."""


def labelled_goldens(goldens: Iterable[Golden], claims: Claims) -> tuple[Labelled, ...]:
    """Those golden questions that ask something of the shelf."""
    return tuple(
        Labelled(
            g.asked,
            tuple(span for point in g.points for claim in point for span in claims[claim]),
            None if g.behaviour == "partial" else g.behaviour != "abstain",
        )
        for g in goldens
        if g.behaviour not in _UNTOLD
    )


def labelled_cases(cases: Iterable[Case], claims: Claims) -> tuple[Labelled, ...]:
    """Those cases that ask something of the shelf; warning signs are for the guard."""
    return tuple(
        Labelled(
            case.asked,
            tuple(span for f in case.facts for claim in f.claims for span in claims[claim]),
            case.answerable,
        )
        for case in cases
        if case.answerable or case.behaviour is Behaviour.ABSTAIN
    )


def look(labelled: Iterable[Labelled], assistant: Assistant) -> tuple[Looked, ...]:
    """What the assistant finds for each question, every sentence of the shelf."""
    return tuple(_look(each, assistant) for each in labelled)


def _look(question: Labelled, assistant: Assistant) -> Looked:
    reading = assistant.reader.read(question.asked)
    everything = sum(len(passage.sentences) for passage in assistant.shelf.passages)
    found = [
        assistant.bearing.weigh(
            ask, retrieve(ask, reading, assistant.searcher, everything, untimed)
        )
        for ask in reading.asks
    ]
    candidates = [c for evidence in found for c in evidence.candidates if not c.veto]
    return Looked(
        question.covered,
        tuple(c.signals for c in candidates),
        tuple(any(c.sentence.span.overlaps(s) for s in question.spans) for c in candidates),
        _likeliest(found),
    )


def _likeliest(found: Sequence[Evidence]) -> tuple[float, ...]:
    best = max(
        (evidence.scope for evidence in found),
        key=lambda scope: scope.asked - scope.out_of_scope,
        default=NO_SCOPE,
    )
    return tuple(float(getattr(best, name)) for name in SCOPE)


def fit(looked: Sequence[Looked]) -> Fit:
    """Every regression, each validated on folds that keep a question's sentences together.

    Raises:
        ValueError: too little data for two folds, or only one class in it.
    """
    told = [each for each in looked if each.signals]
    known, parts = _sentences("known", KNOWN, told, lambda _: True)
    plain, plain_parts = _sentences("plain", PLAIN, told, lambda signals: not signals.doubt)
    sure = [n for n, each in enumerate(told) if each.covered is not None]
    covered = np.array([bool(told[n].covered) for n in sure])
    return Fit(
        known,
        plain,
        _of_questions("in_scope", SCOPE, [told[n].scope for n in sure], covered),
        _of_questions(
            "admit",
            ADMIT,
            [_admission(told[n], plain_parts[n]) for n in sure],
            covered,
        ),
        _rank(told, parts),
    )


def _sentences(
    name: str,
    signals: Sequence[str],
    told: Sequence[Looked],
    counts: Callable[[Signals], bool],
) -> tuple[Fitted, list[Numbers]]:
    """One regression over sentences, and their held-out log-odds; -inf for what does not count."""
    from sklearn.metrics import roc_auc_score

    values = np.array(
        [[float(getattr(s, n)) for n in signals] for each in told for s in each.signals]
    )
    carries = np.array([c for each in told for c in each.carries])
    group = np.repeat(np.arange(len(told)), [len(each.signals) for each in told])
    chosen = np.array([counts(s) for each in told for s in each.signals])
    held_out = np.full(len(carries), -np.inf)
    held_out[chosen] = _held_out(values[chosen], carries[chosen], group[chosen])
    bias, weights = _regress(values[chosen], carries[chosen], _SOFT)
    auroc = float(roc_auc_score(carries[chosen], held_out[chosen]))
    fitted = Fitted(name, bias, dict(zip(signals, weights, strict=True)), auroc, len(told))
    return fitted, [held_out[group == n] for n in range(len(told))]


def _admission(looked: Looked, log_odds: Numbers) -> tuple[float, ...]:
    """From the likest sentence, the best one's held-out log-odds, and its unknown words."""
    best = looked.signals[int(log_odds.argmax())]
    top = float(log_odds.max())
    return (max(s.cosine for s in looked.signals), max(top, -20.0), best.unknown)


def _of_questions(
    name: str,
    features: Sequence[str],
    rows: Sequence[Sequence[float]],
    covered: npt.NDArray[np.bool_],
) -> Fitted:
    from sklearn.metrics import roc_auc_score

    values = np.array(rows)
    held_out = _held_out(values, covered, np.arange(len(values)), _SOFTER)
    bias, weights = _regress(values, covered, _SOFTER)
    auroc = float(roc_auc_score(covered, held_out))
    return Fitted(name, bias, dict(zip(features, weights, strict=True)), auroc, len(values))


def _rank(told: Sequence[Looked], log_odds: Sequence[Numbers]) -> Ranked:
    places = []
    for each, odds in zip(told, log_odds, strict=True):
        if any(each.carries):
            falling = np.array(each.carries)[np.argsort(-odds, kind="stable")]
            places.append(int(falling.argmax()) + 1)
    if not places:
        raise ValueError("no question has a right sentence to rank")
    mrr = float(np.mean([1 / place for place in places]))
    return Ranked(mrr, places.count(1) / len(places), len(places))


def _held_out(
    values: Numbers, truth: npt.NDArray[np.bool_], group: npt.NDArray[np.intp], soft: float = _SOFT
) -> Numbers:
    """Log-odds of each row from a regression that saw nothing of its group."""
    from sklearn.model_selection import GroupKFold

    log_odds = np.zeros(len(truth))
    folds = GroupKFold(min(FOLDS, len(set(group))), shuffle=True, random_state=0)
    for seen, unseen in folds.split(values, truth, group):
        bias, weights = _regress(values[seen], truth[seen], soft)
        log_odds[unseen] = bias + values[unseen] @ weights
    return log_odds


def _regress(
    values: Numbers, truth: npt.NDArray[np.bool_], soft: float
) -> tuple[float, tuple[float, ...]]:
    """A regression over standardised values, said in the values' own units."""
    from sklearn.linear_model import LogisticRegression

    middle, spread = values.mean(axis=0), values.std(axis=0)
    # Of a signal that is the same everywhere, rounding leaves a spread that is not quite nought.
    spread = np.where(spread > _LEAST, spread, 1.0)
    model = LogisticRegression(C=soft, max_iter=5000).fit((values - middle) / spread, truth)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (weights * middle).sum())
    return bias, tuple(float(each) for each in weights)


def lines_of(found: Fit, used: Weights) -> tuple[str, ...]:
    """The fitted numbers beside those in use, and how well they do."""
    admit = {name: float(getattr(used, name)) for name in ADMIT}
    table = [
        (found.known, "asked_bias", used.asked_bias, used.asked_signals),
        (found.plain, "bias", used.bias, used.signals),
        (found.scope, "in_scope_bias", used.in_scope_bias, used.in_scope),
        (found.admission, "admit_bias", used.admit_bias, admit),
    ]
    lines = [f"{'':22}{'fitted':>8}{'in use':>8}"]
    for fitted, bias, in_use, weights in table:
        rows = [(bias, fitted.bias, in_use)]
        rows += [(name, value, weights.get(name, 0.0)) for name, value in fitted.weights.items()]
        lines += [f"{name:22}{new:>8.2f}{old:>8.2f}" for name, new, old in rows]
        lines.append(f"  AUROC {fitted.auroc:.3f} over {fitted.questions} questions, held out")
    ranked = found.ranked
    return (
        *lines,
        f"Held out means {FOLDS} folds by question.",
        f"Ranking: MRR {ranked.mrr:.3f}, P@1 {ranked.first:.3f} over {ranked.questions} questions"
        " with something to find",
        "Nothing was changed: assistant/weights.py is written by hand.",
    )
