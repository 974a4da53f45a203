"""What is measured at each size, and what ours is held to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

OURS = "Soleus"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure that every contestant may have at every size."""

    key: str
    label: str
    unit: Literal["s", "ms", "MB", "share", "texts"]
    """MB is a million bytes."""
    plotted: bool = True
    """Whether how it grows is worth a plot."""


MEASURES = (
    Measure("build_s", "Building, beyond encoding", "s"),
    Measure("build_peak_mb", "Peak memory, building", "MB"),
    Measure("sync_s", "Unchanged sync", "s"),
    Measure("sync_texts", "… texts encoded", "texts", plotted=False),
    Measure("add_s", "Adding a document, beyond encoding", "s"),
    Measure("add_worst_s", "… the slowest", "s", plotted=False),
    Measure("add_texts", "… texts encoded", "texts", plotted=False),
    Measure("change_s", "Changing a sentence, beyond encoding", "s"),
    Measure("change_texts", "… texts encoded", "texts", plotted=False),
    Measure("delete_s", "Deleting a document", "s"),
    Measure("folder_add_s", "Folder of files added, beyond encoding", "s"),
    Measure("folder_sync_s", "Folder synced, unchanged", "s"),
    Measure("folder_sync_texts", "… texts encoded", "texts", plotted=False),
    Measure("folder_change_s", "Folder synced, a sentence changed", "s"),
    Measure("open_s", "Opening to first result", "s"),
    Measure("cold_s", "… files not in the system's cache", "s"),
    Measure("start_s", "… with the start of the process", "s", plotted=False),
    Measure("p50_ms", "Search, median", "ms"),
    Measure("p95_ms", "Search, 95th percentile", "ms"),
    Measure("recall", "Recall@10 against exact", "share", plotted=False),
    Measure("near_recall", "… approximate part, first guess", "share", False),
    Measure("pool_recall", "… approximate part, as searched", "share", False),
    Measure("anon_mb", "Memory of its own, searching", "MB"),
    Measure("file_mb", "Mapped files in memory", "MB"),
    Measure("peak_mb", "Peak memory, opening, searching", "MB"),
    Measure("disk_mb", "On disk", "MB"),
)
BY_KEY: Mapping[str, Measure] = {each.key: each for each in MEASURES}


@dataclass(frozen=True, slots=True)
class Target:
    """What ours must not exceed, or not fall short of."""

    key: str
    limit: float
    size: int | None = None
    """Passages asked for; None for every size."""
    at_least: bool = False

    def is_met(self, value: float) -> bool:
        """Whether a value keeps to it."""
        return value >= self.limit if self.at_least else value <= self.limit

    def holds_at(self, size: int) -> bool:
        """Whether it is for this size."""
        return self.size is None or self.size == size


TARGETS = (
    Target("p95_ms", 30.0, 100_000),
    Target("p95_ms", 50.0, 1_000_000),
    Target("peak_mb", 2500.0, 1_000_000),
    Target("add_s", 2.0, 1_000_000),
    Target("sync_s", 10.0, 100_000),
    Target("folder_sync_s", 10.0, 100_000),
    Target("recall", 0.97, at_least=True),
    Target("sync_texts", 0.0),
    Target("folder_sync_texts", 0.0),
)
