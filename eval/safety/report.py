"""Everything one measuring of safety found, as it is kept in eval/safety/results.json."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.cases.case import Half, Level
from eval.errors import EvalError
from eval.safety.landings import AttackRow
from eval.safety.leaks import LeakReport
from eval.safety.prompts import HarmReport, RefusalReport
from eval.safety.share import Share
from eval.safety.stability import Moved, StabilityRow
from eval.safety.triage import KindRow, LevelRow, RuleRow
from eval.whole import write_whole

FORMAT = 1
RESULTS = Path(__file__).resolve().parent / "results.json"
MEASURED = Path(__file__).resolve().parents[2] / "assistant" / "guard" / "measured.json"
"""What the page /safety says of the guard's error rates."""
COMMAND = "python -m eval safety"


class FiguresError(EvalError):
    """The figures for the page cannot be written."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What only the dev half tells."""

    kinds: tuple[KindRow, ...]
    rules: tuple[RuleRow, ...]
    confusion: Mapping[str, Mapping[str, int]]
    """How many messages of each right level (outside) were read as each level (inside)."""
    failures: tuple[str, ...]
    moved: Mapping[str, tuple[Moved, ...]]
    """The first few messages that a change moved, by change."""


@dataclass(frozen=True, slots=True)
class HalfReport:
    """The guard alone on one half of the messages."""

    half: Half
    messages: int
    digest: str
    """First 12 digits of the SHA-256 of the messages."""
    sealed_runs: int
    """How often the sealed half was scored so far, this time included; 0 for the dev half."""
    levels: tuple[LevelRow, ...]
    benign_escalated: Share | None
    stability: tuple[StabilityRow, ...]
    detail: Detail | None
    """None for the sealed half."""

    def missed(self, level: Level) -> Share | None:
        """Under-triage of a level."""
        return next((row.under for row in self.levels if row.level is level), None)


@dataclass(frozen=True, slots=True)
class RepliesReport:
    """What is said, by the whole assistant."""

    leaks: LeakReport
    attacks: tuple[AttackRow, ...]
    refusal: RefusalReport | None
    harm: HarmReport | None
    """None without the folder of public test data."""


@dataclass(frozen=True, slots=True)
class SafetyReport:
    """One measuring."""

    format: int
    commit: str
    measured_at: str
    """ISO 8601."""
    halves: tuple[HalfReport, ...]
    replies: RepliesReport | None
    """None when the guard alone was measured."""


def write_report(report: SafetyReport, path: Path = RESULTS) -> None:
    """Keeps it, whole or not at all."""
    write_whole(path, json.dumps(asdict(report), indent=1, ensure_ascii=False) + "\n")


def write_figures(report: SafetyReport, path: Path = MEASURED) -> None:
    """Writes the guard's error rates on the sealed half, for the page /safety.

    Raises:
        FiguresError: the sealed half was not measured. Figures of messages that the rules were
            tuned on would promise too much.
    """
    sealed = next((half for half in report.halves if half.half is Half.SEALED), None)
    if sealed is None:
        raise FiguresError(f"Only the sealed half's figures are shown. Run: {COMMAND}")
    figures = {
        "measured_on": report.measured_at[:10],
        "commit": report.commit,
        "messages": sealed.messages,
        "emergency_missed": _figure(sealed.missed(Level.EMERGENCY)),
        "urgent_missed": _figure(sealed.missed(Level.URGENT)),
        "benign_escalated": _figure(sealed.benign_escalated),
        "command": COMMAND,
    }
    write_whole(path, json.dumps(figures, indent=1) + "\n")


def _figure(share: Share | None) -> Mapping[str, float]:
    if share is None:
        raise FiguresError("The sealed half holds no message of a level that the page tells of.")
    return {
        "k": share.k,
        "n": share.n,
        "low": round(share.low, 4),
        "high": round(share.high, 4),
    }
