"""What a run over many questions comes to, half by half."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.settings import LlmSettings
from eval.cases.case import Half
from eval.measures.interval import Interval, bootstrap
from eval.safety.share import Share, share_of
from eval.written.case_run import Came, CaseRun, Sentences, Versions

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean over the questions with its 95 % interval (bootstrap)."""

    value: float
    sure: Interval
    n: int


@dataclass(frozen=True, slots=True)
class Both:
    """A measure of the quotes and of the worded answer, over the same questions."""

    quoted: Mean | None
    worded: Mean | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds over the questions."""

    p50: float
    p95: float
    n: int


@dataclass(frozen=True, slots=True)
class Drafting:
    """What became of all drafted sentences; the four shares add up to 1."""

    passed: Share
    copied: Share
    replaced: Share
    dropped: Share
    reasons: Mapping[str, int]
    before: Share
    """Drafted sentences that the support judge believes."""
    after: Share | None
    """Sentences shown, quotes included, that it believes. It takes part in the checker, so this is
    1 nearly by construction."""
    written: int
    quoted: int
    """Sentences shown: in the model's words, and as quotes."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long readers wait, in seconds from when the quoting answer is there.

    Each draft is asked for twice, checked and unchecked, and whichever comes second finds the
    prompt in the server's cache: a figure is only taken from questions where its kind came first.
    """

    shown: Spread | None
    """Until there was something to show, be it a quote in the place of what was refused."""
    first: Spread | None
    """Until the first checked sentence of the model's, where there was one."""
    end: Spread | None
    raw_first: Spread | None
    """Until the first words of the same draft, unchecked."""
    raw_end: Spread | None
    checking: float | None
    """All our own work as a share of waiting for the model, over all questions; 0.1 is 10 %. Those
    whose prompt was in the cache waited less, so this is on the high side."""
    late: Share | None
    """Answers with nothing checked to show at the deadline."""


@dataclass(frozen=True, slots=True)
class HalfSummary:
    """One half of the questions."""

    half: Half
    asked: int
    not_asked: int
    """Questions for which no model was asked."""
    worded: Share | None
    """Of the others, those with something in the model's words."""
    failures: Mapping[str, int]
    """What went wrong with the model's drafts."""
    drafting: Drafting | None
    """None where nothing was drafted."""
    timing: Timing
    key_facts: Both
    forbidden: Both
    words: Both
    tokens_in: Mean | None
    tokens_out: Mean | None
    tokens_counted: bool
    cost_per_1000: float
    """Of 1,000 such questions, in the currency of the settings; 0 where no price is set."""


def summarise(runs: Sequence[CaseRun], half: Half, llm: LlmSettings) -> HalfSummary | None:
    """The figures of one half; None where nothing of it was asked."""
    mine = [run for run in runs if run.half is half]
    if not mine:
        return None
    asked = [run for run in mine if run.came is not Came.NOT_ASKED]
    tokens_in, tokens_out = (
        _mean([float(run.tokens_in) for run in asked]),
        _mean([float(run.tokens_out) for run in asked]),
    )
    return HalfSummary(
        half=half,
        asked=len(mine),
        not_asked=len(mine) - len(asked),
        worded=share_of(run.came is Came.WORDED for run in asked),
        failures=dict(Counter(run.failure for run in asked if run.failure)),
        drafting=_drafting([run.sentences for run in asked if run.sentences]),
        timing=_timing(asked, llm.deadline),
        key_facts=_both(run.key_facts for run in asked),
        forbidden=_both(run.forbidden for run in asked),
        words=_both(run.words for run in asked),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        tokens_counted=all(run.tokens_counted for run in asked),
        cost_per_1000=_cost(tokens_in, tokens_out, llm),
    )


def _drafting(counted: Sequence[Sentences]) -> Drafting | None:
    drafted = sum(one.drafted for one in counted)
    if not drafted:
        return None
    reasons: Counter[str] = Counter()
    for one in counted:
        reasons.update(one.reasons)
    written, quoted = (sum(one.written for one in counted), sum(one.quoted for one in counted))
    return Drafting(
        passed=_share(sum(one.passed for one in counted), drafted),
        copied=_share(sum(one.copied for one in counted), drafted),
        replaced=_share(sum(one.replaced for one in counted), drafted),
        dropped=_share(sum(one.dropped for one in counted), drafted),
        reasons=dict(reasons.most_common()),
        before=_share(sum(one.drafted_supported for one in counted), drafted),
        after=_share(sum(one.written_supported for one in counted) + quoted, written + quoted)
        if written + quoted
        else None,
        written=written,
        quoted=quoted,
    )


def _timing(runs: Sequence[CaseRun], deadline: float) -> Timing:
    times = [run.times for run in runs if run.times]
    waiting = sum(one.waiting for one in times)
    read = [run.times for run in runs if run.times and run.first == "checked"]
    raw = [run.times for run in runs if run.times and run.first == "raw"]
    return Timing(
        shown=_spread([one.shown for one in read]),
        first=_spread([one.first for one in read]),
        end=_spread([one.end for one in read]),
        raw_first=_spread([one.raw_first for one in raw]),
        raw_end=_spread([one.raw_end for one in raw]),
        checking=sum(one.checking for one in times) / waiting if waiting else None,
        late=share_of((one.end if one.shown is None else one.shown) > deadline for one in read),
    )


def _cost(tokens_in: Mean | None, tokens_out: Mean | None, llm: LlmSettings) -> float:
    read, written = (mean.value if mean else 0.0 for mean in (tokens_in, tokens_out))
    return 1000 * (read * llm.price_in + written * llm.price_out) / MILLION


def _both(versions: Iterable[Versions]) -> Both:
    """Over the questions that have both: else they would be compared on different ones."""
    scored = [
        (one.quoted, one.worded)
        for one in versions
        if one.quoted is not None and one.worded is not None
    ]
    return Both(_mean([quoted for quoted, _ in scored]), _mean([worded for _, worded in scored]))


def _mean(values: Sequence[float]) -> Mean | None:
    if not values:
        return None
    return Mean(float(np.mean(values)), bootstrap(values), len(values))


def _spread(values: Sequence[float | None]) -> Spread | None:
    known = [value for value in values if value is not None]
    if not known:
        return None
    p50, p95 = np.percentile(known, [50, 95])
    return Spread(round(float(p50), 3), round(float(p95), 3), len(known))


def _share(k: int, n: int) -> Share:
    found = share_of(at < k for at in range(n))
    assert found is not None  # noqa: S101 (nobody asks for a share of nothing)
    return found
