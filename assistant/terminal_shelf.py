"""Print a club's documents, and what became of what was brought, with rich."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from assistant.shelving import Outcome, State
from corpus import Document, Provenance, Wording
from corpus.library.entry import Entry
from index import Passage

_MOST_UNCHANGED = 20
"""Rows of files that did not change, before they are only counted."""

_COLOURS: Mapping[State, str] = MappingProxyType(
    {
        State.ADDED: "green",
        State.CHANGED: "green",
        State.UNCHANGED: "dim",
        State.REMOVED: "yellow",
        State.DUPLICATE: "yellow",
        State.REFUSED: "red",
    }
)


def print_outcomes(outcomes: Sequence[Outcome], console: Console) -> None:
    """What became of each file, a row each; very many that did not change share one."""
    unchanged = sum(each.state is State.UNCHANGED for each in outcomes)
    table = Table("file", "became", "", box=None)
    for each in outcomes:
        if each.state is State.UNCHANGED and unchanged > _MOST_UNCHANGED:
            continue
        became = Text(each.state, style=_COLOURS[each.state])
        table.add_row(Text(each.name, overflow="fold"), became, Text(each.line))
    if unchanged > _MOST_UNCHANGED:
        became = Text(State.UNCHANGED, style=_COLOURS[State.UNCHANGED])
        table.add_row(f"{unchanged} others", became, "all as they were")
    console.print(table)


def print_list(bundled: Iterable[Document], entries: Iterable[Entry], console: Console) -> None:
    """Every document in a row: those that come with Soleus, then the club's own."""
    groups = ((tuple(bundled), "dim"), (tuple(entries), ""))
    longest = max((len(each.id) for rows, _ in groups for each in rows), default=0)
    table = Table(Column("id", min_width=longest), "title", "tier", "date", box=None)
    for rows, style in groups:
        for each in rows:
            about = each.tier, each.provenance.published
            table.add_row(Text(each.id), Text(each.title), *about, style=style)
        table.add_section()
    console.print(table)


def print_card(document: Document | Entry, passages: Sequence[Passage], console: Console) -> None:
    """What is said of a document, and its passages as the index sees them."""
    console.print(Text(document.title, style="bold"))
    for name, value in card_rows(document):
        console.print(Text.assemble((f"{name}: ", "dim"), value))
    if not passages:
        console.print(
            Text("\nNot in the index yet. Run: python -m assistant index", style="yellow")
        )
    for passage in passages:
        console.print(Text(f"\n{passage.id}  {passage.section} ({passage.speaker})", style="dim"))
        for sentence in passage.sentences:
            step = "" if sentence.step is None else f"{sentence.step}. "
            console.print(Text(f"  {step}{' '.join(sentence.text.split())}"))


def card_rows(document: Document | Entry) -> Iterable[tuple[str, str]]:
    """Names and values of all that is said of a document, in the order in which they are shown."""
    about: Provenance = document.provenance
    yield from (("id", document.id), ("kind", document.kind), ("tier", document.tier))
    yield from (("author", about.author), ("published", about.published))
    yield "address", about.address
    if isinstance(document, Document):
        yield "wording", document.wording
        return
    yield "wording", Wording.AUTHORS_OWN
    yield from (("from", document.origin), ("added", document.added.isoformat()))
    if document.edited:
        yield "set by you", ", ".join(document.edited)
    for remark in document.remarks:
        yield "remark", remark
