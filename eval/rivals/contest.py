"""One run of several contestants: the same cases, the same yardstick, replies scored after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from corpus import Span
from eval.cases.case import Case, Half
from eval.results import Curve, Figure, Results
from eval.rivals.asking import Asked
from eval.rivals.heard import Replay
from eval.rivals.roster import Entry, LeftOut
from eval.run.build import Build
from eval.run.evaluate import Contestant, evaluate
from eval.run.scoring import Judge, Yardstick


@dataclass(frozen=True, slots=True)
class Cost:
    """What a contestant took. Times of replies in milliseconds, memory in bytes."""

    p50: float
    p95: float
    build_seconds: float
    build_bytes: int
    ask_bytes: int


@dataclass(frozen=True, slots=True)
class Peer:
    """One contestant, measured."""

    title: str
    what: str
    cannot: str
    units: int
    """How many things it can find."""
    unit_words: float
    """Words of the middle one: long units are easier to hit, and say more beside the point."""
    cost: Cost
    results: Results
    bar: float | None = None
    """Where it was made to abstain, in its own sureness; None if it abstains by itself."""
    barred: Results | None = None
    """Its results when less sure replies are taken for abstentions."""

    def figure(self, name: str, half: str, *, barred: bool = False) -> Figure | None:
        """One figure of one half; None when it has no value."""
        results = self.barred if barred and self.barred else self.results
        for each in results.figures:
            if each.name == name and each.half == half and each.value is not None:
                return each
        return None


@dataclass(frozen=True, slots=True)
class Contest:
    """Everybody in one run, Soleus first."""

    peers: tuple[Peer, ...]
    left_out: tuple[LeftOut, ...]
    halves: tuple[str, ...]

    @property
    def ours(self) -> Peer:
        """Soleus."""
        return self.peers[0]

    @property
    def rivals(self) -> tuple[Peer, ...]:
        """The others."""
        return self.peers[1:]


def remembered(judge: Judge) -> Judge:
    """The same judge, asked once for each pair: rivals quote the same words again and again."""
    known: dict[tuple[str, tuple[str, ...]], bool] = {}

    def supports(sentence: str, evidence: Sequence[str]) -> bool:
        pair = (sentence, tuple(evidence))
        if pair not in known:
            known[pair] = judge(*pair)
        return known[pair]

    return supports


def judged(
    entry: Entry, asked: Asked, cases: Sequence[Case], dev: Sequence[Case], by: Yardstick, at: Build
) -> Peer:
    """A contestant's figures over `cases`.

    Each is held against what it can find itself, so that a perfect ranking scores 1 for all. The
    bar is the one with the best F1 on `dev`, which favours the rival there.
    """
    own = replace(by, passages=asked.heard.units)

    def scored(those: Sequence[Case], bar: float | None = None) -> Results:
        replay = Replay(entry.title, asked.heard, bar)
        return evaluate(Contestant(replay, replay), those, own, at)

    results = scored(cases)
    bar = None if entry.abstains else best_bar(scored(dev).curves)
    return Peer(
        title=entry.title,
        what=entry.what,
        cannot=entry.cannot,
        units=len(asked.heard.units),
        unit_words=median(words_in(asked.heard.units, by) or [0]),
        cost=cost_of(asked),
        results=results,
        bar=bar,
        barred=None if bar is None else scored(cases, bar),
    )


def words_in(units: Sequence[Span], by: Yardstick) -> list[int]:
    """How many words each unit has."""
    return [len(by.texts[one.document_id][one.start : one.end].split()) for one in units]


def cost_of(asked: Asked) -> Cost:
    """What it took to build, open and ask."""
    p50, p95 = np.percentile(asked.heard.milliseconds, [50, 95])
    return Cost(float(p50), float(p95), asked.build_seconds, asked.build_bytes, asked.ask_bytes)


def best_bar(curves: Sequence[Curve]) -> float | None:
    """The bar with the best F1 of abstention on the dev half; the lowest of equals.

    None when the rival never said how sure it was, or nothing had to be abstained from.
    """
    points = [p for curve in curves if curve.half == Half.DEV.value for p in curve.points]
    found = [(f1_of(p.precision, p.recall), -p.bar) for p in points]
    return -max(found)[1] if found else None


def f1_of(precision: float | None, recall: float) -> float:
    """Harmonic mean of both; 0 where nothing was abstained from."""
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)
