"""`python -m eval fit`: the weights fitted anew, beside those in use."""

import argparse

from eval.cases.case import Half, read_cases
from eval.golden import DEV, read_golden


def add(_parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def run(_chosen: argparse.Namespace) -> None:
    """Prints both columns; changes nothing."""
    from assistant.settings import load_settings
    from assistant.weights import Weights
    from assistant.wire import documents_of, open_assistant
    from corpus import load_claims
    from eval.fit import fit, labelled_cases, labelled_goldens, lines_of, look
    from eval.golden import path_of

    settings = load_settings()
    claims = load_claims(documents_of(settings))
    goldens = [golden for name in DEV for golden in read_golden(path_of(name))]
    labelled = [
        *labelled_goldens(goldens, claims),
        *labelled_cases(read_cases(Half.DEV), claims),
    ]
    print(*lines_of(fit(look(labelled, open_assistant(settings))), Weights()), sep="\n")
