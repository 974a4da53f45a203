"""Which path of the encoder is fastest here, and whether it leaves every answer as it was.

A path is proved against fp32 on the shelf that comes with the program: all its sentences and whole
sections, and a twentieth of the questions that are known to be answered by one of those sentences.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus import Document
from index.encode import Encoder, Vectors
from index.encode_all import encode_all
from index.encoder_paths import EncoderPath
from index.errors import EncoderError

LEAST_COSINE = 0.9999
"""Between the vectors of one text on two paths."""
LEAST_KEPT = 0.999
"""Recall@10 against fp32: the share of its ten best texts for a question that the path finds."""
MOST_NDCG = 0.001
"""How far nDCG@10 on the known questions may be from that of fp32, up or down."""
LEAST_GAIN = 1.05
"""Less is not worth another library, nor told from chance."""

_EACH = 20
"""Every twentieth known question is asked."""
_TOP = 10
_ROUNDS = 3
_BULK = 96
_QUERIES = 8

Order = npt.NDArray[np.intp]
Clock = Callable[[], float]
"""Seconds since whenever."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Texts and questions that a path has to treat as fp32 does."""

    texts: tuple[str, ...]
    questions: tuple[str, ...]
    answers: tuple[int, ...]
    """For each question the place of its sentence among the texts."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How near a path comes to fp32."""

    least_cosine: float
    """Over all texts and questions; 1 is the same vector."""
    kept: float
    """Mean recall@10 against fp32's own order."""
    ndcg: float
    """nDCG@10 of finding the sentence a question was written for."""
    ndcg_fp32: float

    @property
    def is_unchanged(self) -> bool:
        """Whether quality is the same: each of the three within its bound."""
        return (
            self.least_cosine >= LEAST_COSINE
            and self.kept >= LEAST_KEPT
            and abs(self.ndcg - self.ndcg_fp32) <= MOST_NDCG
        )


@dataclass(frozen=True, slots=True)
class Speed:
    """What a path manages, in texts a second; the best of a few rounds, taken by turns."""

    bulk: float
    """Many texts, as when an index is built."""
    query: float
    """One question after the other."""

    def gain_over(self, other: "Speed") -> float:
        """Geometric mean of both ratios: above 1 is faster on the whole."""
        return float(np.sqrt((self.bulk / other.bulk) * (self.query / other.query)))


@dataclass(frozen=True, slots=True)
class Tried:
    """What the probe found out about a path."""

    path: EncoderPath
    why_not: str = ""
    """Why it cannot run here; then nothing else is known of it."""
    speed: Speed | None = None
    agreement: Agreement | None = None


@dataclass(frozen=True)
class ProbeResult:
    """All paths, fp32 first, and the one that "auto" means here."""

    tried: tuple[Tried, ...]

    @cached_property
    def chosen(self) -> EncoderPath:
        """The fastest whose quality is unchanged; fp32 unless one gains at least a twentieth."""
        gains = {
            each.path: self.gain(each)
            for each in self.tried
            if each.agreement and each.agreement.is_unchanged
        }
        best = max(gains, key=lambda path: gains[path], default=EncoderPath.FP32)
        return best if gains.get(best, 0.0) >= LEAST_GAIN else EncoderPath.FP32

    def gain(self, tried: Tried) -> float:
        """How many times as fast as fp32 a path is; 0 for one that cannot run."""
        base = self.tried[0].speed
        return tried.speed.gain_over(base) if tried.speed and base else 0.0


def described(found: ProbeResult) -> tuple[str, ...]:
    """What was found out, one line a path, for whoever runs the machine."""
    return tuple(
        f"{each.path}{' (chosen)' if each.path is found.chosen else ''}: {_words(found, each)}"
        for each in found.tried
    )


def _words(found: ProbeResult, tried: Tried) -> str:
    if tried.why_not:
        return tried.why_not
    if not (tried.speed and tried.agreement):
        return "the only one here, not measured"
    how = tried.agreement
    verdict = "quality unchanged" if how.is_unchanged else "other answers"
    return (
        f"{tried.speed.bulk:.0f} texts/s in bulk, {tried.speed.query:.0f} questions/s,"
        f" {found.gain(tried):.2f} times fp32; {verdict} (least cosine {how.least_cosine:.6f},"
        f" recall@10 {how.kept:.4f}, nDCG@10 {how.ndcg:.4f} against {how.ndcg_fp32:.4f})"
    )


def proof_of(documents: Sequence[Document]) -> Proof:
    """The proof that documents with known questions make.

    Raises:
        ValueError: no question is known of any of them, so that nothing could be proved.
    """
    sections = [(document, each) for document in documents for each in document.sections]
    sentences = [(document, each) for document, part in sections for each in part.sentences]
    asked = [
        (question, place) for place, (_, each) in enumerate(sentences) for question in each.asked
    ][::_EACH]
    if not asked:
        raise ValueError("no known questions: a path cannot be proved on these documents")
    texts = [document.text[each.start : each.end] for document, each in sentences]
    texts += [document.text[each.start : each.end] for document, each in sections]
    questions, answers = zip(*asked, strict=True)
    return Proof(tuple(texts), questions, answers)


def probe(
    opened: Callable[[EncoderPath], Encoder],
    proof: Proof,
    *,
    clock: Clock = time.perf_counter,
    told: Callable[[EncoderPath], None] | None = None,
) -> ProbeResult:
    """Opens every path, compares its vectors with those of fp32, and times them by turns.

    Takes about half a minute on two cores where there is a second path, no time where not.

    Args:
        opened: The encoder on a path; raises EncoderError where this machine has it not.
        proof: What they are compared on.
        clock: What tells the time.
        told: Called with each path before it is compared.

    Raises:
        EncoderError: fp32 itself cannot run.
    """
    running: dict[EncoderPath, Encoder] = {EncoderPath.FP32: opened(EncoderPath.FP32)}
    missing: dict[EncoderPath, str] = {}
    for path in EncoderPath:
        try:
            running[path] = running.get(path) or opened(path)
        except EncoderError as error:
            missing[path] = str(error)
    if len(running) == 1:
        alone = Tried(EncoderPath.FP32)
        return ProbeResult((alone, *(Tried(path, why) for path, why in missing.items())))
    agreements = _agreements(running, proof, told)
    speeds = _speeds(running, proof, clock)
    return ProbeResult(
        tuple(
            Tried(path, missing.get(path, ""), speeds.get(path), agreements.get(path))
            for path in EncoderPath
        )
    )


def _agreements(
    running: Mapping[EncoderPath, Encoder],
    proof: Proof,
    told: Callable[[EncoderPath], None] | None,
) -> Mapping[EncoderPath, Agreement]:
    found: dict[EncoderPath, Agreement] = {}
    base: tuple[Vectors, Vectors] | None = None
    for path, encoder in running.items():
        if told:
            told(path)
        mine = encode_all(proof.texts, encoder), encode_all(proof.questions, encoder)
        base = base or mine
        found[path] = compare(base, mine, np.array(proof.answers))
    return found


def compare(
    base: tuple[Vectors, Vectors], other: tuple[Vectors, Vectors], answers: Order
) -> Agreement:
    """How near vectors of (texts, questions) come to those of fp32.

    `answers` has shape (questions,): each one's place among the texts.
    """
    cosines = [np.einsum("nd,nd->n", one, two) for one, two in zip(base, other, strict=True)]
    usual, now = (_order(texts, questions) for texts, questions in (base, other))
    kept = [len(set(a) & set(b)) / len(a) for a, b in zip(usual, now, strict=True)]
    return Agreement(
        least_cosine=float(min(each.min() for each in cosines)),
        kept=float(np.mean(kept)),
        ndcg=_ndcg(now, answers),
        ndcg_fp32=_ndcg(usual, answers),
    )


def _order(texts: Vectors, questions: Vectors) -> Order:
    """Places of the ten texts nearest to each question: shape (questions, 10)."""
    return np.argsort(-(questions @ texts.T), axis=1, kind="stable")[:, :_TOP]


def _ndcg(order: Order, answers: Order) -> float:
    """nDCG where one text is right: 1 at the first rank, 0 when it is not among the ten."""
    hits = order == answers[:, None]
    return float((hits / np.log2(np.arange(2, order.shape[1] + 2))).sum(axis=1).mean())


def _speeds(
    running: Mapping[EncoderPath, Encoder], proof: Proof, clock: Clock
) -> Mapping[EncoderPath, Speed]:
    """Taken by turns, so that whatever else the machine does slows all alike; the best counts."""
    bulk, queries = proof.texts[:_BULK], proof.questions[:_QUERIES]
    best = {path: (np.inf, np.inf) for path in running}
    for _round in range(_ROUNDS):
        for path, encoder in running.items():
            started = clock()
            encode_all(bulk, encoder)
            between = clock()
            for query in queries:
                encoder.encode([query])
            taken = between - started, clock() - between
            best[path] = min(best[path][0], taken[0]), min(best[path][1], taken[1])
    return {
        path: Speed(len(bulk) / many, len(queries) / single)
        for path, (many, single) in best.items()
    }
