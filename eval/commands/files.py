"""Files that commands are given and files that they leave."""

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path

from eval.whole import write_whole

VARIABLE = "SOLEUS_EVAL_DATA"
"""Names the folder of public test data: it lies nowhere in the project."""


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option `--data DIR`, else the environment variable."""
    parser.add_argument(
        "--data",
        type=_folder,
        default=os.environ.get(VARIABLE) or None,
        metavar="DIR",
        help=f"folder of public test data (else ${VARIABLE}); see eval/README.md",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option `--json PATH`."""
    parser.add_argument("--json", type=_file, help="write the figures to this file as well")


def write_json(path: Path, report: Mapping[str, object]) -> None:
    """As JSON, whole or not at all."""
    write_whole(path, json.dumps(report, indent=2) + "\n")


def shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text}")
    return path


def _file(text: str) -> Path:
    """Found out before minutes are spent measuring."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"no file can be written at {text}")
    return path
