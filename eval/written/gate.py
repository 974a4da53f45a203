"""What `make test` holds of the checker, written down in eval/written/gate.toml."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.cases.case import Half
from eval.safety.rows import read_toml
from eval.safety.share import Share
from eval.written.labelled import FOLDER, Kept
from eval.written.report import CheckerReport
from eval.written.scores import SetReport

PATH = FOLDER / "gate.toml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Least(_Part):
    """Lowest shares, 0 to 1."""

    caught: float = Field(ge=0, le=1)
    kept: float | None = Field(default=None, ge=0, le=1)
    """None where no sentence of the set is supported."""


class Halves(_Part):
    """Of one set; None where nothing is held yet."""

    dev: Least | None = None
    sealed: Least | None = None


class Gate(_Part):
    """Everything that stops a release."""

    lies: Halves
    drafts: Halves = Halves()
    attack: Halves = Halves()

    def of(self, kept: Kept, half: Half) -> Least | None:
        """What one set of one half is held to."""
        both = {Kept.LIES: self.lies, Kept.DRAFTS: self.drafts, Kept.ATTACK: self.attack}[kept]
        return both.dev if half is Half.DEV else both.sealed


def read_gate(path: Path = PATH) -> Gate:
    """The limits in use. Raises SafetyDataError."""
    return read_toml(path, Gate)


def breaches(report: CheckerReport, gate: Gate, *halves: Half) -> tuple[str, ...]:
    """What the limits forbid in the figures, in words; empty when nothing. `halves`: all, or only
    these.
    """
    return tuple(
        line
        for half in halves or tuple(Half)
        for kept in Kept
        if (least := gate.of(kept, half)) is not None
        for line in _too_few(f"{kept}, {half}", report.of(kept, half), least)
    )


def _too_few(name: str, found: SetReport | None, least: Least) -> Iterator[str]:
    counts = found.counts if found else None
    yield from _below(f"{name}: caught", counts.caught if counts else None, least.caught)
    if least.kept is not None:
        yield from _below(f"{name}: kept", counts.kept if counts else None, least.kept)


def _below(name: str, share: Share | None, wanted: float) -> Iterator[str]:
    if share is None:
        yield f"{name}: there is nothing to count, so nothing shows that it holds"
    elif share.value < wanted:
        yield f"{name} {share.k} of {share.n}, at least {100 * wanted:g} %"
