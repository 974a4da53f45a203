"""Figures of a growth run, made up."""

from dataclasses import replace

from eval.bench.growth.measures import OURS
from eval.bench.growth.result import Cell, Growth, Rate

LLAMA = "LlamaIndex"


def cell(who: str = OURS, size: int = 1000, encoder: str = "made", **values: float) -> Cell:
    figures = {"build_s": size / 100, "p95_ms": 5.0, "recall": 0.99} | values
    return Cell(who, size, encoder, size // 10, size, "2026-11-26T10:00:00+00:00", 1.5, figures)


def growth() -> Growth:
    """Three sizes of ours, one rival that stopped at the second, and a rate."""
    found = Growth(machine={"cores": "2", "processor": "x", "system": "Linux", "python": "3.11.7"})
    for size, p95 in ((1_000, 5.0), (10_000, 9.0), (100_000, 31.0)):
        found = found.with_cell(cell(size=size, p95_ms=p95))
    found = found.with_cell(cell(LLAMA, 1_000, build_s=2.5))
    stopped = replace(cell(LLAMA, 10_000), values={}, notes=("stopped: not done within 9 s",))
    rate = Rate(600, 100.0, 98.0, 93.0, 10.0, 20.0, "2026-11-26T10:00:00+00:00")
    return replace(found.with_cell(stopped), rate=rate)
