"""The terminal's front door: ask, index, serve, doctor, a club's own documents, what is kept.

Exit codes: 0 all well (an honest "not covered" is well); 1 something failed, the message says what
to run; 2 the command was typed wrongly; 3 `doctor` found something to mend; 130 interrupted.
"""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from assistant.cli_embed import register as register_embed
from assistant.cli_migrate import register as register_migrate
from assistant.cli_models import register as register_models
from assistant.cli_parts import UNHEALTHY, SettingsFile, bar, plain_failures
from assistant.cli_records import register as register_records
from assistant.cli_shelf import register
from assistant.question import Question
from assistant.settings import Settings, load_settings

app = typer.Typer(
    help="Soleus: answers about calf cramps and lower-leg pain, quoted from a shelf of documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
register(app)
register_embed(app)
register_migrate(app)
register_models(app)
register_records(app)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in your own words.")],
    earlier: Annotated[
        list[str] | None, typer.Option("--earlier", "-e", help="An earlier turn; repeatable.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the reply as JSON (docs/reply.schema.json).")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Show how the reply came about.")] = False,
    worded: Annotated[
        bool | None,
        typer.Option(
            "--worded/--quoted",
            help="Let the language model of [llm] word the answer, or not. Default: yes, unless"
            " its server would have to be told the question first.",
        ),
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Ask one question and print the answer with its sources."""
    with plain_failures():
        from assistant.asking import ask_once

        reply = ask_once(load_settings(settings), Question(question, tuple(earlier or ())), worded)
        if as_json:
            from assistant.wire_format import as_payload

            typer.echo(json.dumps(as_payload(reply), ensure_ascii=False, indent=2))
        else:
            from assistant.terminal import print_reply

            print_reply(reply, Console(), with_why=why)


@app.command()
def index(
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
    settings: SettingsFile = None,
) -> None:
    """Build the search index of the shelf, unless it is up to date."""
    with plain_failures():
        from assistant.wire import rebuild_index

        console = Console(stderr=True)
        with bar(console, "Reading the shelf") as report:
            summary = rebuild_index(
                load_settings(settings),
                force=force,
                progress=lambda done, total: report("Encoding", done, total),
                told=lambda path: report(f"Measuring how fast {path} is here", 0, 0),
            )
        state = "up to date" if summary.reused else f"built in {summary.seconds:.1f} s"
        console.print(
            f"Index {state}: {summary.passages} passages, {summary.sentences} sentences.",
            highlight=False,
        )


@app.command()
def probe(settings: SettingsFile = None) -> None:
    """Measure each way of encoding that this machine has, and say which one an index would get."""
    with plain_failures():
        from assistant.encoding import choice_of
        from index.choosing import probe_paths
        from index.probe import described

        with bar(Console(stderr=True), "Loading the encoder") as report:
            found = probe_paths(
                choice_of(load_settings(settings)),
                told=lambda path: report(f"Measuring how fast {path} is here", 0, 0),
            )
        for line in described(found):
            typer.echo(line)


@app.command("settings")
def all_settings() -> None:
    """Print every setting with its default, as Markdown (docs/configure.md)."""
    from assistant.settings_doc import settings_page

    typer.echo(settings_page(), nl=False)


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to bind; default from settings.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; 0 picks a free one.")
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Serve the page."""
    with plain_failures():
        from assistant.serve import serve as run

        run(_with_address(load_settings(settings), host, port))


def _with_address(settings: Settings, host: str | None, port: int | None) -> Settings:
    changes = {"host": host, "port": port}
    server = settings.server.model_copy(
        update={key: value for key, value in changes.items() if value is not None}
    )
    return settings.model_copy(update={"server": server})


@app.command()
def doctor(settings: SettingsFile = None) -> None:
    """Check the installation: each check, its state, and what to do about it."""
    from assistant.doctor import examine
    from assistant.terminal import print_checks

    checks = tuple(examine(settings))
    print_checks(checks, Console())
    if not all(check.ok for check in checks):
        sys.exit(UNHEALTHY)
