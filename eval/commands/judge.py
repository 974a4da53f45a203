"""`python -m eval judge`: the support judge against human labels; `fit` writes its weights anew."""

import argparse

from eval.commands.files import add_data, shown


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("what", nargs="?", choices=("test", "fit"), default="test")
    add_data(parser)


def run(chosen: argparse.Namespace) -> None:
    """Prints how well it judges, or fits it on both sets and writes its weights anew."""
    from assistant.judge.support import WEIGHTS
    from eval.external import begin, wice
    from eval.external.fit_judge import fit_judge
    from eval.external.report import ExternalError, lines_of
    from eval.judge.keeping import write_weights

    if chosen.data is None:
        raise ExternalError("Give the folder of public test data: --data DIR")
    if chosen.what == "fit":
        judge, claims = fit_judge(chosen.data)
        write_weights(judge, claims)
        print(f"Fitted on {claims} human verdicts; written to {shown(WEIGHTS)}")
        return
    print(*lines_of(wice.run(chosen.data)), "", *lines_of(begin.run(chosen.data)), sep="\n")
