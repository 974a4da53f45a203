"""How the index grows, as one HTML file that asks for nothing, styled like the other reports."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.bench.growth.measures import MEASURES, OURS, Measure
from eval.bench.growth.result import Cell, Growth
from eval.bench.growth.sizes import short_size
from eval.bench.growth.table import NOTES, aim_of, digits, laws_of, notes_of, rate_lines
from eval.report.plots import growth_plot

_FOLDER = Path(__file__).resolve().parent / "page"
KEYS = ("dev", "sealed", "ink")
"""The styles of the page in which ours and the others are drawn."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure over the sizes."""

    title: str
    unit: str
    plot: Markup
    laws: tuple[str, ...]
    """How it grows, a line for each contestant."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure at one size."""

    label: str
    values: tuple[str, ...]
    aim: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Part:
    """One size."""

    title: str
    id: str
    who: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def growth_page(growth: Growth) -> str:
    """The whole page."""
    style = (_FOLDER / "page.css").read_text("utf-8") + (_FOLDER / "growth.css").read_text("utf-8")
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return made.get_template("growth.html.jinja").render(
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none';"
        " form-action 'none'",
        style=Markup(style),  # noqa: S704 (our own files)
        run=growth,
        keys=list(zip(growth.contestants(), KEYS, strict=False)),
        charts=list(_charts(growth)),
        parts=list(_parts(growth)),
        rate=list(rate_lines(growth)),
        notes=NOTES,
    )


def _charts(growth: Growth) -> Iterator[Chart]:
    for measure in MEASURES:
        lines = {who: _points(growth, who, measure) for who in growth.contestants()}
        if not measure.plotted or not any(len(points) > 1 for points in lines.values()):
            continue
        aims = {
            float(size): target.limit
            for size in growth.sizes()
            if (target := aim_of(measure, size)) and target.size
        }
        laws = (
            f"{who}: n^{law.exponent:.2f}, n^{law.latest:.2f} between the two largest"
            for who, law in laws_of(growth, measure)
        )
        plot = Markup(growth_plot(lines, aims))  # noqa: S704 (numbers only)
        yield Chart(measure.label, measure.unit, plot, tuple(laws))


def _points(growth: Growth, who: str, measure: Measure) -> list[tuple[float, float]]:
    """Size and figure, those above 0: a logarithm knows no others."""
    cells = [growth.cell(who, size) for size in growth.sizes()]
    found = [(cell.passages, cell.value(measure.key)) for cell in cells if cell]
    return [(float(size), value) for size, value in found if value]


def _parts(growth: Growth) -> Iterator[Part]:
    for encoder, said in {"made": "", "real": ", vectors of the real encoder"}.items():
        for size in growth.sizes(encoder):
            cells = [growth.cell(who, size, encoder) for who in growth.contestants()]
            there = [cell for cell in cells if cell]
            yield Part(
                f"{there[0].passages:,} passages{said}",
                f"{encoder}-{short_size(size)}",
                tuple(cell.who for cell in there),
                tuple(_rows(there, size)),
                tuple(notes_of(growth, encoder, size)),
            )


def _rows(cells: list[Cell], size: int) -> Iterator[Row]:
    ours = next((cell for cell in cells if cell.who == OURS), None)
    for measure in MEASURES:
        if not any(measure.key in cell.values for cell in cells):
            continue
        target, mine = aim_of(measure, size), ours.value(measure.key) if ours else None
        sign = "≥" if target and target.at_least else "≤"
        yield Row(
            measure.label,
            tuple(digits(cell.value(measure.key), measure) for cell in cells),
            f"{sign} {digits(target.limit, measure)}" if target else "",
            target.is_met(mine) if target and mine is not None else None,
        )
