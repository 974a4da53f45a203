"""`python -m eval`: how well, and how fast, Soleus answers.

    python -m eval bench [--json PATH] [--questions PATH] [--count N] [--starts N]

Exit codes: 0 measured, 1 something could not be measured, 2 wrong use.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from eval.bench.page import PageError
from eval.bench.process import BenchError
from eval.bench.questions import QuestionsError, as_many_as, read_questions
from eval.bench.report import as_json, lines_of
from eval.bench.run import run_bench
from eval.bench.table import show


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    chosen = _parser().parse_args(arguments)
    progress = Console(stderr=True)
    try:
        questions = as_many_as(chosen.count, read_questions(chosen.questions))
        with progress.status("measuring") as status:
            runs = run_bench(questions, chosen.starts, status.update)
    except (BenchError, PageError, QuestionsError) as error:
        progress.print(str(error), style="red", markup=False)
        return 1
    lines = lines_of(runs)
    show(lines, Console())
    if chosen.json:
        report = as_json(lines, questions=len(questions), starts=chosen.starts)
        chosen.json.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="How well Soleus answers.")
    commands = parser.add_subparsers(required=True)
    bench = commands.add_parser("bench", help="speed and memory, beside LlamaIndex's default")
    bench.add_argument("--json", type=Path, help="write the figures to this file as well")
    bench.add_argument("--questions", type=Path, help="a .jsonl or .txt of questions to ask")
    bench.add_argument("--count", type=_positive, default=60, help="questions asked per start")
    bench.add_argument("--starts", type=_positive, default=3, help="starts of each side")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
