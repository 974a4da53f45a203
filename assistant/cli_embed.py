"""`embed`: the lines that put the widget into a website, and whether it would work there."""

import sys
from typing import Annotated

import typer

from assistant.cli_parts import UNHEALTHY, SettingsFile, plain_failures
from assistant.guarding import missing_details
from assistant.settings import load_settings
from assistant.settings_server import OWN, origin_of
from assistant.widget.files import widget_files
from assistant.widget.snippet import Place, frame_line, obstacles, policy_lines, script_line


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command()
    def embed(
        origin: Annotated[
            str,
            typer.Option(help='Your website, e.g. "https://club.example": is it on the list?'),
        ] = "",
        pinned: Annotated[
            bool,
            typer.Option("--pinned", help="With a hash: the browser takes this very version only."),
        ] = False,
        settings: SettingsFile = None,
    ) -> None:
        """Print the lines that put the chat into your website, and check that it may ask."""
        with plain_failures():
            read = load_settings(settings)
            server = read.server
            listed = tuple(each for each in server.origins if each != OWN)
            place = Place(server.public_url, listed, _origin(origin))
            url = place.url or "https://ask.your-club.example"
            line = script_line(url, widget_files(), pinned=pinned)
        typer.echo("Before </body> of every page that should have it:\n")
        typer.echo(f"{line}\n")
        typer.echo(
            "To have the chat in the page instead of a button, also where it should stand:\n"
        )
        typer.echo("<soleus-chat></soleus-chat>\n")
        typer.echo("Where scripts are forbidden:\n")
        typer.echo(f"{frame_line(url)}\n")
        typer.echo(f"If your website has a Content-Security-Policy:\n\n{policy_lines(url)}\n")
        found = tuple(obstacles(place))
        for each in found:
            typer.echo(f"It will not work yet. {each.state}\n  {each.remedy}", err=True)
        if found:
            sys.exit(UNHEALTHY)
        may = origin and f"{place.origin} may ask."
        typer.echo(f"{may or 'May ask: ' + ', '.join(listed)} More: docs/widget.md")
        if missing := missing_details(read):
            typer.echo(
                f"Soleus serves others only once these are set: {', '.join(missing)}. Without a"
                " country its warnings have no number to tap (docs/configure.md)."
            )


def _origin(written: str) -> str:
    try:
        return origin_of(written) if written else ""
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--origin") from None
