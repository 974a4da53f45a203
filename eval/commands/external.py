"""`python -m eval external NAME --data DIR`: public test sets, published numbers beside ours."""

import argparse

from eval.commands.files import add_data, add_json, write_json


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    from eval.external.names import NAMES

    parser.add_argument("name", choices=(*NAMES, "all"), metavar="NAME", help=", ".join(NAMES))
    add_data(parser)
    add_json(parser)


def run(chosen: argparse.Namespace) -> None:
    """Measures one set or all, prints, and keeps if asked to."""
    from eval.external.names import NAMES, module_of
    from eval.external.report import ExternalError, as_json, lines_of

    if chosen.data is None:
        raise ExternalError("Give the folder of public test data: --data DIR")
    reports = []
    for name in NAMES if chosen.name == "all" else (chosen.name,):
        reports.append(module_of(name).run(chosen.data))
        print(*lines_of(reports[-1]), "", sep="\n")
    if chosen.json:
        write_json(chosen.json, {"format": 1, "sets": [as_json(each) for each in reports]})
