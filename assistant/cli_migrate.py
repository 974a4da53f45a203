"""The command that moves the index to another engine."""

from typing import Annotated

import typer
from rich.console import Console

from assistant.cli_parts import SettingsFile, bar, plain_failures
from assistant.settings import EngineName, load_settings

_NAMES: dict[EngineName, str] = {"faiss": "files on this machine", "postgres": "PostgreSQL"}


def register(app: typer.Typer) -> None:
    """Give the terminal this command."""
    app.command()(migrate)


def migrate(
    to: Annotated[EngineName, typer.Option("--to", help="Where the index is to be kept.")],
    settings: SettingsFile = None,
) -> None:
    """Copy the index to PostgreSQL or back; encodes nothing and changes no setting."""
    with plain_failures():
        from assistant.engines import engine_of
        from index.migrate import migrate as copy

        chosen = load_settings(settings)
        source: EngineName = "faiss" if to == "postgres" else "postgres"
        with bar(Console(stderr=True), "Opening the index") as report:
            done = copy(
                engine_of(chosen, source),
                engine_of(chosen, to),
                lambda copied, total: report("Copying documents", copied, total),
            )
        typer.echo(
            f"Copied {done.documents} documents ({done.passages} passages, {done.sentences}"
            f" sentences) from {_NAMES[source]} to {_NAMES[to]}; nothing was encoded. Both found"
            f" the same in {done.searches} searches."
        )
        if chosen.index.engine != to:
            typer.echo(f'To search there, put under [index] in settings.toml: engine = "{to}"')
