"""The report as a table for the terminal."""

import os
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.bench.report import Line

_NOTES = (
    "Peer: LlamaIndex's VectorStoreIndex with its defaults, same texts, same encoder, index loaded"
    " from disk like ours. It stops at retrieval: it picks and words nothing, and has no page.",
    "Starts: the median; the files were read before. Warm: over all questions of all starts."
    " Memory: the largest peak, in millions of bytes.",
)


def show(lines: Sequence[Line], console: Console) -> None:
    """Print the table and what its figures mean."""
    table = Table(
        title="Soleus beside LlamaIndex's default pipeline; smaller is better", title_justify="left"
    )
    table.add_column("", no_wrap=True)
    for heading in ("Soleus", "LlamaIndex", "ratio", "aim"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in lines:
        table.add_row(
            line.what,
            _figure(line.ours, line.unit),
            _figure(line.theirs, line.unit),
            "–" if line.ratio is None else f"{line.ratio:.2f}",
            _aim(line),
        )
    console.print(table)
    for note in (*_NOTES, _load()):
        console.print(note, style="dim", highlight=False)


def _load() -> str:
    return (
        f"The machine's load was {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: about 1 is our"
        " own, more means that others were at work and the figures are too high."
    )


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.2f} {unit}"


def _aim(line: Line) -> str:
    if line.aim is None:
        return ""
    colour, word = ("green", "met") if line.met else ("red", "missed")
    return f"[{colour}]{line.aim:g} {line.unit} {word}[/]"
