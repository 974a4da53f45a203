"""Both versions of answers, A and B in random order, to be read without knowing which is which."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

from eval.errors import EvalError
from eval.written.case_run import Came, CaseRun


class SideBySideError(EvalError):
    """There is nothing to read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read, and the key to it."""

    text: str
    """Markdown."""
    key: str
    """JSON: which version A and B were, by number."""
    cases: int


def side_by_side(runs: Sequence[CaseRun], most: int, seed: int | None = None) -> Reading:
    """Up to so many answers of the dev half in which something stands in the model's own words.

    `seed`: for the order; else it is drawn anew. Raises SideBySideError.
    """
    chosen = [run for run in runs if _differs(run)][:most]
    if not chosen:
        raise SideBySideError(
            "No answer of the dev half is in the model's own words, so there is nothing to compare."
            " Ask more questions: --questions 60"
        )
    drawn = random.Random(seed)  # noqa: S311 (an order to read in, no secret)
    parts, key = [_HEAD], {}
    for number, run in enumerate(chosen, start=1):
        versions = [("quotes", run.quotes_shown), ("model", run.words_shown)]
        drawn.shuffle(versions)
        (a, text_a), (b, text_b) = versions
        key[str(number)] = {"case": run.id, "A": a, "B": b}
        parts.append(
            f"## {number}\n\n> {run.question}\n\n### A\n\n{text_a}\n\n### B\n\n{text_b}\n\n"
            "Reads better (A, B, same): \n\nAnswers the question better (A, B, same): \n"
        )
    return Reading("\n".join(parts), json.dumps(key, indent=1) + "\n", len(chosen))


def _differs(run: CaseRun) -> bool:
    counted = run.sentences
    own = counted is not None and counted.written > 0
    return run.came is Came.WORDED and bool(run.words_shown) and own


_HEAD = """\
# Two answers to each question

Which reads better, as an answer to that question? Write A, B or same; look at the key afterwards.
"""
