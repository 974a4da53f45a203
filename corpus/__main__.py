"""`python -m corpus`: keep the shelf in order.

    python -m corpus check     read the whole shelf and say whether it is sound
    python -m corpus digest    vouch for the texts as they are now (rewrites only the digests)

Exit codes: 0 done, 1 something is wrong with the shelf, 2 wrong use.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.catalog import refresh_digests
from corpus.errors import CorpusError
from corpus.loader import SHELF, load_documents


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m corpus", description="Keep the shelf in order."
    )
    parser.add_argument("command", choices=("check", "digest"))
    parser.add_argument("--root", type=Path, default=SHELF, help="folder of the shelf")
    chosen = parser.parse_args(arguments)
    try:
        said = _digest(chosen.root) if chosen.command == "digest" else _check(chosen.root)
    except CorpusError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


def _digest(root: Path) -> str:
    changed = refresh_digests(root)
    return f"Digest renewed: {', '.join(changed)}" if changed else "Every digest was right already."


def _check(root: Path) -> str:
    documents = load_documents(root)
    sentences = sum(len(part.sentences) for each in documents for part in each.sections)
    return f"The shelf is sound: {len(documents)} texts, {sentences} sentences."


if __name__ == "__main__":
    sys.exit(main())
