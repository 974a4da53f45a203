"""The whole run: every contestant at every size, each step in a process of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Timer
from typing import Any

from eval.bench.growth.exact import recall_at
from eval.bench.growth.measures import OURS
from eval.bench.growth.plan import TOP, EncoderName, Plan
from eval.bench.growth.reference import read_exact
from eval.bench.growth.result import Cell, Growth, Rate, load, now, read_growth, write_growth
from eval.bench.memory import disk_bytes, memory_of
from eval.bench.process import BenchError, Measured, running
from eval.errors import EvalError
from index.spec import EXACT_PASSAGES

CONTESTANTS = {"ours": OURS, "llama": "LlamaIndex", "chroma": "Chroma"}
"""Folder and name of each; ours first, because the others are given what it cut."""
_EXACT_WHEN_REAL = 500
"""A few thousand passages are all that the real encoder makes in minutes: so few would be compared
one by one, and nothing would be seen of how well its vectors suit the approximate part."""
Tell = Callable[[str], None]


class StoppedError(EvalError):
    """A contestant did not finish a step; larger sizes are not tried."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a rival may take; ours is not limited."""

    seconds: float
    """For one step."""
    memory: int
    """Bytes it may allocate."""


@dataclass(slots=True)
class Runner:
    """Measures, and writes down what was found after every step."""

    kept: Path
    """The file of figures; an earlier run's are added to."""
    work: Path
    """Folder for indexes: some 12 GB at a million passages, 1.5 GB at a hundred thousand."""
    limits: Limits
    repeats: int
    """Documents that are added, changed and deleted."""
    tell: Tell
    questions: int = 200

    def run(
        self, sizes: Sequence[int], rivals: Sequence[str], encoder: EncoderName = "made"
    ) -> Growth:
        """Every size, smallest first. Raises BenchError."""
        out: dict[str, str] = {}
        for size in sorted(sizes):
            plan = self._plan(size, encoder)
            self._measure("ours", plan, ("build", "reference", "search", "cold", "near", "grow"))
            for who in rivals:
                if who in out:
                    self._note(who, plan, f"not tried: {out[who]}")
                    continue
                try:
                    self._measure(who, plan, ("build", "search", "cold", "grow"))
                except StoppedError as error:
                    out[who] = f"stopped at {size:,} passages ({error})"
                    self._note(who, plan, f"stopped: {error}")
        return read_growth(self.kept)

    def folder(self, sizes: Sequence[int]) -> Growth:
        """A club's folder of so many documents' files, put on the shelf and synced.

        Raises BenchError.
        """
        for size in sorted(sizes):
            self._measure("ours", self._plan(size, "made"), ("fill", "sync"))
        return read_growth(self.kept)

    def rate(self, size: int) -> Growth:
        """The real encoder's speed, alone and in a build. Raises BenchError."""
        self.tell("the real encoder, alone and in a build")
        plan = self._plan(size, "real")
        Path(plan.folder).mkdir(parents=True, exist_ok=True)
        with self._probe("ours", "rate", plan) as process:
            values = process.wait_for("done")["values"]
        found = Rate(**{**values, "texts": int(values["texts"])}, measured_at=now())
        growth = replace(read_growth(self.kept), rate=found)
        write_growth(self.kept, growth)
        return growth

    def _plan(self, size: int, encoder: EncoderName) -> Plan:
        folder = self.work / f"{encoder}-{size}"
        memory = self.limits.memory
        exact = EXACT_PASSAGES if encoder == "made" else _EXACT_WHEN_REAL
        return Plan(str(folder), size, encoder, self.questions, self.repeats, memory, exact)

    def _measure(self, who: str, plan: Plan, steps: Sequence[str]) -> None:
        """One contestant at one size. Raises BenchError, and StoppedError for a rival."""
        for step in steps:
            self.tell(f"{plan.size:,} passages: {CONTESTANTS[who]}, {step}")
            values, notes = self._step(who, step, plan)
            growth = read_growth(self.kept)
            before = growth.cell(CONTESTANTS[who], plan.size, plan.encoder)
            if before is None or step == "build":
                before = self._empty(who, plan, growth)
            passages = int(values.pop("passages", before.passages))
            cell = replace(
                before,
                documents=plan.shelf.documents,
                passages=passages,
                measured_at=now(),
                load=load(),
                values={**before.values, **values},
                notes=(*before.notes, *notes),
            )
            write_growth(self.kept, growth.with_cell(cell))

    def _empty(self, who: str, plan: Plan, growth: Growth) -> Cell:
        ours = growth.cell(OURS, plan.size, plan.encoder)
        passages = plan.size if ours is None or who == "ours" else ours.passages
        name = CONTESTANTS[who]
        return Cell(name, plan.size, plan.encoder, plan.shelf.documents, passages, now(), load())

    def _step(self, who: str, step: str, plan: Plan) -> tuple[dict[str, float], list[str]]:
        with self._probe(who, step, plan) as process, self._limited(who, process):
            start = {}
            if step == "search":
                self._heard(process, "opened")
                start["start_s"] = process.age
            said = self._heard(process, "done")
            values = {**said["values"], **start, **self._memory(step, process)}
        if step == "build":
            values["disk_mb"] = disk_bytes(plan.place(who)) / 1e6
        if step == "search":
            values["recall"] = _recall(who, plan, said["found"])
        return {k: v for k, v in values.items() if k not in ("documents", "sentences")}, said[
            "notes"
        ]

    def _heard(self, process: Measured, event: str) -> dict[str, Any]:
        """A report; that it stopped is an error."""
        said = process.wait_for(event, "stopped")
        if said["event"] == "stopped":
            raise StoppedError(said["why"])
        return said

    def _memory(self, step: str, process: Measured) -> dict[str, float]:
        held = memory_of(process.process.pid)
        if step == "build":
            return {"build_peak_mb": held.peak / 1e6}
        if step != "search":
            return {}
        return {
            "anon_mb": held.anonymous / 1e6,
            "file_mb": held.file / 1e6,
            "peak_mb": held.peak / 1e6,
        }

    @contextmanager
    def _limited(self, who: str, process: Measured) -> Iterator[None]:
        """Ends a rival that takes too long. Raises StoppedError for one that ended early."""
        if who == "ours":
            yield
            return
        timer = Timer(self.limits.seconds, process.process.kill)
        timer.start()
        try:
            yield
        except BenchError as error:
            late = process.age >= self.limits.seconds
            why = f"not done within {self.limits.seconds:.0f} s" if late else _ended(self.limits)
            raise StoppedError(why) from error
        finally:
            timer.cancel()
            timer.join()

    def _probe(self, who: str, step: str, plan: Plan) -> Any:  # noqa: ANN401
        return running(["-m", "eval.bench.growth.probe", who, step, plan.as_argument()])

    def _note(self, who: str, plan: Plan, note: str) -> None:
        growth = read_growth(self.kept)
        cell = growth.cell(CONTESTANTS[who], plan.size, plan.encoder)
        cell = cell or self._empty(who, plan, growth)
        write_growth(self.kept, growth.with_cell(replace(cell, notes=(*cell.notes, note))))


def _ended(limits: Limits) -> str:
    return f"its process ended; it may allocate {limits.memory / 1e9:.0f} GB"


def _recall(who: str, plan: Plan, found: Sequence[Sequence[str]]) -> float:
    """Ours against the exact ranking; a rival, which knows vectors only, against exact cosines."""
    ranked, meaning = read_exact(plan.reference)
    exact = ranked if who == "ours" else meaning
    each = [recall_at(TOP, names, best) for names, best in zip(found, exact, strict=True)]
    return sum(each) / len(each)
