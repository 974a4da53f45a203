"""The commands for models that run on this machine: list, pull, which."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.cli_parts import FAILED, SettingsFile, bar, plain_failures
from assistant.settings import load_settings, own_folder

_FOLDER = "models"
models = typer.Typer(
    help="Language models that run on this machine, one file each.", no_args_is_help=True
)

Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Where models are; default: models in your data folder."),
]


def register(app: typer.Typer) -> None:
    """Give the terminal these commands."""
    app.add_typer(models, name="models")


def models_folder(named: Path | None = None) -> Path:
    """Where models are kept: the folder named, or "models" in the user's data folder."""
    return named.expanduser().absolute() if named else own_folder() / _FOLDER


@models.command(name="list")
def list_models(folder: Folder = None) -> None:
    """Show models that can be fetched: licence, size, memory needed, and which are here."""
    from assistant.models.local.offers import pulled, read_offers

    place = models_folder(folder)
    table = Table("Name", "Model", "Licence", "Disk", "Memory", "Here", "Note", box=None)
    for offer in read_offers():
        table.add_row(
            offer.name,
            offer.title,
            offer.licence,
            f"{offer.disk_gb:g} GB",
            f"{offer.memory_gb:g} GB",
            "yes" if pulled(offer, place) else "no",
            offer.note + ("" if offer.measured else " Not yet measured here."),
        )
    console = Console()
    console.print(table)
    console.print(
        "To fetch one: python -m assistant models pull NAME. Any other GGUF file works too: set"
        " [llm] gguf (docs/models.md).",
        soft_wrap=True,
        markup=False,
        highlight=False,
    )


@models.command()
def pull(
    name: Annotated[str, typer.Argument(help="As `models list` names it.")],
    folder: Folder = None,
) -> None:
    """Fetch a model and verify it; what broke off is gone on with."""
    with plain_failures():
        from assistant.models.local.offers import offer_named
        from assistant.models.local.pull import pull as fetch

        offer = offer_named(name)
        try:
            with bar(Console(stderr=True), f"Asking the hub for {offer.repository}") as report:
                path = fetch(offer, models_folder(folder), report)
        except KeyboardInterrupt:
            typer.echo("What has arrived is kept: the same command again goes on.", err=True)
            raise
        typer.echo(f"{offer.title} is here and verified. Put into settings.toml:")
        typer.echo("[llm]")
        typer.echo(f"gguf = {_quoted(path)}")


@models.command()
def which(folder: Folder = None, settings: SettingsFile = None) -> None:
    """Print the path of the model that would run: [llm] gguf, else the one fetched last."""
    with plain_failures():
        from assistant.models.local.offers import newest_pulled

        path = load_settings(settings).llm.gguf or newest_pulled(models_folder(folder))
    if path is None:
        typer.echo(
            "No model is here yet. See: python -m assistant models list\n"
            "then fetch one:  python -m assistant models pull NAME",
            err=True,
        )
        raise typer.Exit(FAILED)
    typer.echo(path)


def _quoted(path: Path) -> str:
    """A path as TOML has it."""
    text = str(path)
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
