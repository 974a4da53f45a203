"""What a contestant must be able to do, and the steps each is measured in, the same for all."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Protocol

from eval.bench.growth.plan import TOP, Plan
from eval.bench.growth.reference import Given, Questions, read_questions
from eval.bench.growth.timed import Lap
from eval.bench.summary import percentile
from eval.errors import EvalError
from index.chunk import split_document
from index.encode import Encoder, Vectors, passage_text
from index.spec import PASSAGE_BUDGET

Find = Callable[[str, Vectors], Sequence[str]]
"""Ids of the ten best passages for a question and its vector, best first."""


class MissingError(EvalError):
    """A rival is not installed."""


class WrongError(EvalError):
    """A contestant does not find what it must: its speed would say nothing."""


@dataclass(slots=True)
class Said:
    """What one step found out."""

    values: dict[str, float] = field(default_factory=dict)
    """By the key of a measure."""
    notes: list[str] = field(default_factory=list)
    found: list[list[str]] = field(default_factory=list)
    """For each timed question, the ids that were found."""


class Contestant(Protocol):
    """Builds, changes and opens an index of the plan's passages in a folder of its own."""

    def build(self) -> Said:
        """The whole index, new."""

    def grow(self) -> Said:
        """Documents added, changed and deleted, one after the other; seen to have worked."""

    def open(self) -> Find:
        """What `build` left, ready to be searched."""


class Rival(Protocol):
    """As much of a rival as `grow_rival` needs."""

    def insert(self, passages: Given, document_id: str) -> None:
        """Puts a document in, for good."""

    def delete(self, document_id: str) -> None:
        """Takes one out, for good. Raises NotImplementedError."""

    def find(self, question: str, vector: Vectors) -> Sequence[str]:
        """As it stands now."""


def search(plan: Plan, open_: Callable[[], Find], opened: Callable[[], None]) -> Said:
    """Opens, tells that it has found something, and finds every question against the clock."""
    questions = read_questions(plan.reference)
    started = time.perf_counter()
    find = open_()
    find(questions.texts[0], questions.vectors[0])
    took = time.perf_counter() - started
    opened()
    for question, vector in questions.warm_up:
        find(question, vector)
    said = _ask(find, questions)
    said.values["open_s"] = took
    return said


def _ask(find: Find, questions: Questions) -> Said:
    said, times = Said(), []
    for question, vector in questions.timed:
        started = time.perf_counter()
        found = find(question, vector)
        times.append(1000 * (time.perf_counter() - started))
        said.found.append(list(found))
    said.values.update(p50_ms=percentile(times, 50), p95_ms=percentile(times, 95))
    return said


def open_cold(plan: Plan, folder: Path, open_: Callable[[], Find]) -> Said:
    """Opens and finds once, after the system was told to forget the files."""
    questions = read_questions(plan.reference)
    forget(folder)
    started = time.perf_counter()
    open_()(questions.texts[0], questions.vectors[0])
    return Said({"cold_s": time.perf_counter() - started})


def forget(folder: Path) -> None:
    """Asks the system to drop what it holds of the files in a folder; where it cannot, nothing."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)  # what is not written yet is not let go
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)


def given_of(plan: Plan, number: int, edition: int, encoder: Encoder) -> Given:
    """One document as a rival is handed it."""
    passages = tuple(split_document(plan.shelf.document(number, edition), encoder, PASSAGE_BUDGET))
    texts = tuple(passage_text(each, encoder) for each in passages)
    return Given(tuple(each.id for each in passages), texts, encoder.encode(texts))


def grow_rival(plan: Plan, rival: Rival, encoder: Encoder) -> Said:
    """Documents added, changed and deleted; the vectors are given and not counted."""
    first = plan.shelf.documents
    added = [given_of(plan, first + n, 0, encoder) for n in range(plan.repeats)]
    changed = [given_of(plan, n, 1, encoder) for n in range(plan.repeats)]
    name = plan.shelf.source

    def change(n: int) -> None:
        rival.delete(name(n).id)
        rival.insert(changed[n], name(n).id)

    said = Said()
    steps: Mapping[str, Callable[[int], None]] = {
        "add": lambda n: rival.insert(added[n], name(first + n).id),
        "change": change,
        "delete": lambda n: rival.delete(name(first + n).id),
    }
    for what, step in steps.items():
        try:
            said.values.update(summed(what, [_lap(step, n) for n in range(plan.repeats)]))
        except NotImplementedError:
            said.notes.append(f"{what}: it has no way to delete")
            continue
        if what == "delete":
            see_gone(rival.find(added[0].texts[0], added[0].vectors[0]), name(first).id)
        else:
            new = (added if what == "add" else changed)[0]
            at = new.differing(given_of(plan, 0, 0, encoder)) if what == "change" else 0
            see_found(rival.find(new.texts[at], new.vectors[at]), new.ids[at])
    return said


def _lap(step: Callable[[int], None], number: int) -> Lap:
    started = time.perf_counter()
    step(number)
    took = time.perf_counter() - started
    return Lap(took, took, 0)


def summed(what: str, laps: Sequence[Lap]) -> dict[str, float]:
    """The figures of a step that was done several times: the median, and the slowest of adding."""
    values = {f"{what}_s": median(each.beyond for each in laps)}
    if what == "add":
        values["add_worst_s"] = max(each.beyond for each in laps)
    return values


def see_found(found: Sequence[str], wanted: str) -> None:
    """Raises WrongError unless a passage is found first by its own words."""
    if not found or found[0] != wanted:
        raise WrongError(f"{wanted} was put in and is not found first by its own words.")


def see_gone(found: Sequence[str], document_id: str) -> None:
    """Raises WrongError if any passage of a document is still found."""
    if any(each.startswith(f"{document_id}:") for each in found[:TOP]):
        raise WrongError(f"{document_id} was taken out and is still found.")
