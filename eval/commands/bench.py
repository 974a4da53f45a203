"""`python -m eval bench`: speed and memory, beside LlamaIndex's default pipeline."""

import argparse
from pathlib import Path

from rich.console import Console

from eval.bench.questions import as_many_as, read_questions
from eval.commands.files import add_json, write_json


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    add_json(parser)
    parser.add_argument("--questions", type=Path, help="a .jsonl or .txt of questions to ask")
    parser.add_argument("--count", type=_positive, default=60, help="questions asked per start")
    parser.add_argument("--starts", type=_positive, default=3, help="starts of each side")


def run(chosen: argparse.Namespace) -> None:
    """Measures, prints, and keeps if asked to."""
    from eval.bench.report import as_json, lines_of
    from eval.bench.run import run_bench
    from eval.bench.table import show

    questions = as_many_as(chosen.count, read_questions(chosen.questions))
    with Console(stderr=True).status("measuring") as status:
        runs = run_bench(questions, chosen.starts, status.update)
    lines = lines_of(runs)
    show(lines, Console())
    if chosen.json:
        write_json(chosen.json, as_json(lines, questions=len(questions), starts=chosen.starts))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
