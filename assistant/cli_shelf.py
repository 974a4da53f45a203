"""The terminal's way to a club's own documents: add, remove, list, show, edit, undo.

Exit codes as everywhere: 0 all well, 1 something failed or was refused, 2 typed wrongly, 130
interrupted, with everything as it was.
"""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.cli_parts import FAILED, SettingsFile, bar, plain_failures
from assistant.settings import load_settings
from corpus import DocumentKind, TrustTier
from corpus.library.card import CardChange

if TYPE_CHECKING:
    from assistant.shelving import Outcome, Summary

Title = Annotated[str | None, typer.Option("--title", help="What it is called.")]
Tier = Annotated[
    TrustTier | None,
    typer.Option("--tier", help="How far you vouch for it; else it is guessed, never clinician."),
]
Ids = Annotated[list[str], typer.Argument(help="Ids, as `list` shows them.", show_default=False)]
OneId = Annotated[str, typer.Argument(help="Its id, as `list` shows it.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Give the terminal these commands."""
    for command in (add, remove, edit, undo, show):
        app.command()(command)
    app.command(name="list")(listing)


def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders (synced when added again), web addresses, sitemaps.",
            show_default=False,
        ),
    ],
    tier: Tier = None,
    title: Title = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each; change nothing.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Read what has not changed all the same.")
    ] = False,
    settings: SettingsFile = None,
) -> None:
    """Put documents on the shelf, or bring it up to date with them."""
    with plain_failures():
        from assistant.shelving import State, Summary, source_of
        from assistant.shelving.wired import shelving_of
        from assistant.terminal_shelf import print_outcomes

        shelving, console = shelving_of(load_settings(settings)), Console(stderr=True)
        summary: Summary | None = None
        with bar(console, "Reading") as report:
            brought = [source_of(each) for each in sources]
            outcomes = shelving.propose(brought, tier, report, again=again)
            outcomes = outcomes if title is None else _titled(outcomes, title)
            if not dry_run:
                summary = shelving.accept(outcomes, report)
                outcomes = summary.outcomes
        print_outcomes(outcomes, Console())
        console.print(_closing(outcomes, summary), highlight=False)
        if any(each.state is State.REFUSED for each in outcomes):
            raise typer.Exit(FAILED)


def _titled(outcomes: "tuple[Outcome, ...]", title: str) -> "tuple[Outcome, ...]":
    """The one document with the title that was typed."""
    from assistant.shelving import State, amended

    named = [each for each in outcomes if each.entry and each.state is not State.REMOVED]
    if len(named) != 1:
        raise typer.BadParameter(
            f"--title is for one document, and this would be {len(named)}. Add them without it,"
            " then use: python -m assistant edit ID --title …"
        )
    return tuple(amended(each, CardChange(title=title)) for each in outcomes)


def _closing(outcomes: "tuple[Outcome, ...]", summary: "Summary | None") -> str:
    from assistant.shelving.outcome import TAKEN, counted

    said = counted(each.state for each in outcomes).capitalize()
    if summary is None:
        return f"{said}. This was a dry run: nothing was changed."
    if not any(each.state in TAKEN for each in outcomes):
        return f"{said}. Nothing was changed."
    return (
        f"{said}. The shelf has {summary.built.passages} passages now."
        " To take this back: python -m assistant undo"
    )


def remove(ids: Ids, settings: SettingsFile = None) -> None:
    """Take documents off the shelf and out of every search."""
    with plain_failures():
        from assistant.shelving.wired import shelving_of

        console = Console(stderr=True)
        with bar(console, "Removing") as report:
            gone = shelving_of(load_settings(settings)).remove(ids, report)
        for entry in gone:
            typer.echo(f"Removed “{entry.title}” ({entry.id}).")
        console.print("To take this back: python -m assistant undo", highlight=False)


def edit(
    document: OneId,
    title: Title = None,
    author: Annotated[str | None, typer.Option("--author", help="Who wrote it.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="When, e.g. 2026-03-31; or unknown.")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--address", help="Where it stands on the web; or unknown.")
    ] = None,
    tier: Tier = None,
    kind: Annotated[
        DocumentKind | None, typer.Option("--kind", help="Whether one author speaks, or posters.")
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Change what is said of a document of yours."""
    change = CardChange(title, author, published, address, tier, kind)
    if not change:
        raise typer.BadParameter("Say what to change: --title, --author, --published, …")
    with plain_failures():
        from assistant.shelving.wired import shelving_of
        from assistant.terminal_shelf import card_rows

        with bar(Console(stderr=True), "Changing") as report:
            entry = shelving_of(load_settings(settings)).edit(document, change, report)
        for name, value in (("title", entry.title), *card_rows(entry)):
            typer.echo(f"{name}: {value}")


def undo(settings: SettingsFile = None) -> None:
    """Take back the last change to your documents; again, the one before it."""
    with plain_failures():
        from assistant.shelving.wired import shelving_of

        with bar(Console(stderr=True), "Undoing") as report:
            said = shelving_of(load_settings(settings)).undo(report)
        typer.echo(said)


def listing(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
    settings: SettingsFile = None,
) -> None:
    """List every document: those that come with Soleus, and yours."""
    with plain_failures():
        from assistant.documents import library_of
        from corpus import load_documents

        bundled, entries = load_documents(), library_of(load_settings(settings)).entries
        if as_json:
            from assistant.shelf_json import listed

            typer.echo(json.dumps(listed(bundled, entries), ensure_ascii=False, indent=2))
        else:
            from assistant.terminal_shelf import print_list

            print_list(bundled, entries, Console())


def show(document: OneId, settings: SettingsFile = None) -> None:
    """Show what is said of a document, and its passages as the index sees them."""
    with plain_failures():
        from assistant.documents import library_of
        from assistant.terminal_shelf import print_card
        from assistant.wire import indexed_passages
        from corpus import load_documents

        chosen = load_settings(settings)
        bundled = {each.id: each for each in load_documents()}
        found = bundled.get(document) or library_of(chosen).entry(document)
        print_card(found, indexed_passages(chosen, document), Console())
