"""A run as lines for the terminal, at most 100 columns wide."""

from collections.abc import Iterator, Sequence

from eval.report.failures import failed
from eval.report.headline import sealed_note
from eval.report.rows import (
    HALVES,
    JUDGE,
    UNKNOWN,
    Group,
    Row,
    aim_of,
    groups_of,
    in_digits,
    is_met,
)
from eval.results import CaseResult, Figure, Results, Stage

_NAME, _CELL = 28, 25


def table_of(results: Results) -> tuple[str, ...]:
    """Every figure with its interval, then failures of critical cases, then times."""
    return (
        *_head(results),
        *_figures(results, HALVES),
        *_figures(results, (JUDGE,)),
        *_critical(results.cases),
        *_stages(results.stages),
    )


def _head(results: Results) -> Iterator[str]:
    yield f"{results.provider} at {results.commit}, measured {results.measured_at}"
    right = sum(case.passed for case in results.cases)
    yield (
        f"{results.cases_asked} questions ({results.questions}) in {results.seconds:.0f} s,"
        f" {right} of {len(results.cases)} passed"
    )
    yield sealed_note(results)


def _figures(results: Results, halves: Sequence[str]) -> Iterator[str]:
    groups = groups_of(results.figures, halves)
    if not groups:
        return
    yield ""
    yield "value [95 % interval] number scored"
    yield _line("", halves, "target")
    for group in groups:
        yield group.name
        yield from _rows(group, halves)


def _rows(group: Group, halves: Sequence[str]) -> Iterator[str]:
    for row in group.rows:
        name, figures = f"  {row.name}", [row.by_half.get(half) for half in halves]
        if len(name) > _NAME:  # on a line of its own, so that no column moves
            yield name
            name = ""
        yield _line(name, [_cell(figure) for figure in figures], _aim(row, halves))
        if any(figure and figure.unscored for figure in figures):
            yield _line("", [_unscored(figure) for figure in figures], "")


def _line(name: str, cells: Sequence[str], target: str) -> str:
    return f"{name:{_NAME}} {' '.join(f'{cell:{_CELL}}' for cell in cells)} {target}".rstrip()


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.value is None:
        return UNKNOWN
    interval = f"[{in_digits(figure.low)}, {in_digits(figure.high)}]"
    return f"{in_digits(figure.value)} {interval} {figure.scored}"


def _unscored(figure: Figure | None) -> str:
    return f"unscored {figure.unscored}" if figure and figure.unscored else ""


def _aim(row: Row, halves: Sequence[str]) -> str:
    met = {half: is_met(row.by_half[half]) for half in halves if half in row.by_half}
    missed = [half for half, reached in met.items() if reached is False]
    if not missed:
        return f"{aim_of(row)}{' met' if True in met.values() else ''}"
    return f"{aim_of(row)} MISSED{f' {missed[0]}' if True in met.values() else ''}"


def _critical(cases: Sequence[CaseResult]) -> Iterator[str]:
    asked = [case for case in cases if case.critical]
    wrong = [case for case in failed(cases) if case.critical]
    yield ""
    if not wrong:
        yield f"No critical case failed, of {len(asked)}."
        return
    harmful = sum(case.harmful for case in wrong)
    yield f"Critical cases that failed: {len(wrong)} of {len(asked)}, {harmful} by what was said"
    for case in wrong:
        mark = "!" if case.harmful else " "
        yield f"{mark} {case.half:6} {case.id:16} {'; '.join(case.reasons)}"


def _stages(stages: Sequence[Stage]) -> Iterator[str]:
    if not stages:
        return
    yield ""
    yield f"{'milliseconds':{_NAME}} {'p50':>9} {'p95':>9}"
    for stage in stages:
        yield f"  {stage.name:{_NAME - 2}} {stage.p50:9.1f} {stage.p95:9.1f}"
