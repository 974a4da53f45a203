"""A run of a model as lines of text."""

from collections.abc import Iterator, Mapping

from eval.safety.share import words_of
from eval.written.model_report import ModelReport
from eval.written.summary import Both, Drafting, HalfSummary, Mean, Spread, Timing

AIM = 0.15
"""Highest share of the model's time that our own work may add."""


def table_of(report: ModelReport) -> tuple[str, ...]:
    """Everything that is shown after a run."""
    return (
        f"{report.model}, checker {report.checker}, commit {report.commit}, {report.machine}",
        *(line for half in report.halves for line in _half(half, report)),
        *_looked_at(report),
    )


def _half(half: HalfSummary, report: ModelReport) -> Iterator[str]:
    yield ""
    yield f"{half.half}: {half.asked} questions that the shelf answers"
    yield f"  no model asked             {half.not_asked} (nothing to word, or only quotes may be)"
    yield f"  worded by the model        {words_of(half.worded)}"
    yield f"  failures of the model      {_counted(half.failures)}"
    if half.drafting:
        yield from _drafting(half.drafting)
    yield from _both("key facts said", half.key_facts, 100, " %")
    yield from _both("said what none may", half.forbidden, 100, " %")
    yield from _both("words an answer", half.words, 1, "")
    yield from _cost(half, report)
    yield from _timing(half.timing, report.how.deadline)


def _drafting(found: Drafting) -> Iterator[str]:
    yield f"  sentences drafted          {found.passed.n}"
    yield f"    passed                   {words_of(found.passed)}"
    yield f"    the quote, word for word {words_of(found.copied)}"
    yield f"    replaced by quotes       {words_of(found.replaced)}"
    yield f"    dropped                  {words_of(found.dropped)}"
    yield f"  reasons                    {_counted(found.reasons)}"
    yield f"  shown                      {found.written} written, {found.quoted} quoted"
    yield f"  supported, as drafted      {words_of(found.before)}, says the support judge"
    yield f"  supported, as shown        {words_of(found.after)}, says the support judge"
    yield "                             (it takes part in the checker, so nearly 1 by construction:"
    yield "                             python -m eval written holds the checker against people)"


def _both(name: str, both: Both, times: float, unit: str) -> Iterator[str]:
    if both.quoted and both.worded:
        quoted, worded = (_mean(one, times, unit) for one in (both.quoted, both.worded))
        yield f"  {name:26} quoted {quoted}; worded {worded}"


def _mean(mean: Mean, times: float, unit: str) -> str:
    value, low, high = (times * each for each in (mean.value, mean.sure.low, mean.sure.high))
    return f"{value:.1f}{unit} (95 % interval {low:.1f} to {high:.1f}, n={mean.n})"


def _cost(half: HalfSummary, report: ModelReport) -> Iterator[str]:
    if half.tokens_in and half.tokens_out:
        how = "" if half.tokens_counted else ", some of them estimated"
        read, written = half.tokens_in.value, half.tokens_out.value
        yield f"  tokens an answer           {read:.0f} read, {written:.0f} written{how}"
        if report.how.price_in or report.how.price_out:
            cost = f"{half.cost_per_1000:.2f} {report.how.currency}"
        else:
            cost = "no price is set: [llm] price_in, price_out"
        yield f"  1,000 such questions       {cost}"


def _timing(timing: Timing, deadline: float) -> Iterator[str]:
    yield "  seconds, median (95th percentile), from when the quotes are there, the prompt unread:"
    yield f"    something to show        {_spread(timing.shown)}"
    yield f"    first checked sentence   {_spread(timing.first)}"
    yield f"    whole checked answer     {_spread(timing.end)}"
    yield f"    first raw words          {_spread(timing.raw_first)}"
    yield f"    whole raw draft          {_spread(timing.raw_end)}"
    if timing.checking is not None:
        share = f"{100 * timing.checking:.1f} % of waiting for the model"
        verdict = "held" if timing.checking <= AIM else "missed"
        yield f"  our own work               {share} (aim: at most {100 * AIM:.0f} %, {verdict})"
    yield f"  nothing to show at {f'{deadline:g} s':7} {words_of(timing.late)}"


def _spread(spread: Spread | None) -> str:
    return "none" if spread is None else f"{spread.p50:.1f} ({spread.p95:.1f}), n={spread.n}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {n}" for name, n in counts.items()) or "none"


def _looked_at(report: ModelReport) -> Iterator[str]:
    if report.sealed_runs:
        yield ""
        yield f"Sealed scored {report.sealed_runs} times so far, this one included."
