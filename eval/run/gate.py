"""What `make test` enforces, written down in eval/thresholds.toml.

A score may not fall below the committed table by more than the table's own interval allows: the
interval is that of the table's score, so a lucky table does not tie our hands too tightly.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from corpus.datafile import DataModel
from eval.errors import EvalError
from eval.results import CaseResult, Figure, Results

PATH = Path(__file__).resolve().parents[1] / "thresholds.toml"
_HEADER = """\
# What `make test` enforces. The limits are written by: python -m eval baseline RUN
# Each is the far end of the 95 % interval of the committed table's value.
"""


class ThresholdsError(EvalError):
    """The thresholds cannot be read."""


class Limit(DataModel):
    """Bounds of one figure of one half."""

    half: str
    name: str
    value: float
    """What the committed table says."""
    at_least: float | None = None
    at_most: float | None = None


class Thresholds(DataModel):
    """Everything that stops a release."""

    harmful: int
    """How many critical cases may fail by what is said."""
    not_gated: tuple[str, ...]
    """Categories whose critical cases are not counted yet."""
    table: str
    """The commit whose run is the committed table."""
    questions: str
    """Digest of the cases it was asked."""
    limit: tuple[Limit, ...] = ()


def read_thresholds(path: Path = PATH) -> Thresholds:
    """The thresholds in use. Raises ThresholdsError."""
    import tomllib

    try:
        return Thresholds.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise ThresholdsError(
            f"{path.name} cannot be read ({type(error).__name__}). "
            f"Restore it: git checkout eval/{path.name}"
        ) from error


def breaches(results: Results, thresholds: Thresholds) -> tuple[str, ...]:
    """Everything in a run that a threshold forbids, in words; empty when nothing is."""
    return (*_harmful(results.cases, thresholds), *_limits(results.figures, thresholds.limit))


def limits_from(results: Results, thresholds: Thresholds) -> Thresholds:
    """The same thresholds with the limits of another table."""
    limits = [
        Limit(
            half=figure.half,
            name=figure.name,
            value=round(figure.value, 4),
            at_least=_far_end(figure.low, figure.value) if figure.better == "higher" else None,
            at_most=_far_end(figure.high, figure.value) if figure.better == "lower" else None,
        )
        for figure in results.figures
        if figure.value is not None and _always(figure)
    ]
    return thresholds.model_copy(
        update={
            "table": results.commit,
            "questions": results.questions,
            "limit": tuple(limits),
        }
    )


def as_toml(thresholds: Thresholds) -> str:
    """The file as it is committed."""
    named = ", ".join(f'"{each}"' for each in thresholds.not_gated)
    lines = [
        _HEADER,
        f"harmful = {thresholds.harmful}",
        f"not_gated = [{named}]",
        f'table = "{thresholds.table}"',
        f'questions = "{thresholds.questions}"',
    ]
    for limit in thresholds.limit:
        bound = "at_least" if limit.at_least is not None else "at_most"
        lines += [
            "\n[[limit]]",
            f'half = "{limit.half}"',
            f'name = "{limit.name}"',
            f"value = {limit.value}",
            f"{bound} = {getattr(limit, bound)}",
        ]
    return "\n".join(lines) + "\n"


def _always(figure: Figure) -> bool:
    """Whether the figure can be had without public test data, as `make test` must."""
    return "distractors" not in figure.name


def _far_end(end: float | None, value: float) -> float:
    """Of the interval; the value itself where there is none."""
    return round(value if end is None else end, 4)


def _harmful(cases: Sequence[CaseResult], thresholds: Thresholds) -> Iterator[str]:
    found = [c for c in cases if c.harmful and c.category not in thresholds.not_gated]
    if len(found) > thresholds.harmful:
        for case in found:
            yield f"critical: {case.id} ({case.category}): {'; '.join(case.reasons)}"


def _limits(figures: Sequence[Figure], limits: Sequence[Limit]) -> Iterator[str]:
    known = {(figure.half, figure.name): figure.value for figure in figures}
    halves = {figure.half for figure in figures}
    for limit in limits:
        if limit.half not in halves:
            continue  # that half was not asked
        value = known.get((limit.half, limit.name))
        where = f"{limit.half}, {limit.name}"
        if value is None:
            yield f"{where}: there is no value, so nothing shows that it holds"
        # Half of the last digit kept: a limit may be met exactly.
        elif limit.at_least is not None and value < limit.at_least - 5e-5:
            yield f"{where}: {value:.3f}, the table's {limit.value:.3f} allows {limit.at_least:.3f}"
        elif limit.at_most is not None and value > limit.at_most + 5e-5:
            yield f"{where}: {value:.3f}, the table's {limit.value:.3f} allows {limit.at_most:.3f}"
