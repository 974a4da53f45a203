"""Growth as tables for the terminal: a table for each size, and how each figure grows."""

import os
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from eval.bench.growth.fit import Law, fit_law
from eval.bench.growth.measures import MEASURES, OURS, TARGETS, Measure, Target
from eval.bench.growth.result import Cell, Growth
from eval.bench.summary import ratio

NOTES = (
    "Documents are made up, and so are vectors: each is the mean of the bundled encoder's own word"
    " rows, at distances like the real encoder's. This shows how an index behaves as it grows,"
    " not whether it answers anybody.",
    "Soleus cuts the documents, indexes their words and every sentence, and is held against an"
    " exact search by its own scoring. The others are given the passages and their vectors; their"
    " recall is against exact cosines. All changes are on disk when the clock stops.",
    "×: ours as a multiple of theirs. LlamaIndex: its FAISS pipeline for newcomers (IndexFlatL2)."
    " Searches are given the question's vector. Beyond encoding: without the encoder's time and the"
    " making of the documents. Adding, changing, deleting: the median of several. Memory: of a"
    " process that only opens and searches. Folder: files of a club's, read, put on the shelf and"
    " into the index.",
)
UNITS: Mapping[str, str] = {"share": "", "texts": "", "s": " s", "ms": " ms", "MB": " MB"}


def show_growth(growth: Growth, console: Console) -> None:
    """Print everything measured so far."""
    for encoder, title in {"made": "made vectors", "real": "the real encoder"}.items():
        for size in growth.sizes(encoder):
            console.print(_size(growth, encoder, size, title))
            for line in notes_of(growth, encoder, size):
                console.print(line, style="dim", highlight=False, markup=False)
    if len(growth.sizes()) > 1:
        console.print(_laws(growth))
    for line in rate_lines(growth):
        console.print(line, highlight=False, markup=False)
    for note in (
        *NOTES,
        f"The machine's load is {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.",
    ):
        console.print(note, style="dim", highlight=False)


def digits(value: float | None, measure: Measure) -> str:
    """A figure with its unit; a dash for none."""
    if value is None:
        return "–"
    if measure.unit == "share":
        return f"{value:.3f}"
    shown = f"{value:,.0f}" if value >= 100 or measure.unit == "texts" else f"{value:.3g}"
    return f"{shown}{UNITS[measure.unit]}"


def aim_of(measure: Measure, size: int) -> Target | None:
    """What ours is held to there."""
    found = (each for each in TARGETS if each.key == measure.key and each.holds_at(size))
    return next(found, None)


def laws_of(growth: Growth, measure: Measure) -> Iterator[tuple[str, Law]]:
    """How a figure grows, for everybody who has it at two sizes or more."""
    for who in growth.contestants():
        cells = [growth.cell(who, size) for size in growth.sizes()]
        points = [
            (c.passages, c.values[measure.key]) for c in cells if c and measure.key in c.values
        ]
        if law := fit_law(points):
            yield who, law


def notes_of(growth: Growth, encoder: str, size: int) -> Iterator[str]:
    """What was not measured there, and why; and how busy the machine was."""
    for who in growth.contestants():
        if cell := growth.cell(who, size, encoder):
            yield f"{who}: load {cell.load}" + "".join(f"; {note}" for note in cell.notes)


def rate_lines(growth: Growth) -> Iterator[str]:
    """What a build keeps of its encoder's speed."""
    if (rate := growth.rate) is None:
        return
    yield (
        f"Real encoder, {rate.texts} texts: {rate.raw:.0f} a second alone in one call,"
        f" {rate.own:.0f} through our encoder, {rate.build:.0f} in a whole build:"
        f" {rate.share:.0%} of the first (aim 90%, {'met' if rate.share >= 0.9 else 'missed'})."
    )
    yield (
        f"Encoding one question: median {rate.search_encode_p50_ms:.1f} ms, 95th percentile"
        f" {rate.search_encode_p95_ms:.1f} ms; searching comes on top."
    )


def _size(growth: Growth, encoder: str, size: int, title: str) -> Table:
    cells = [growth.cell(who, size, encoder) for who in growth.contestants()]
    there = [cell for cell in cells if cell]
    ours = growth.cell(OURS, size, encoder)
    table = Table(
        title=f"{there[0].passages:,} passages of {there[0].documents:,} documents, {title}",
        title_justify="left",
    )
    table.add_column("", no_wrap=True)
    for cell in there:
        table.add_column(cell.who, justify="right", no_wrap=True)
    table.add_column("aim", justify="right", no_wrap=True)
    for measure in MEASURES:
        if any(measure.key in cell.values for cell in there):
            figures = [_beside(cell, ours, measure) for cell in there]
            table.add_row(measure.label, *figures, _aim(ours, measure, size))
    return table


def _beside(cell: Cell, ours: Cell | None, measure: Measure) -> str:
    """A figure; of a rival with ours as a multiple of it."""
    value, mine = cell.value(measure.key), ours.value(measure.key) if ours else None
    shown = digits(value, measure)
    if cell.who == OURS or not value or mine is None or measure.unit in ("share", "texts"):
        return shown
    return f"{shown} ×{ratio(mine, value):.2f}"


def _aim(ours: Cell | None, measure: Measure, size: int) -> str:
    target, value = aim_of(measure, size), ours.value(measure.key) if ours else None
    if target is None or value is None:
        return ""
    met = target.is_met(value)
    sign = "≥" if target.at_least else "≤"
    word = "[green]met[/]" if met else "[red]missed[/]"
    return f"{sign} {digits(target.limit, measure)} {word}"


def _laws(growth: Growth) -> Table:
    table = Table(
        title="How each grows: exponent over all sizes (between the two largest)",
        title_justify="left",
    )
    table.add_column("", no_wrap=True)
    who = growth.contestants()
    for name in who:
        table.add_column(name, justify="right")
    for measure in (each for each in MEASURES if each.plotted):
        laws = dict(laws_of(growth, measure))
        if laws:
            table.add_row(measure.label, *_exponents(laws, who))
    return table


def _exponents(laws: Mapping[str, Law], who: Sequence[str]) -> Iterator[str]:
    for name in who:
        law = laws.get(name)
        yield f"{law.exponent:.2f} ({law.latest:.2f})" if law else "–"
