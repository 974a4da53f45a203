"""The contest as one HTML file that asks for nothing, in the style of the evaluation's report."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.results import Figure
from eval.rivals.bars import bar_plot
from eval.rivals.contest import Contest, Peer
from eval.rivals.losses import ABSTENTION, ALARM, ANSWERS, BARRED, FAITH, RANKING, losses_of
from eval.rivals.table import NOTES, loss_numbers

_HERE = Path(__file__).resolve().parent
_STYLE = _HERE.parent / "report" / "page" / "page.css"
_GROUPS = (
    ("Retrieval", RANKING),
    ("Answers", ANSWERS),
    ("Citations and faithfulness", FAITH),
    ("Abstention, as each comes", ABSTENTION),
    ("Alarm signs", ALARM),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One contestant in one chart."""

    who: str
    plot: Markup
    value: str
    interval: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure, a bar for each contestant, Soleus first."""

    title: str
    better: str
    rows: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Charts under one heading."""

    title: str
    lead: str
    charts: tuple[Chart, ...]


def page_of(contest: Contest) -> str:
    """The whole page."""
    style, losses = _STYLE.read_text("utf-8"), losses_of(contest)
    made = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(digits=_digits, numbers=loss_numbers)
    return made.get_template("page.html.jinja").render(
        policy=f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none';"
        " form-action 'none'",
        style=Markup(style),  # noqa: S704 (our own file)
        run=contest.ours.results,
        halves=contest.halves,
        clear=[loss for loss in losses if loss.clear],
        unclear=[loss for loss in losses if not loss.clear],
        peers=contest.peers,
        left_out=contest.left_out,
        parts=[*_parts(contest), _costs(contest.peers)],
        notes=NOTES,
    )


def _parts(contest: Contest) -> Iterator[Part]:
    for half in contest.halves:
        for title, names in _GROUPS:
            charts = [_chart(contest, name, half, barred=False) for name in names]
            yield Part(f"{title}, {half} half", "", tuple(one for one in charts if one))
        charts = [_chart(contest, name, half, barred=True) for name in BARRED]
        yield Part(
            f"Abstention with the best bar, {half} half",
            "Each rival abstains below the sureness that gives it the best F1 on the dev half,"
            " which favours it there; Soleus keeps its own.",
            tuple(one for one in charts if one),
        )


def _chart(contest: Contest, name: str, half: str, *, barred: bool) -> Chart | None:
    """None when nobody has a value."""
    found = [(peer, peer.figure(name, half, barred=barred)) for peer in contest.peers]
    shown = [figure for _, figure in found if figure is not None]
    if not shown:
        return None
    return Chart(name, shown[0].better, tuple(_bar(peer.title, figure) for peer, figure in found))


def _bar(who: str, figure: Figure | None) -> Bar:
    if figure is None or figure.value is None:
        return Bar(who, Markup(), "–")
    interval = ""
    if figure.low is not None and figure.high is not None:
        interval = f"[{_digits(figure.low)}, {_digits(figure.high)}]"
    plot = bar_plot(figure.value, 1.0, figure.low, figure.high)
    return Bar(who, Markup(plot), _digits(figure.value), interval)  # noqa: S704 (numbers only)


def _costs(peers: tuple[Peer, ...]) -> Part:
    return Part(
        "What it took",
        "Each contestant in processes of its own. Memory is growth at the peak over a Python that"
        " has loaded nothing of it; building counts the libraries and the encoder.",
        (
            _cost("A reply, p50", " ms", peers, lambda peer: peer.cost.p50),
            _cost("A reply, p95", " ms", peers, lambda peer: peer.cost.p95),
            _cost("Build", " s", peers, lambda peer: peer.cost.build_seconds),
            _cost("Memory growth, build", " MB", peers, lambda peer: peer.cost.build_bytes / 1e6),
            _cost("Memory growth, answers", " MB", peers, lambda peer: peer.cost.ask_bytes / 1e6),
        ),
    )


def _cost(title: str, unit: str, peers: tuple[Peer, ...], value: Callable[[Peer], float]) -> Chart:
    top = max(value(peer) for peer in peers)
    rows = (
        Bar(
            peer.title,
            Markup(bar_plot(value(peer), top)),  # noqa: S704 (numbers only)
            f"{value(peer):.1f}{unit}",
        )
        for peer in peers
    )
    return Chart(title, "lower", tuple(rows))


def _digits(value: float) -> str:
    return f"{value:.3f}"


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
