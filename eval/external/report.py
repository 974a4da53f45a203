"""What a public test set says of us, beside what has been published on it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from eval.errors import EvalError


class ExternalError(EvalError):
    """A public test set cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one method."""

    method: str
    measure: str
    value: float
    low: float | None = None
    high: float | None = None
    """Ends of the 95 % interval, where there is one."""
    n: int | None = None
    """How many cases it rests on, where that is known."""
    published: bool = False
    """Whether somebody else measured it, under conditions of their own."""
    source: str = ""
    """Where a published figure stands, and under which conditions it was measured."""


@dataclass(frozen=True, slots=True)
class ExternalReport:
    """One test set."""

    name: str
    what: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """Losses and cautions, in plain words."""


def lines_of(report: ExternalReport) -> tuple[str, ...]:
    """The report in words, ours first; every source once, numbered."""
    ordered = sorted(report.rows, key=lambda row: row.published)
    sources = tuple(dict.fromkeys(row.source for row in ordered if row.source))
    method = max((len(row.method) for row in ordered), default=0)
    measure = max((len(row.measure) for row in ordered), default=0)
    return (
        f"{report.name}: {report.what}",
        *(
            _line(row, f"{row.method:{method}}  {row.measure:{measure}}", sources)
            for row in ordered
        ),
        *(f"  [{number}] {source}" for number, source in enumerate(sources, 1)),
        *(f"  - {note}" for note in report.notes),
    )


def as_json(report: ExternalReport) -> Mapping[str, object]:
    """The same for keeping."""
    return asdict(report)


def _line(row: Row, named: str, sources: tuple[str, ...]) -> str:
    sure = "" if row.low is None else f" [{row.low:.3f}, {row.high:.3f}]"
    of = "" if row.n is None else f"  n = {row.n}"
    whose = "  published" if row.published else ""
    where = f" [{sources.index(row.source) + 1}]" if row.source else ""
    return f"  {named}  {row.value:.3f}{sure}{of}{whose}{where}"
