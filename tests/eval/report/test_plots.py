"""Plots that a page with a strict policy can hold."""

import re
import sys
from subprocess import run as run_program
from xml.etree import ElementTree as ET

import pytest

from eval.report.plots import (
    curve_plot,
    growth_plot,
    interval_plot,
    scale_plot,
    span_plot,
    trade_plot,
    trend_plot,
)
from eval.report.trend import trend_of
from eval.results import Curve, CurvePoint
from tests.eval.report.made import case, figure, run, whole_run

CURVE = Curve(
    "dev", (CurvePoint(0.1, None, 0.0), CurvePoint(0.5, 0.8, 0.6)), CurvePoint(0.5, 0.8, 0.6)
)

GROWING = {
    "ours": [(1e3, 1.0), (1e4, 4.0), (1e6, 90.0)],
    "one": [(1e3, 2.0), (1e4, 20.0)],
    "other": [(1e3, 0.5)],
}


def _all() -> list[str]:
    runs = [whole_run(n, f"{n}", 10 + n) for n in (1, 2, 3)]
    steps = trend_of(runs[2], runs[:2]).steps
    return [
        interval_plot({"dev": figure(target=0.9), "sealed": figure(half="sealed")}, (0, 1)),
        interval_plot({"dev": figure(value=None)}, (0, 1)),
        scale_plot((0.5, 1.0), " ms"),
        span_plot(1.0, 3.0, 5.0),
        curve_plot([CURVE, Curve("sealed", (), CurvePoint(0.5, None, 0.0))]),
        trend_plot("recall@5", steps, ("dev", "sealed")),
        trend_plot("nothing <of> the kind", steps, ("dev",)),
        growth_plot(GROWING, {1e6: 50.0}),
        trade_plot([[(0.0, 1.0), (0.9, 0.9)], [(0.5, 0.5), (1.0, 0.0)]], [(1.0, 0.3), (0.9, 0.9)]),
    ]


@pytest.fixture(scope="module")
def plots() -> list[str]:
    return _all()


def test_plots_hold_nothing_the_policy_forbids(plots: list[str]) -> None:
    for plot in plots:
        root = ET.fromstring(plot)  # noqa: S314
        assert root.tag == "svg"
        tags = {element.tag for element in root.iter()}
        assert tags <= {"svg", "g", "path", "defs", "use", "text"}
        assert not any("style" in element.attrib for element in root.iter())
        assert "http" not in plot
        assert "DejaVu" not in plot


def test_ids_are_the_plots_own_and_each_is_pointed_at(plots: list[str]) -> None:
    ids = [re.findall(r'\bid="([^"]+)"', plot) for plot in plots]
    flat = [name for one in ids for name in one]
    assert flat
    assert len(set(flat)) == len(flat)
    for plot, own in zip(plots, ids, strict=True):
        assert set(re.findall(r'href="#([^"]+)"', plot)) == set(own)


def test_colours_are_the_pages(plots: list[str]) -> None:
    colours = {
        colour for plot in plots for colour in re.findall(r'\b(?:fill|stroke)="([^"]+)"', plot)
    }
    assert colours <= {"none", "currentColor", *(f"var(--{n})" for n in _NAMES)}
    assert "var(--sealed)" in colours


_NAMES = ("dev", "sealed", "grid", "sheet", "aim")


def test_text_is_text_and_as_large_as_the_page_shows_it() -> None:
    root = ET.fromstring(scale_plot((0.5, 1.0), " ms"))  # noqa: S314
    texts = list(root.iter("text"))
    assert [one.text for one in texts] == ["0.5", "0.75", "1 ms"]
    assert {one.get("font-size") for one in texts} == {"12px"}
    assert root.get("width") == "260"


def test_a_plot_is_the_same_each_time() -> None:
    assert _all() == _all()


def test_a_figure_without_value_draws_only_its_lines() -> None:
    nothing = interval_plot({"dev": figure(value=None)}, (0, 1))
    assert "var(--dev)" not in nothing
    assert nothing.count("var(--grid)") == 5


def test_matplotlib_is_not_loaded_by_the_table() -> None:
    check = "import sys, eval.report.table, eval.report.compare; print('matplotlib' in sys.modules)"
    done = run_program([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_trend_without_intervals_shows_its_points() -> None:
    bare = figure("x", 0.5)
    runs = [
        run(case(), figures=[bare], commit=name, committed_at=f"2026-11-2{n}T10:00:00+00:00")
        for n, name in enumerate(("aaaa", "bbbb"))
    ]
    plot = trend_plot("x", trend_of(runs[1], runs[:1]).steps, ("dev",))
    assert plot.count("<use") == 2
    assert "aaaa" in plot
    assert "bbbb" in plot


def test_growth_is_drawn_on_powers_of_ten_with_a_line_for_each() -> None:
    plot = growth_plot(GROWING, {1e6: 50.0})
    for text in ("1k", "10k", "100k", "1M", "1", "10"):
        assert f">{text}</text>" in plot
    assert plot.count("stroke-dasharray") == 2  # ours is drawn through
    assert "var(--aim)" in plot


def test_what_grows_little_still_has_numbers_beside_it() -> None:
    plot = growth_plot({"ours": [(1e3, 12.0), (1e4, 19.0)]}, {})
    assert ">20</text>" in plot
