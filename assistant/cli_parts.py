"""What every command of the terminal shares: exit codes, plain failures, bars of progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from assistant.errors import AssistantError
from corpus import CorpusError
from index import PassageIndexError

FAILED = 1
UNHEALTHY = 3
INTERRUPTED = 130

SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="TOML file; see settings.example.toml.")
]


@contextmanager
def plain_failures() -> Iterator[None]:
    """Turn our own errors into one line on stderr and exit code 1."""
    try:
        yield
    except (AssistantError, CorpusError, PassageIndexError) as error:
        words = Text.assemble(("Error: ", "red"), str(error))
        Console(stderr=True).print(words, soft_wrap=True)
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        Console(stderr=True).print("Stopped.")
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def bar(console: Console, first: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for one thing after the other; `first`: what is done before anything is told."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(first, total=None)

        def report(doing: str, done: int, total: int) -> None:
            progress.update(task, description=doing, completed=done, total=total or None)

        yield report
