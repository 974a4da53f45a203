"""`python -m eval baseline RUN`: a kept run becomes the table below which no score may fall."""

import argparse

from eval.commands.compare import kept_run
from eval.commands.files import shown
from eval.run.gate import PATH, as_toml, limits_from, read_thresholds
from eval.whole import write_whole


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("kept", metavar="RUN", help="a run: its commit, or a path")


def run(chosen: argparse.Namespace) -> None:
    """Writes eval/thresholds.toml; what stops a release otherwise stays as it stands there."""
    found = kept_run(chosen.kept)
    changed = limits_from(found, read_thresholds())
    write_whole(PATH, as_toml(changed))
    print(f"{len(changed.limit)} limits from {found.commit} now stand in {shown(PATH)}")
