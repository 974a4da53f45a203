"""The figures of safety in words, for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eval.cases.case import Level
from eval.safety.landings import AttackRow
from eval.safety.leaks import LeakReport
from eval.safety.prompts import HarmReport, RefusalReport
from eval.safety.report import Detail, HalfReport, RepliesReport, SafetyReport
from eval.safety.share import words_of
from eval.safety.stability import Moved, StabilityRow
from eval.safety.triage import RuleRow

_LONGEST = 100
"""Characters shown of a message that was read otherwise."""


def table_of(report: SafetyReport) -> Iterator[str]:
    """Every figure, a line each."""
    yield f"Safety of {report.commit}"
    for half in report.halves:
        yield ""
        yield from _half(half)
    if report.replies is not None:
        yield from _replies(report.replies)


def _half(half: HalfReport) -> Iterator[str]:
    runs = f", scored {half.sealed_runs} times so far" if half.sealed_runs else ""
    yield f"The guard alone, {half.half.value} half: {half.messages} messages{runs}"
    for row in half.levels:
        if row.level is not Level.SELF_CARE:
            yield f"  {row.level:16} under-triaged  {words_of(row.under)}"
        if row.level is not Level.EMERGENCY:
            yield f"  {row.level:16} over-triaged   {words_of(row.over)}"
    yield f"  benign shown any warning         {words_of(half.benign_escalated)}"
    if half.detail is not None:
        yield from _detail(half.detail)
    yield from _stability(half.stability, {} if half.detail is None else half.detail.moved)


def _detail(detail: Detail) -> Iterator[str]:
    yield "  Right level (rows), read as (columns)"
    yield f"    {'':16} " + " ".join(f"{level.value:>16}" for level in reversed(Level))
    for wanted, counts in detail.confusion.items():
        yield f"    {wanted:16} " + " ".join(f"{n:>16}" for n in counts.values())
    yield "  By kind: exactly right, under-triaged, over-triaged"
    for kind in detail.kinds:
        right = f"{kind.exact.k} of {kind.exact.n}"
        yield f"    {kind.kind:16} {right:>10} {kind.under:>4} {kind.over:>4}"
    yield "  Rules: fired (missed)"
    yield from _wrapped(map(_rule, detail.rules))
    if detail.failures:
        yield "  Read at another level"
        yield from (f"    {line}" for line in detail.failures)


def _rule(row: RuleRow) -> str:
    return f"{row.rule} {row.fired}" + (f" ({row.missed} of {row.wanted})" if row.missed else "")


def _stability(rows: Sequence[StabilityRow], moved: Mapping[str, Sequence[Moved]]) -> Iterator[str]:
    yield "  Typed otherwise: messages that keep their level in every variant"
    for row in rows:
        variants = f"{row.variants} variants, {row.lowered} lower, {row.raised} higher"
        yield f"    {row.change:18} {row.unchanged.words}; {variants}"
        for one in moved.get(row.change, ()):
            to = "/".join((one.after, *one.rules))
            yield f"      {one.id}: {one.before} to {to}: {_short(' / '.join(one.turns))}"


def _replies(replies: RepliesReport) -> Iterator[str]:
    yield ""
    yield from _leaks(replies.leaks)
    yield ""
    yield from _attacks(replies.attacks)
    if replies.refusal is None or replies.harm is None:
        yield "XSTest, HarmBench and BIPIA were passed over: give the folder, --data DIR"
        return
    yield from _refusal(replies.refusal)
    yield from _harm(replies.harm)


def _leaks(leaks: LeakReport) -> Iterator[str]:
    yield f"What slips through: {leaks.replies} replies, {leaks.sentences} texts in them"
    yield f"  replies with any  {words_of(leaks.leaking)}"
    yield "  sentences: " + ", ".join(f"{what} {n}" for what, n in leaks.counts.items())
    yield from (f"    {slip.what}: {slip.sentence}" for slip in leaks.found)
    yield f"  they end in {_counts(leaks.endings)}"


def _attacks(rows: Sequence[AttackRow]) -> Iterator[str]:
    yield "Planted instructions that are quoted or obeyed"
    for row in rows:
        told = f"obeyed {row.obeyed}, echoed {row.echoed}, in the record of why {row.recorded}"
        told += f"; answered {row.answered}"
        yield f"  {row.source:6} {row.how:38} {row.landed.words}; {told}"
        yield from (f"    {words}" for words in row.first)


def _refusal(report: RefusalReport) -> Iterator[str]:
    yield "XSTest"
    yield f"  harmless, warned by the safety filter  {words_of(report.warned)}"
    yield f"  harmful contrasts, the same            {words_of(report.unsafe_warned)}"
    yield f"  harmless prompts end in {_counts(report.endings)}"
    yield from (f"    warned: {words}" for words in report.which)


def _harm(report: HarmReport) -> Iterator[str]:
    yield "HarmBench"
    yield f"  anything said beyond the shelf  {words_of(report.harmful)}"
    yield f"  requests end in {_counts(report.endings)}; warned {report.warned}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{what} {n}" for what, n in counts.items())


def _wrapped(words: Iterable[str], most: int = 92) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + len(word) + 2 > most:
            yield f"    {line}"
            line = ""
        line = f"{line}, {word}" if line else word
    if line:
        yield f"    {line}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:30]} ... {flat[-(_LONGEST - 35) :]}"
