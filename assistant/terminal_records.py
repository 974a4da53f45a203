"""Print gaps, and how much is kept, with rich."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from assistant.records.gaps import Gap, Gaps
from assistant.records.kept import Tally


def print_gaps(gaps: Gaps, console: Console) -> None:
    """A row for each gap with examples, and how many there are without."""
    console.print(
        f"Since {gaps.since}: {_counted(gaps.turns, 'question')} not covered, in whole or in part"
        + (f"; of {gaps.untold} no text was kept." if gaps.untold else "."),
        highlight=False,
    )
    if gaps.shown:
        table = Table(
            Column("asked", justify="right"),
            Column("chats", justify="right"),
            "when",
            "in these words",
            "nearest document",
            box=None,
        )
        for gap in gaps.shown:
            words = Text("\n".join(gap.examples))
            table.add_row(str(gap.asked), str(gap.chats), _when(gap), words, Text(gap.nearest))
        console.print(table)
    if gaps.withheld:
        near = ", ".join(f"{title} ({count})" for title, count in gaps.withheld_near)
        console.print(
            Text(
                f"{_counted(gaps.withheld, 'more thing')} asked in fewer than {gaps.least} chats,"
                " so the words are not shown: a single question can give its reader away."
                + (f" Nearest: {near}." if near else "")
                + " To see them all the same: --all"
            )
        )


def tally_lines(tally: Tally) -> Iterable[tuple[str, str]]:
    """Names and values of how much is kept."""
    yield "kept", f"{_counted(tally.turns, 'question')} of {_counted(tally.chats, 'chat')}"
    if tally.first is not None:
        yield "oldest", tally.first.isoformat()
    for ending, count in tally.outcomes:
        yield str(ending), str(count)
    yield "thumbs", f"{tally.up} up, {tally.down} down"


def _when(gap: Gap) -> str:
    return str(gap.first) if gap.first == gap.last else f"{gap.first} to {gap.last}"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" + ("" if count == 1 else "s")
