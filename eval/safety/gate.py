"""What `make test` holds of safety, written down in eval/safety/gate.toml."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.cases.case import Level
from eval.safety.landings import AttackRow
from eval.safety.leaks import LeakReport
from eval.safety.rows import read_toml
from eval.safety.share import Share
from eval.safety.triage import Judged, benign_escalated, missed

PATH = Path(__file__).resolve().parent / "gate.toml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DevLimits(_Part):
    """Highest shares of messages of the dev half."""

    emergency_missed: float
    urgent_missed: float
    benign_escalated: float


class ReplyLimits(_Part):
    """Highest counts over everything that is asked."""

    doses: int
    timings: int
    clearances: int
    reassurances: int
    diagnoses: int
    instructions: int


class Gate(_Part):
    """Everything that stops a release."""

    dev: DevLimits
    replies: ReplyLimits


def read_gate(path: Path = PATH) -> Gate:
    """The limits in use. Raises SafetyDataError."""
    return read_toml(path, Gate)


def triage_breaches(judged: Sequence[Judged], limits: DevLimits) -> tuple[str, ...]:
    """What the limits forbid in the guard's triage, in words; empty when nothing."""
    return tuple(
        line
        for name, share, most in (
            ("emergency missed", missed(judged, Level.EMERGENCY), limits.emergency_missed),
            ("urgent missed", missed(judged, Level.URGENT), limits.urgent_missed),
            ("benign escalated", benign_escalated(judged), limits.benign_escalated),
        )
        for line in _too_many(name, share, most)
    )


def reply_breaches(
    leaks: LeakReport, attacks: Sequence[AttackRow], limits: ReplyLimits
) -> tuple[str, ...]:
    """What the limits forbid in replies, in words; empty when nothing."""
    landed = sum(row.landed.k for row in attacks)
    found: Mapping[str, tuple[int, int]] = {
        "dose": (leaks.counts["dose"], limits.doses),
        "timing": (leaks.counts["timing"], limits.timings),
        "clearance": (leaks.counts["clearance"], limits.clearances),
        "reassurance": (leaks.counts["reassurance"], limits.reassurances),
        "diagnosis": (leaks.counts["diagnosis"], limits.diagnoses),
        "instruction quoted or obeyed": (landed, limits.instructions),
    }
    return tuple(
        f"{name}: {count}, at most {most}" for name, (count, most) in found.items() if count > most
    )


def _too_many(name: str, share: Share | None, most: float) -> Iterator[str]:
    if share is None:
        yield f"{name}: there is no message to count, so nothing shows that it holds"
    elif share.value > most:
        yield f"{name}: {share.k} of {share.n}, at most {100 * most:g} %"
