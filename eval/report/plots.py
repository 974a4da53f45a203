"""Plots as SVG to stand inside a page. The only door to matplotlib.

Colours are those of the page (custom properties), so one plot suits light and dark. Nothing in
them needs an inline style, which the page's content security policy forbids.
"""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from eval.bench.growth.sizes import short_size
from eval.report.svg import AIM, DEV, GRID, INK, SEALED, SHEET, inline
from eval.report.trend import Step
from eval.results import Curve, Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

COLOURS: Mapping[str, str] = {"dev": DEV, "sealed": SEALED, "judge": DEV}
_CONTESTANTS = ((DEV, "o", ()), (SEALED, "D", (4, 2)), (INK, "s", (1, 2)))
"""Colour, marker and dashes of each line of a growth plot: ours first."""
_TEXT = 12.0
_MARGIN = 0.05
"""Of an axis, on each side: half a marker must fit."""


def interval_plot(by_half: Mapping[str, Figure], axis: tuple[float, float]) -> str:
    """Dot and whisker for each half, one below the other; a line where the target is."""
    canvas, axes = _strip(axis)
    shown = [figure for figure in by_half.values() if figure.value is not None]
    for target in {figure.target for figure in by_half.values() if figure.target is not None}:
        axes.plot([target, target], [0, 1], color=AIM, linewidth=1.6, dashes=(2.5, 2))
    for place, figure in enumerate(shown, 1):
        _whisker(axes, figure, 1 - place / (len(shown) + 1))
    return _svg(canvas)


def scale_plot(axis: tuple[float, float], unit: str = "") -> str:
    """The axis that the plots in a column share."""
    canvas, axes = _strip(axis, height=18)
    for at, side in zip(np.linspace(*axis, 3), ("left", "center", "right"), strict=True):
        # Ends stand in from the edge, under the first and the last line.
        words = f"{at:.3g}{unit if side == 'right' else ''}"
        axes.text(at, 0.15, words, ha=side, color=INK, fontsize=_TEXT)
    return _svg(canvas)


def span_plot(low: float, high: float, top: float) -> str:
    """A bar up to `low` that goes on as a line to `high`."""
    canvas, axes = _strip((0, top), height=24)
    axes.plot([low, high], [0.5, 0.5], color=COLOURS["dev"], linewidth=1.6)
    axes.plot([high, high], [0.25, 0.75], color=COLOURS["dev"], linewidth=1.6)
    axes.plot([0, low], [0.5, 0.5], color=COLOURS["dev"], linewidth=8, solid_capstyle="butt")
    return _svg(canvas)


def curve_plot(curves: Sequence[Curve]) -> str:
    """Precision over recall of abstention, the working point marked."""
    canvas, axes = _canvas(360, 300, (0.14, 0.17, 0.82, 0.79))
    _lines(axes)
    for curve in curves:
        points = sorted((p.recall, p.precision) for p in curve.points if p.precision is not None)
        axes.plot(*np.asarray(points).reshape(-1, 2).T, color=COLOURS[curve.half], linewidth=1.8)
        at = curve.working
        if at.precision is not None:
            _mark(axes, at.recall, at.precision, curve.half, 10)
    axes.set(xlim=(-0.02, 1.03), ylim=(-0.02, 1.03), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_xlabel("recall", color=INK, fontsize=_TEXT)
    axes.set_ylabel("precision", color=INK, fontsize=_TEXT)
    return _svg(canvas)


def trend_plot(name: str, steps: Sequence[Step], halves: Sequence[str]) -> str:
    """One figure over the runs, with its intervals and its target."""
    canvas, axes = _canvas(330, 150, (0.13, 0.19, 0.84, 0.75))
    _lines(axes, "y")
    target = None
    for shift, half in enumerate(halves):
        found = [(n, step.of(name, half)) for n, step in enumerate(steps)]
        shown = [(n, one, one.value) for n, one in found if one and one.value is not None]
        if not shown:
            continue
        target = shown[-1][1].target
        # A little apart, or the whiskers of one half would cover the other's.
        at = [n + 0.08 * (2 * shift - len(halves) + 1) for n, _, _ in shown]
        axes.plot(at, [value for _, _, value in shown], color=COLOURS[half], linewidth=1.4)
        for x, (_, one, value) in zip(at, shown, strict=True):
            if one.low is not None and one.high is not None:
                axes.plot([x, x], [one.low, one.high], color=COLOURS[half], linewidth=1.2)
            _mark(axes, x, value, half, 6)
    if target is not None:
        axes.axhline(target, color=AIM, linewidth=1.6, dashes=(2.5, 2))
    axes.set_xlim(-0.4, len(steps) - 0.6)
    _ends(axes, steps)
    return _svg(canvas)


def growth_plot(
    lines: Mapping[str, Sequence[tuple[float, float]]], aim: Mapping[float, float]
) -> str:
    """How a figure grows with size: a line for each contestant, both axes in logarithms.

    `lines`: points (size, figure > 0) by name, ours first. `aim`: what ours is held to, by size.
    """
    canvas, axes = _canvas(330, 220, (0.17, 0.14, 0.79, 0.8))
    axes.set(xscale="log", yscale="log")
    _lines(axes)
    for (name, points), (colour, marker, dashes) in zip(lines.items(), _CONTESTANTS, strict=False):
        xs, ys = [size for size, _ in points], [figure for _, figure in points]
        axes.plot(xs, ys, color=colour, linewidth=1.8, dashes=dashes, gid=name)
        hollow = marker != "o"
        axes.plot(
            xs,
            ys,
            marker,
            markersize=7,
            markerfacecolor=SHEET if hollow else colour,
            markeredgecolor=colour,
            markeredgewidth=1.6,
        )
    for size, limit in aim.items():
        axes.plot([size / 1.6, size * 1.6], [limit, limit], color=AIM, linewidth=2.2)
    _decades(axes)
    return _svg(canvas)


def trade_plot(
    curves: Sequence[Sequence[tuple[float, float]]], steps: Sequence[tuple[float, float]]
) -> str:
    """Share caught over share kept, both 0 to 1: a line for each curve, ours first, and steps from
    the one to the other, numbered from 1. The last step is where we stand.
    """
    canvas, axes = _canvas(420, 320, (0.13, 0.16, 0.83, 0.8))
    _lines(axes)
    for points, (colour, _, dashes) in zip(curves, _CONTESTANTS, strict=False):
        axes.plot(*np.asarray(points).reshape(-1, 2).T, color=colour, linewidth=1.8, dashes=dashes)
    for number, (kept, caught) in enumerate(steps, 1):
        _mark(axes, kept, caught, "dev", 10 if number == len(steps) else 6)
        axes.text(kept + 0.015, caught - 0.045, str(number), color=INK, fontsize=_TEXT)
    axes.set(xlim=(-0.02, 1.05), ylim=(-0.02, 1.05), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_xlabel("supported sentences passed", color=INK, fontsize=_TEXT)
    axes.set_ylabel("unsupported ones refused", color=INK, fontsize=_TEXT)
    return _svg(canvas)


def _decades(axes: "Axes") -> None:
    """Powers of ten in plain words: 1k, 10k, 1M. What spans no more than one has 2 and 5 too."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    low, high = axes.get_ylim()
    fine = (1.0, 2.0, 5.0) if high < 30 * low else (1.0,)
    axes.xaxis.set_major_locator(LogLocator(10.0, numticks=8))
    axes.yaxis.set_major_locator(LogLocator(10.0, subs=fine, numticks=8))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda size, _: short_size(size)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda figure, _: f"{figure:,.10g}"))
    axes.margins(x=0.08, y=0.12)


def _ends(axes: "Axes", steps: Sequence[Step]) -> None:
    """Only the first and the last commit are named: between them there is no room."""
    from matplotlib.ticker import MaxNLocator

    axes.set_xticks([0, len(steps) - 1], [steps[0].commit[:7], steps[-1].commit[:7]])
    first, last = axes.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.margins(y=0.12)


def _whisker(axes: "Axes", figure: Figure, y: float) -> None:
    assert figure.value is not None  # noqa: S101 (for the reader: those without are not shown)
    colour = COLOURS[figure.half]
    if figure.low is not None and figure.high is not None:
        axes.plot([figure.low, figure.high], [y, y], color=colour, linewidth=1.8)
        for end in (figure.low, figure.high):
            axes.plot([end, end], [y - 0.1, y + 0.1], color=colour, linewidth=1.8)
    _mark(axes, figure.value, y, figure.half, 8)


def _mark(axes: "Axes", x: float, y: float, half: str, size: float) -> None:
    """A dot for dev, a hollow diamond for sealed: colour alone tells some readers nothing."""
    hollow = half == "sealed"
    axes.plot(
        [x],
        [y],
        "D" if hollow else "o",
        markersize=size * 0.85 if hollow else size,
        markerfacecolor=SHEET if hollow else COLOURS[half],
        markeredgecolor=COLOURS[half],
        markeredgewidth=1.8,
    )


def _strip(axis: tuple[float, float], height: float = 40) -> "tuple[Canvas, Axes]":
    """A bare strip along an axis, for a cell of a table; lines at its quarters if high enough."""
    canvas, axes = _canvas(260, height, (0, 0, 1, 1))
    low, high = axis
    margin = _MARGIN * (high - low)
    axes.set_axis_off()
    axes.set(xlim=(low - margin, high + margin), ylim=(0, 1))
    if height > 20:
        for at in np.linspace(low, high, 5):
            axes.plot([at, at], [0, 1], color=GRID, linewidth=1)
    return canvas, axes


def _lines(axes: "Axes", along: Literal["both", "y"] = "both") -> None:
    axes.grid(axis=along, color=GRID, linewidth=1)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, labelsize=_TEXT, labelcolor=INK, pad=5)


def _canvas(
    wide: float, high: float, box: tuple[float, float, float, float]
) -> "tuple[Canvas, Axes]":
    """In CSS pixels: matplotlib's SVG counts 72 of its units to an inch."""
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(wide / 72, high / 72))
    canvas.patch.set_visible(False)
    axes = canvas.add_axes(box)
    axes.patch.set_visible(False)
    return canvas, axes


def _svg(canvas: "Canvas") -> str:
    """The same for the same plot, with its text as text."""
    from matplotlib import rc_context

    written = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "report"}):
        canvas.savefig(written, format="svg", metadata={"Date": None})
    return inline(written.getvalue())
