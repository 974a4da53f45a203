"""`python -m eval compare A B`: what got better, what worse, and by more than noise."""

import argparse
from pathlib import Path

from eval.commands.files import add_json, write_json
from eval.results import FOLDER, Results, ResultsError, read_results


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("before", metavar="A", help="a run: its commit, or a path")
    parser.add_argument("after", metavar="B", help="another")
    parser.add_argument(
        "--anyway", action="store_true", help="although they were asked different questions"
    )
    add_json(parser)


def run(chosen: argparse.Namespace) -> None:
    """Prints the comparison, and keeps it if asked to."""
    from eval.report.compare import as_json, compare, lines_of

    before, after = kept_run(chosen.before), kept_run(chosen.after)
    found = compare(before, after, anyway=chosen.anyway)
    print(*lines_of(found), sep="\n")
    if chosen.json:
        write_json(chosen.json, as_json(found))


def kept_run(named: str, folder: Path = FOLDER) -> Results:
    """The run at a path, or the one kept of a commit. Raises ResultsError."""
    path = Path(named)
    if path.suffix == ".json":
        return read_results(path)
    kept_runs = sorted(folder.glob("*.json"))
    found = [each for each in kept_runs if each.stem == named] or [
        each for each in kept_runs if each.stem.startswith(named)
    ]
    if len(found) != 1:
        kept = ", ".join(each.stem for each in kept_runs) or "none"
        raise ResultsError(f"{len(found)} kept runs are called {named}. There are: {kept}")
    return read_results(found[0])
