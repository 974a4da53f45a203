"""The commands for what is kept of chats: gaps, and records export, forget, sweep, status.

They work on what is there also where storage is off, and then say so: what was kept before can
still be looked at and deleted.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.cli_parts import SettingsFile, bar, plain_failures
from assistant.settings import Settings, load_settings
from index.encode import Vectors

if TYPE_CHECKING:
    from assistant.records.gaps import Gaps
    from assistant.records.kept import KeptTurn

OFF = (
    "Storage is off: nothing is kept of chats. To keep masked questions and thumbs, put under"
    " [records] in settings.toml: keep = true (docs/records.md says what is kept)."
)
records = typer.Typer(
    help="What is kept of chats, where that is switched on.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Give the terminal these commands."""
    app.command()(gaps)
    app.add_typer(records, name="records")


def gaps(
    days: Annotated[
        int | None,
        typer.Option(min=1, max=365, help="How far to look back. Default: all that is kept."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page for the browser to this file.")
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Show the words also of what was asked in a single chat."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    settings: SettingsFile = None,
) -> None:
    """Show what was asked and is not covered, the like together: what to add to the shelf."""
    with plain_failures():
        from assistant.records.as_json import gaps_json
        from assistant.records.opening import records_of
        from assistant.terminal_records import print_gaps

        chosen, now = _settings(settings), datetime.now(UTC)
        # What is past its days is not shown, even where nobody has swept yet.
        since = now - timedelta(days=min(days or chosen.records.days, chosen.records.days))
        turns = records_of(chosen.records).unanswered(since)
        found = _gaps(turns, since, chosen, everything=everything)
        if html is not None:
            from assistant.records.files import write_private
            from assistant.records.gaps_html import html_of

            write_private(html, [html_of(found, now.date(), chosen.operator.name)])
            typer.echo(f"Written to {html}.", err=True)
        if as_json:
            typer.echo(gaps_json(found))
        elif html is None:
            print_gaps(found, Console())


def _gaps(
    turns: "tuple[KeptTurn, ...]", since: datetime, settings: Settings, *, everything: bool
) -> "Gaps":
    """Wakes the encoder only where there is something to compare."""
    from assistant.records.gaps import LEAST, Gaps, gaps_of

    least = 1 if everything else LEAST
    if not turns:
        return Gaps(since.date(), 0, 0, (), least)
    from assistant.wire import encoder_of, engine_of
    from index.shelf_index import ShelfIndex

    shelf = ShelfIndex(engine_of(settings).open(thoroughly=False), encoder_of(settings))

    def nearest(text: str, vector: Vectors) -> str:
        hits = shelf.search_encoded([text], vector[None], 1)
        return hits[0].passage.title if hits else ""

    with bar(Console(stderr=True), "Comparing what was asked"):
        return gaps_of(turns, since.date(), shelf.encode, nearest, least=least)


@records.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="JSON Lines; default: the terminal.", show_default=False)
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Write out every question that is kept, with what became of it."""
    with plain_failures():
        from assistant.records.as_json import export_lines
        from assistant.records.opening import records_of

        chosen = _settings(settings).records
        since = datetime.now(UTC) - timedelta(days=chosen.days)
        lines = export_lines(records_of(chosen).export(since))
        if file is None:
            for line in lines:
                typer.echo(line, nl=False)
        else:
            from assistant.records.files import write_private

            write_private(file, lines)
            typer.echo(f"Written to {file}. Delete it once you are done with it.", err=True)


@records.command()
def forget(
    code: Annotated[str, typer.Argument(help="As the chat shows it, like 7K3M-Q9TX-2HVB.")],
    settings: SettingsFile = None,
) -> None:
    """Delete a chat, for the reader who has its code."""
    with plain_failures():
        from assistant.records.code import read_code
        from assistant.records.opening import records_of

        gone = records_of(_settings(settings).records).forget(read_code(code))
        if gone:
            typer.echo(f"Deleted for good: the {gone} kept question(s) of that chat.")
        else:
            typer.echo("Nothing is kept of a chat with that code.")


@records.command()
def sweep(settings: SettingsFile = None) -> None:
    """Delete what is older than [records] days; a server that runs does so by itself."""
    with plain_failures():
        from assistant.records.opening import records_of
        from assistant.records.retention import Retention

        chosen = _settings(settings).records
        _, gone = Retention(chosen.days).swept(records_of(chosen), datetime.now(UTC))
        typer.echo(f"Deleted {gone} question(s) older than {chosen.days} days.")


@records.command()
def status(settings: SettingsFile = None) -> None:
    """Say whether chats are kept, where, for how long, and how much there is."""
    with plain_failures():
        from assistant.records.opening import records_of
        from assistant.terminal_records import tally_lines

        chosen = _settings(settings).records
        place = records_of(chosen)
        typer.echo(f"storage: {'on' if chosen.keep else 'off'}")
        typer.echo(f"text of questions: {'kept, masked' if chosen.questions else 'not kept'}")
        typer.echo(f"place: {place.described}")
        typer.echo(f"days: {chosen.days}")
        for name, value in tally_lines(place.tally()):
            typer.echo(f"{name}: {value}")


def _settings(path: Path | None) -> Settings:
    """The settings; says on stderr where storage is off, and how to turn it on."""
    chosen = load_settings(path)
    if not chosen.records.keep:
        typer.echo(OFF, err=True)
    return chosen
