"""Two runs over the same questions: what got better, what worse, and what is noise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from eval.report.failures import SEALED
from eval.report.pairs import Difference, difference, holm
from eval.report.rows import HALVES
from eval.results import CaseResult, Results, ResultsError

LEVEL = 0.05
"""Chance, corrected for the number of comparisons, below which a difference is called one."""
PASSED = "passed"
"""The comparison of whole cases, next to those of single figures."""
_Pair = tuple[CaseResult, CaseResult]


class Outcome(StrEnum):
    """What a difference amounts to."""

    BETTER = "better"
    WORSE = "worse"
    NOISE = "within noise"


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of one half, in both runs, over the cases that both scored."""

    half: str
    name: str
    before: float
    after: float
    difference: Difference
    corrected: float
    """The difference's `chance`, by Holm's correction for everything compared."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Changed:
    """Cases of one half that turned."""

    half: str
    right: int
    """Failed before, pass now."""
    wrong: int
    """Passed before, fail now."""
    now_right: tuple[str, ...]
    now_wrong: tuple[str, ...]
    """Their ids; of the sealed half none, which would tell what to tune on."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run B beside run A."""

    before: str
    after: str
    """Each as "provider at commit"."""
    paired: int
    """Cases in both."""
    left_out: int
    """Cases in one only."""
    same_questions: bool
    figures: tuple[Compared, ...]
    changed: tuple[Changed, ...]


def compare(a: Results, b: Results, anyway: bool = False) -> Comparison:
    """`b` against `a`, case by case.

    Args:
        a: The run before.
        b: The run after.
        anyway: Compare although the questions or their labels differ: by id, then.

    Raises:
        ResultsError: they were asked different questions, or no case is in both.
    """
    if a.questions != b.questions and not anyway:
        raise ResultsError(
            f"{a.commit} was asked questions {a.questions}, {b.commit} questions {b.questions}:"
            " differences would be the questions' as much as the runs'. Run one of them anew, or"
            " compare the cases of the same id with --anyway."
        )
    first, second = ({(case.half, case.id): case for case in run.cases} for run in (a, b))
    pairs = [(first[key], second[key]) for key in first if key in second]
    if not pairs:
        raise ResultsError(f"No case is in both {a.commit} and {b.commit}: nothing to compare.")
    lower = {figure.name for run in (a, b) for figure in run.figures if figure.better == "lower"}
    halves = [half for half in HALVES if any(case.half == half for case, _ in pairs)]
    return Comparison(
        before=f"{a.provider} at {a.commit}",
        after=f"{b.provider} at {b.commit}",
        paired=len(pairs),
        left_out=len(first) + len(second) - 2 * len(pairs),
        same_questions=a.questions == b.questions,
        figures=_judged([one for half in halves for one in _compared(half, pairs, lower)], lower),
        changed=tuple(_changed(half, pairs) for half in halves),
    )


def _compared(half: str, pairs: Sequence[_Pair], lower: set[str]) -> Iterator[Compared]:
    here = [pair for pair in pairs if pair[0].half == half]
    names = dict.fromkeys(name for before, _ in here for name in before.scores)
    yield _of_scores(half, PASSED, [(float(old.passed), float(new.passed)) for old, new in here])
    for name in names:
        scores = [(old.scores.get(name), new.scores.get(name)) for old, new in here]
        both = [(old, new) for old, new in scores if old is not None and new is not None]
        if name != PASSED and both:
            yield _of_scores(half, name, both)


def _of_scores(half: str, name: str, scores: Sequence[tuple[float, float]]) -> Compared:
    before, after = [old for old, _ in scores], [new for _, new in scores]
    return Compared(
        half=half,
        name=name,
        before=sum(before) / len(before),
        after=sum(after) / len(after),
        difference=difference(before, after),
        corrected=1.0,
        outcome=Outcome.NOISE,
    )


def _judged(found: Sequence[Compared], lower: set[str]) -> tuple[Compared, ...]:
    """With what each amounts to, given how many were looked at."""
    corrected = holm([one.difference.chance for one in found])
    return tuple(
        replace(one, corrected=chance, outcome=_outcome(one, chance, one.name in lower))
        for one, chance in zip(found, corrected, strict=True)
    )


def _outcome(one: Compared, chance: float, lower: bool) -> Outcome:
    if chance > LEVEL:
        return Outcome.NOISE
    return Outcome.BETTER if (one.difference.value > 0) is not lower else Outcome.WORSE


def _changed(half: str, pairs: Sequence[_Pair]) -> Changed:
    here = [(old, new) for old, new in pairs if old.half == half]
    right = tuple(sorted(new.id for old, new in here if new.passed and not old.passed))
    wrong = tuple(sorted(new.id for old, new in here if old.passed and not new.passed))
    named = half != SEALED
    return Changed(half, len(right), len(wrong), right if named else (), wrong if named else ())


def lines_of(found: Comparison) -> tuple[str, ...]:
    """The comparison for the terminal."""
    return (*_head(found), "", *_table(found.figures), *_turned(found.changed))


def _head(found: Comparison) -> Iterator[str]:
    yield f"A  {found.before}"
    yield f"B  {found.after}"
    yield f"{found.paired} cases in both, {found.left_out} in one only and left out"
    if not found.same_questions:
        yield "The questions differ: cases are paired by id, though a case may have changed."
    yield (
        f"{len(found.figures)} figures compared: by chance alone about one in twenty would stand"
        " out."
    )
    yield (
        f"So a difference counts only if its p, by Holm's correction for all of them, is at most"
        f" {LEVEL:g}."
    )


def _table(figures: Sequence[Compared]) -> Iterator[str]:
    gain = "B less A [95 % interval]"
    yield f"{'':34} {'A':>6} {'B':>6} {gain:>24} {'cases':>5} {'p':>6}"
    for one in figures:
        gain = (
            f"{one.difference.value:+.3f} [{one.difference.low:+.3f}, {one.difference.high:+.3f}]"
        )
        yield (
            f"{one.half:6} {one.name:27} {one.before:6.3f} {one.after:6.3f} {gain:>24}"
            f" {one.difference.cases:5} {one.corrected:6.3f} {one.outcome.value}"
        )


def _turned(changed: Sequence[Changed]) -> Iterator[str]:
    for half in changed:
        yield ""
        yield f"{half.half}: {half.right} now right, {half.wrong} now wrong"
        if half.half == SEALED:
            yield "  (of sealed cases only counts are given)"
        if half.now_right:
            yield f"  now right: {', '.join(half.now_right)}"
        if half.now_wrong:
            yield f"  now wrong: {', '.join(half.now_wrong)}"


def as_json(found: Comparison) -> Mapping[str, object]:
    """The same for keeping; keys are the fields of `Comparison`, and `format` (1)."""
    return {"format": 1, **asdict(found)}
