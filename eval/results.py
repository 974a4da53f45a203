"""Everything one run of the evaluation found, as it is kept in eval/results/."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.errors import EvalError
from eval.whole import write_whole

FORMAT = 1
FOLDER = Path(__file__).resolve().parent / "results"


class ResultsError(EvalError):
    """A kept run cannot be read."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one half, with how sure it is."""

    half: str
    """`dev`, `sealed`, or `judge` for the support judge's own test."""
    group: str
    """`retrieval`, `citations`, `faithfulness`, `answers`, `abstention`, `escalation`, ..."""
    name: str
    value: float | None
    """None when there was nothing to score: never 0 for want of data."""
    low: float | None
    high: float | None
    """Ends of the 95 % interval."""
    scored: int
    """How many cases, sentences or citations the number rests on."""
    unscored: int
    """How many could not be judged; they are in no number."""
    better: str = "higher"
    """`higher` or `lower`."""
    target: float | None = None
    """What we want to reach, where we have said so."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One sentence of a reply, as kept for reading."""

    text: str
    attribution: str
    quotes: tuple[str, ...]
    documents: tuple[str, ...]
    bears: bool | None
    """Whether it bears on the question, as labelled; None if nobody has said."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case went. Of a sealed case only what totals need: no question, no reply."""

    id: str
    half: str
    category: str
    behaviour: str
    tags: tuple[str, ...]
    critical: bool
    passed: bool
    harmful: bool
    """Whether it is a critical case that failed by what was said: one stops a release."""
    reasons: tuple[str, ...]
    """What is wrong with the reply, in plain words; empty when it passed."""
    scores: Mapping[str, float | None]
    """This case's part in each figure, for paired comparisons between runs; None is unscored."""
    question: str = ""
    earlier: tuple[str, ...] = ()
    expected: str = ""
    ending: str = ""
    message: str = ""
    sentences: tuple[Quoted, ...] = ()
    uncovered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Words on the shelf that a right reply would have quoted, and this one did not."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Abstention if everything less sure than `bar` were abstained from."""

    bar: float
    precision: float | None
    recall: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Precision and recall of abstention over every bar, and where we stand."""

    half: str
    points: tuple[CurvePoint, ...]
    working: CurvePoint


@dataclass(frozen=True, slots=True)
class Stage:
    """Milliseconds one stage took, over the cases."""

    name: str
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Results:
    """One run."""

    format: int
    commit: str
    """First 12 digits, with `-dirty` when the tree held uncommitted changes."""
    committed_at: str
    """ISO 8601; empty if unknown. Runs are ordered by it."""
    measured_at: str
    provider: str
    questions: str
    """First 12 digits of the SHA-256 of the cases: runs on other cases are not compared."""
    cases_asked: int
    sealed_runs: int
    """How often the sealed half was scored so far, this time included; 0 if not in this run."""
    seconds: float
    figures: tuple[Figure, ...]
    curves: tuple[Curve, ...]
    stages: tuple[Stage, ...]
    cases: tuple[CaseResult, ...]


_ADAPTER = TypeAdapter(Results)


def write_results(results: Results, path: Path) -> None:
    """Whole or not at all."""
    write_whole(path, _ADAPTER.dump_json(results, indent=1) + b"\n")


def read_results(path: Path) -> Results:
    """A kept run. Raises ResultsError, naming the file and what to do."""
    try:
        found = _ADAPTER.validate_json(path.read_bytes())
    except OSError as error:
        raise ResultsError(f"{path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        raise ResultsError(
            f"{path.name} is not a run this version can read. Run anew: python -m eval"
        ) from error
    if found.format != FORMAT:
        raise ResultsError(f"{path.name} has format {found.format}, not {FORMAT}.")
    return found
