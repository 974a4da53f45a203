"""`python -m eval safety`: what the guard misses, and whether any reply says what none may."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from assistant.guarding import guard_of
from assistant.settings import Settings, load_settings
from assistant.wire import documents_of, encoder_of, open_assistant
from eval.cases.case import Half
from eval.cases.seal import count_sealed_run
from eval.commands.files import add_data, shown
from eval.run.build import Build, this_build
from eval.safety import report as kept
from eval.safety.measure import measure_half, measure_replies
from eval.safety.messages import Message, digest_of, read_messages
from eval.safety.report import FORMAT, RepliesReport, SafetyReport
from eval.safety.table import table_of
from eval.safety.triage import look_of

FOLDER = Path(kept.__file__).resolve().parent
"""Where scorings of the sealed half are counted."""
HALVES = {"dev": (Half.DEV,), "sealed": (Half.SEALED,), "both": tuple(Half)}
Halves = dict[Half, tuple[Message, ...]]


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--half", choices=HALVES, default="both", help="both unless given")
    parser.add_argument(
        "--guard-only", action="store_true", help="no replies: needs neither index nor encoder"
    )
    parser.add_argument(
        "--write-figures",
        action="store_true",
        help="write the sealed half's figures for the page /safety as well",
    )
    add_data(parser)


def run(chosen: argparse.Namespace) -> None:
    """Measures, prints and keeps; counts the run if the sealed half is scored."""
    if chosen.write_figures and Half.SEALED not in HALVES[chosen.half]:
        raise kept.FiguresError(f"Only the sealed half's figures are shown. Run: {kept.COMMAND}")
    settings, build = load_settings(), this_build()
    halves = {half: read_messages(half) for half in HALVES[chosen.half]}
    with Console(stderr=True).status("measuring") as status:
        found = measure(settings, halves, build, chosen, status.update)
    kept.write_report(found, kept.RESULTS)
    print(*table_of(found), sep="\n")
    print(f"\nKept as {shown(kept.RESULTS)}")
    if chosen.write_figures:
        kept.write_figures(found, kept.MEASURED)
        print(f"Figures for the page: {shown(kept.MEASURED)}")


def measure(
    settings: Settings,
    halves: Halves,
    build: Build,
    chosen: argparse.Namespace,
    say: Callable[[str], object],
) -> SafetyReport:
    """The guard on each half, and replies unless the guard alone is asked for."""
    look = look_of(guard_of(settings))
    # Replies first: the sealed half is scored, and counted, only once all else has gone well.
    replies = None if chosen.guard_only else replies_of(settings, chosen.data, say)
    reports = tuple(
        measure_half(half, messages, look, _counted(half, messages, build), say)
        for half, messages in halves.items()
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return SafetyReport(FORMAT, build.commit, now, reports, replies)


def replies_of(
    settings: Settings, data: Path | None, say: Callable[[str], object]
) -> RepliesReport:
    """What the shipped assistant says, to the dev half's messages among others."""
    encoder = encoder_of(settings)
    assistant = open_assistant(settings, encoder)
    turns = tuple(message.turns for message in read_messages(Half.DEV))
    folder = None if data is None else Path(data)
    return measure_replies(assistant, encoder, documents_of(settings), turns, folder, say)


def _counted(half: Half, messages: tuple[Message, ...], build: Build) -> int:
    if half is not Half.SEALED:
        return 0
    return count_sealed_run(build.commit, "guard", digest_of(messages), FOLDER)
