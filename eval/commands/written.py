"""`python -m eval written`: the checker of written answers against labelled sentences."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime

from rich.console import Console

from assistant.checking.check import Checker
from corpus import load_documents
from eval.cases.case import Half
from eval.cases.seal import count_sealed_run
from eval.commands.files import shown
from eval.run.build import Build, this_build
from eval.whole import write_whole
from eval.written import labelled as kept
from eval.written import report as reports
from eval.written.gate import breaches, read_gate
from eval.written.labelled import Labelled, digest_of, read_labelled
from eval.written.measure import measure_half, report_of
from eval.written.page import page_of
from eval.written.report import CheckerReport
from eval.written.scores import SetReport
from eval.written.table import table_of

HALVES = {"dev": (Half.DEV,), "sealed": (Half.SEALED,), "both": tuple(Half)}


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--half", choices=HALVES, default="both", help="both unless given; one alone is not kept"
    )


def run(chosen: argparse.Namespace) -> None:
    """Measures and prints; keeps a run over both halves, and counts it if sealed is scored."""
    halves = HALVES[chosen.half]
    with Console(stderr=True).status("checking") as status:
        found = measure(halves, this_build(), status.update)
    print(*table_of(found), sep="\n")
    if len(halves) == len(Half):
        reports.write_report(found, reports.RESULTS)
        page = reports.RESULTS.with_suffix(".html")
        write_whole(page, page_of(found))
        print(f"\nKept as {shown(reports.RESULTS)}; the curve is {shown(page)}")
    if lines := breaches(found, read_gate(), *halves):
        raise reports.WrittenResultsError("Below eval/written/gate.toml:\n" + "\n".join(lines))


def measure(halves: tuple[Half, ...], build: Build, say: Callable[[str], object]) -> CheckerReport:
    """The checker on each half."""
    documents, checker = load_documents(), Checker.load()
    read = {half: read_labelled(half, documents, kept.FOLDER) for half in halves}
    sets: list[SetReport] = []
    runs = 0
    for half, labelled in read.items():
        say(f"checking {len(labelled)} sentences ({half})")
        runs = max(runs, _counted(half, labelled, build))
        sets += measure_half(labelled, half, checker)
    return report_of(
        sets,
        {half: digest_of(labelled) for half, labelled in read.items()},
        checker.sure,
        commit=build.commit,
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        sealed_runs=runs,
    )


def _counted(half: Half, labelled: tuple[Labelled, ...], build: Build) -> int:
    if half is not Half.SEALED:
        return 0
    return count_sealed_run(build.commit, "checker", digest_of(labelled), kept.FOLDER)
