"""A run as one HTML file that asks for nothing: no server, no script or font from elsewhere."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.report.failures import SEALED, counted, failed, kinds_of
from eval.report.headline import EVERYTHING, by_category, headline_of, sealed_note
from eval.report.plots import curve_plot, interval_plot, scale_plot, span_plot, trend_plot
from eval.report.rows import HALVES, JUDGE, Group, Row, aim_of, groups_of, in_digits, is_met
from eval.report.trend import Trend, trend_of
from eval.results import CaseResult, Results

_FOLDER = Path(__file__).resolve().parent / "page"
_SHOWN_AT_ONCE = 6
"""Trends; the others are a click away."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter of the failed cases: what can be chosen, and how many there are of each."""

    field: str
    label: str
    options: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page, for the list at its top."""

    id: str
    title: str


def html_of(results: Results, earlier: Sequence[Results] = ()) -> str:
    """The whole page.

    Args:
        results: The run.
        earlier: Kept runs, in any order; those on the same questions make the trend.
    """
    style, script = _read("page.css"), _read("page.js")
    wrong, groups = failed(results.cases), groups_of(results.figures)
    judged, categories = groups_of(results.figures, (JUDGE,)), by_category(results.cases)
    halves = [half for half in HALVES if any(case.half == half for case in results.cases)]
    trend = trend_of(results, earlier)
    sections = _sections(results, bool(groups), bool(judged))
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 (our own file)
            script=Markup(script),  # noqa: S704 (our own file)
            run=results,
            halves=halves,
            headline=headline_of(results),
            sealed_note=sealed_note(results),
            sections=sections,
            groups=groups,
            judged=judged,
            categories=categories,
            trend=trend,
            trends=_trends(trend, halves),
            shown_at_once=_SHOWN_AT_ONCE,
            curve=Markup(curve_plot(results.curves)) if results.curves else "",  # noqa: S704
            slowest=max((stage.p95 for stage in results.stages), default=0.0),
            wrong=[case for case in wrong if case.half != SEALED],
            wrong_sealed=[case for case in wrong if case.half == SEALED],
            choices=_choices(wrong),
        )
    )


def _sections(results: Results, figures: bool, judged: bool) -> list[Section]:
    everything = (
        (figures, "figures", "Figures"),
        (bool(results.cases), "categories", "By category"),
        (True, "trend", "Trend"),
        (bool(results.curves), "abstention", "Abstention"),
        (bool(results.stages), "latency", "Latency"),
        (judged, "judge", "Support judge"),
        (True, "failed", "Failed cases"),
    )
    return [Section(name, title) for there, name, title in everything if there]


def _trends(trend: Trend, halves: Sequence[str]) -> list[tuple[str, Markup]]:
    if len(trend.steps) < 2:
        return []
    return [
        (name, Markup(trend_plot(name, trend.steps, halves)))  # noqa: S704 (text is escaped in it)
        for name in trend.names
    ]


def _choices(wrong: Sequence[CaseResult]) -> list[Choice]:
    """Of a sealed case only half and category can be chosen: the rest would tell of its words."""
    readable = [case for case in wrong if case.half != SEALED]
    return [
        Choice("half", "Half", counted(case.half for case in wrong)),
        Choice("category", "Category", counted(case.category for case in wrong)),
        Choice("behaviour", "Expected", counted(case.behaviour for case in readable)),
        Choice("reason", "Reason", counted(kind for case in readable for kind in kinds_of(case))),
    ]


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        digits=in_digits, aim=aim_of, met=is_met, kinds=kinds_of, interval=_interval, span=_span
    )
    made.globals.update(scale=_scale, sealed=SEALED, everything=EVERYTHING)
    return made


def _interval(row: Row, group: Group) -> Markup:
    return Markup(interval_plot(row.by_half, group.axis))  # noqa: S704 (holds numbers only)


def _span(times: tuple[float, float], top: float) -> Markup:
    return Markup(span_plot(*times, top))  # noqa: S704 (holds numbers only)


def _scale(axis: tuple[float, float], unit: str = "") -> Markup:
    return Markup(scale_plot(axis, unit))  # noqa: S704 (holds numbers only)


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, and only our own style and script, by their digests, may be used."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
