"""`python -m eval check`: whether the questions are sound, without asking any of them."""

import argparse
from pathlib import Path

from eval.cases.case import Case, CasesError, Half, read_cases


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--also", type=Path, action="append", default=[], help="another text not to be repeated"
    )


def run(chosen: argparse.Namespace) -> None:
    """Prints how many there are of each kind. Raises CasesError naming every unsound one."""
    from corpus import load_claims, load_documents
    from eval.cases.soundness import faults_of

    documents = load_documents()
    cases = [case for half in Half for case in read_cases(half)]
    others = [_text(path) for path in chosen.also]
    faults = faults_of(cases, documents, load_claims(documents), others)
    for half in Half:
        print(f"{half.value}: {_counts([case for case in cases if case.half is half])}")
    if faults:
        raise CasesError("\n".join(faults))
    print(f"{len(cases)} questions, all sound")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"{path} cannot be read: {type(error).__name__}") from error


def _counts(cases: list[Case]) -> str:
    kinds = sorted({case.category for case in cases})
    return ", ".join(f"{sum(c.category == kind for c in cases)} {kind}" for kind in kinds)
