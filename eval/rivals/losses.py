"""Where Soleus is worse than a rival, and whether by more than chance explains."""

from collections.abc import Iterator
from dataclasses import dataclass

from eval.measures.interval import Interval, bootstrap
from eval.results import Figure, Results
from eval.rivals.contest import Contest, Peer

RANKING = ("recall@5", "MRR", "nDCG@10")
ANSWERS = ("relevance", "key facts", "right replies", "both sides", "right subject")
ABSTENTION = (
    "abstention precision",
    "abstention recall",
    "abstention F1",
    "abstention precision, off-topic",
    "abstention recall, off-topic",
    "abstention F1, off-topic",
    "abstention precision, near-topic",
    "abstention recall, near-topic",
    "abstention F1, near-topic",
)
FAITH = (
    "citation precision",
    "citation recall",
    "quote exactness",
    "attribution",
    "forbidden replies",
)
ALARM = ("under-triage", "over-triage")
MEASURES = (*RANKING, *ANSWERS, *FAITH, *ABSTENTION, *ALARM)
BARRED = ("right replies", *ABSTENTION)
"""Figures that a bar for the rival's sureness changes most."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One figure in which a rival is better."""

    rival: str
    measure: str
    half: str
    """Empty for what has no half: times and memory."""
    ours: float
    theirs: float
    clear: bool
    """Whether the 95 % interval of the difference, paired by question, leaves out 0; where nothing
    can be paired, whether the intervals stand apart. True for times and memory."""
    unit: str = ""


def losses_of(contest: Contest) -> tuple[Loss, ...]:
    """All of them: of what is said before times and memory, clear ones first in each."""
    found = [
        loss
        for rival in contest.rivals
        for loss in (*_figures(contest, rival), *_costs(contest.ours, rival))
    ]
    return tuple(sorted(found, key=lambda loss: (bool(loss.unit), not loss.clear)))


def _figures(contest: Contest, rival: Peer) -> Iterator[Loss]:
    wanted = [(name, False) for name in MEASURES]
    if rival.barred:
        wanted += [(name, True) for name in BARRED]
    for half in contest.halves:
        for name, barred in wanted:
            mine = contest.ours.figure(name, half)
            theirs = rival.figure(name, half, barred=barred)
            if mine and theirs and _is_worse(mine, theirs):
                results = rival.barred if barred and rival.barred else rival.results
                clear = is_clear(contest.ours.results, results, mine, theirs)
                said = f"{name} (with a bar)" if barred else name
                yield Loss(rival.title, said, half, _value(mine), _value(theirs), clear)


def _costs(ours: Peer, rival: Peer) -> Iterator[Loss]:
    mine, theirs = ours.cost, rival.cost
    for name, a, b, unit in (
        ("a reply, p50", mine.p50, theirs.p50, "ms"),
        ("a reply, p95", mine.p95, theirs.p95, "ms"),
        ("build", mine.build_seconds, theirs.build_seconds, "s"),
        ("memory to build", mine.build_bytes / 1e6, theirs.build_bytes / 1e6, "MB"),
        ("memory to answer", mine.ask_bytes / 1e6, theirs.ask_bytes / 1e6, "MB"),
    ):
        if a > b:
            yield Loss(rival.title, name, "", a, b, clear=True, unit=unit)


def is_clear(ours: Results, theirs: Results, mine: Figure, other: Figure) -> bool:
    """Whether a difference is more than chance in which questions were written."""
    between = paired(ours, theirs, mine.name, mine.half)
    if between is not None:
        return between.low > 0 or between.high < 0
    ends = (mine.low, mine.high, other.low, other.high)
    low, high, their_low, their_high = (0.0 if end is None else end for end in ends)
    return high < their_low or their_high < low


def paired(ours: Results, theirs: Results, name: str, half: str) -> Interval | None:
    """Interval of theirs less ours over the questions both have a score for; None without any."""
    known = {case.id: case.scores.get(name) for case in ours.cases if case.half == half}
    differences = [
        score - mine
        for case in theirs.cases
        if (score := case.scores.get(name)) is not None and (mine := known.get(case.id)) is not None
    ]
    return bootstrap(differences) if differences else None


def _is_worse(mine: Figure, theirs: Figure) -> bool:
    if mine.better == "lower":
        return _value(mine) > _value(theirs)
    return _value(mine) < _value(theirs)


def _value(figure: Figure) -> float:
    return 0.0 if figure.value is None else figure.value
