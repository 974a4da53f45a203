"""Figures of a run as rows: the halves of one figure side by side, the rows in their groups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.results import Figure

HALVES = ("dev", "sealed")
"""Halves of the questions, in the order in which they are shown."""
JUDGE = "judge"
"""What figures of the support judge's own test give as their half."""
UNKNOWN = "–"
"""Stands where there is no number."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, by half."""

    name: str
    """Without its group's name in front: the group stands above it."""
    better: str
    by_half: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together, in the order of the run."""

    name: str
    rows: tuple[Row, ...]

    @property
    def axis(self) -> tuple[float, float]:
        """Where an axis for all of them begins and ends: half of 0 to 1 where that holds them."""
        figures = [figure for row in self.rows for figure in row.by_half.values()]
        found = [end for each in figures for end in (each.value, each.low, each.high, each.target)]
        ends = [end for end in found if end is not None]
        least, most = min(ends, default=0.0), max(ends, default=1.0)
        return (0.5 if least >= 0.5 else 0.0, 0.5 if most <= 0.5 else max(1.0, most))


def groups_of(figures: Iterable[Figure], halves: Sequence[str] = HALVES) -> tuple[Group, ...]:
    """The figures of these halves; groups and rows stand where they are first met."""
    found: dict[str, dict[str, dict[str, Figure]]] = {}
    for figure in figures:
        if figure.half in halves:
            rows = found.setdefault(figure.group, {})
            rows.setdefault(figure.name, {})[figure.half] = figure
    return tuple(
        Group(
            group,
            tuple(
                Row(
                    name.removeprefix(f"{group} "),
                    next(iter(by.values())).better,
                    {half: by[half] for half in halves if half in by},
                )
                for name, by in rows.items()
            ),
        )
        for group, rows in found.items()
    )


def is_met(figure: Figure) -> bool | None:
    """Whether the value reaches its target; None without a target or without a value."""
    if figure.target is None or figure.value is None:
        return None
    if figure.better == "lower":
        return figure.value <= figure.target
    return figure.value >= figure.target


def in_digits(value: float | None) -> str:
    """Three decimals; what is not quite 0 or 1 does not read as if it were."""
    if value is None:
        return UNKNOWN
    if 0.9995 <= value < 1:
        return ">.999"
    if 0 < value < 0.0005:
        return "<.001"
    return f"{value:.3f}"


def aim_of(row: Row) -> str:
    """What is aimed at, such as "≥ 0.95"; empty where nothing is."""
    sign = "≤" if row.better == "lower" else "≥"
    targets = {each.target for each in row.by_half.values() if each.target is not None}
    return " / ".join(f"{sign} {target:g}" for target in sorted(targets))
