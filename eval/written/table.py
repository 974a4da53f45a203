"""The checker's figures as lines of text."""

from collections.abc import Iterator, Sequence

from eval.safety.share import Share, words_of
from eval.written.report import CheckerReport
from eval.written.scores import Point, SetReport

_NAMES = {
    "lies": "sentences written by hand to deceive it, and fair ones",
    "attack": "lies by who knows the rules, and could recombine a source's own words",
    "drafts": "sentences that models drafted, labelled by hand",
}


def table_of(report: CheckerReport) -> tuple[str, ...]:
    """Everything that is shown after a measuring."""
    return (
        f"The checker {report.checker} at commit {report.commit}, threshold {report.sure:g}",
        *(line for one in report.sets for line in _set(one)),
        *_looked_at(report),
    )


def _set(one: SetReport) -> Iterator[str]:
    counts = one.counts
    yield ""
    yield f"{one.kept}, {one.half}: {one.sentences} {_NAMES[one.kept]}"
    yield f"  unsupported ones refused   {words_of(counts.caught)}"
    yield f"  supported ones passed      {words_of(counts.kept)}"
    yield f"  refused rightly            {words_of(counts.precision)}"
    yield f"  passed though unsupported  {words_of(counts.slipped)}"
    if one.groups:
        yield from _groups(one)
    if one.trade:
        yield from _points("rules put back one by one:", one.trade.levels)
        yield from _points("one rule left out:", one.trade.without)
        yield from _points("all rules, other thresholds:", one.trade.checker[::2])
    if one.wrong:
        yield f"  judged wrongly: {', '.join(one.wrong)}"


def _groups(one: SetReport) -> Iterator[str]:
    wide = max(len(row.group) for row in one.groups)
    yield f"  {'':{wide}}   refused of unsupported   passed of supported"
    for row in one.groups:
        caught, kept = (_of(share) for share in (row.counts.caught, row.counts.kept))
        yield f"  {row.group:{wide}}   {caught:>22}   {kept:>19}"


def _of(share: Share | None) -> str:
    return "" if share is None else f"{share.k} of {share.n}"


def _points(title: str, points: Sequence[Point]) -> Iterator[str]:
    yield f"  {title}"
    yield f"    {'':26}  caught   kept"
    for at in points:
        name = f"threshold {at.sure:.2f}" if at.name == "the checker" else at.name
        yield f"    {name:26}  {100 * at.caught:5.1f} %  {100 * at.kept:5.1f} %"


def _looked_at(report: CheckerReport) -> Iterator[str]:
    if report.sealed_runs:
        yield ""
        yield f"Sealed scored {report.sealed_runs} times so far, this one included."
