"""Which commit is being measured."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
UNKNOWN = "unknown"
_OURS = (
    ":!eval/results",
    ":!eval/questions/sealed_runs.json",
    ":!eval/safety/results.json",
    ":!eval/safety/sealed_runs.json",
    ":!eval/written/results.json",
    ":!eval/written/runs",
    ":!eval/written/sealed_runs.json",
    ":!assistant/guard/measured.json",
)
"""What the evaluation itself writes: no change of the build."""


@dataclass(frozen=True, slots=True)
class Build:
    """What is measured."""

    commit: str
    """First 12 digits; `-dirty` behind them when the tree held changes that are in no commit."""
    committed_at: str
    """ISO 8601, or empty."""


def this_build(root: Path = _ROOT) -> Build:
    """The commit checked out at `root`; "unknown" outside a repository or without git."""
    commit = _git(root, "rev-parse", "--short=12", "HEAD")
    if not commit:
        return Build(UNKNOWN, "")
    changed = _git(root, "status", "--porcelain", "--", ".", *_OURS)
    return Build(
        f"{commit}-dirty" if changed else commit,
        _git(root, "show", "--no-patch", "--format=%cI", "HEAD"),
    )


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words],  # noqa: S607 (the git of whoever runs it)
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
