"""The trade between catching and keeping as one HTML file that asks for nothing."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from eval import report as reports
from eval.report.plots import trade_plot
from eval.written.report import CheckerReport
from eval.written.scores import Point, SetReport, Trade
from eval.written.table import table_of

_STYLE = Path(str(reports.__file__)).parent / "page" / "page.css"
_MORE = """
main pre { max-width: 60rem; padding: 1rem; overflow-x: auto; background: var(--sheet);
  font: .85rem/1.5 var(--mono); }
main ol { max-width: 44rem; }
.key--judge::before { border-radius: 0; background: var(--sheet); border-color: var(--sealed); }
"""


def page_of(report: CheckerReport) -> str:
    """The whole page."""
    style = _STYLE.read_text("utf-8") + _MORE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>The checker of written answers</title>
<style>{style}</style>
</head>
<body>
<header class="top">
  <p class="top__kind">What is refused, and what that costs</p>
  <h1>The checker of written answers</h1>
  <dl class="facts">
    <div><dt>Commit</dt><dd>{escape(report.commit)}</dd></div>
    <div><dt>Checker</dt><dd>{escape(report.checker)}</dd></div>
    <div><dt>Measured</dt><dd>{escape(report.measured_at[:10])}</dd></div>
  </dl>
</header>
<main>
{"".join(_trades(report))}
<section><h2>All figures</h2>
<pre tabindex="0">{escape(chr(10).join(table_of(report)))}</pre></section>
</main>
</body>
</html>
"""


def _trades(report: CheckerReport) -> Iterator[str]:
    for one in report.sets:
        if one.trade is not None:
            yield _section(one, one.trade)


def _section(one: SetReport, trade: Trade) -> str:
    steps = "".join(f"<li>{escape(_words(point))}</li>" for point in trade.levels)
    plot = trade_plot([_line(trade.checker), _line(trade.judge)], _line(trade.levels))
    return f"""<section><h2>Caught against kept: {one.kept}, {one.half}</h2>
<p class="lead">Up: more of the unsupported sentences are refused. Right: more of the supported
ones are passed. The lines are the whole checker and the judge alone at every threshold; the
numbers are its rules put back one by one, at the threshold in use.</p>
<p class="legend"><span class="key">the checker</span><span class="key key--judge">the judge
alone</span></p>
<figure>{plot}</figure>
<ol>{steps}</ol></section>
"""


def _line(points: tuple[Point, ...]) -> list[tuple[float, float]]:
    return [(point.kept, point.caught) for point in points]


def _words(point: Point) -> str:
    return f"{point.name}: {100 * point.caught:.1f} % caught, {100 * point.kept:.1f} % kept"
