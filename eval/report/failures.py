"""The cases that failed, without a word of the sealed ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from eval.results import CaseResult

SEALED = "sealed"


def failed(cases: Iterable[CaseResult]) -> tuple[CaseResult, ...]:
    """What did not pass: harmful ones first, then critical ones, then as they stand."""
    wrong = [shielded(case) for case in cases if not case.passed]
    return tuple(sorted(wrong, key=lambda case: (not case.harmful, not case.critical)))


def shielded(case: CaseResult) -> CaseResult:
    """The case as it may be shown; a sealed one loses every word, should it hold any.

    Runs keep none of them, but a file of results may come from anywhere.
    """
    if case.half != SEALED:
        return case
    return replace(
        case,
        tags=(),
        reasons=kinds_of(case),
        question="",
        earlier=(),
        expected="",
        ending="",
        message="",
        sentences=(),
        uncovered=(),
        missing=(),
    )


def kinds_of(case: CaseResult) -> tuple[str, ...]:
    """What sorts of thing are wrong, each once: reasons up to their colon, without numbers."""
    return tuple(dict.fromkeys(_kind(reason) for reason in case.reasons))


def _kind(reason: str) -> str:
    return re.sub(r"\d+", "n", reason.partition(":")[0]).strip()


def counted(kinds: Iterable[str]) -> Sequence[tuple[str, int]]:
    """Each with how often it comes, most often first, then by name."""
    found: dict[str, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))
