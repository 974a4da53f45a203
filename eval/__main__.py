"""`python -m eval`: how well, and how fast, Soleus answers.

    python -m eval                       ask everything; table, eval/results/<commit>.json, report
    python -m eval --llm                 the language model of the settings, and what checking does
    python -m eval compare A B           what got better, what worse, and by more than noise
    python -m eval peers                 others on the same questions, in the same run
    python -m eval safety                what the guard misses, and what no reply may say
    python -m eval written               the checker of written answers, on labelled sentences
    python -m eval external NAME         a public test set, published numbers beside ours
    python -m eval judge [fit]           the support judge against human labels
    python -m eval check                 whether the questions are sound
    python -m eval baseline RUN          make a run the committed table that `make test` holds
    python -m eval golden | fit | bench  older questions; weights; speed

Exit codes: 0 measured, 1 something could not be measured, 2 wrong use.
"""

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console

from assistant.errors import AssistantError
from corpus import CorpusError
from eval.errors import EvalError
from index import PassageIndexError

_FAILURES = (AssistantError, CorpusError, EvalError, PassageIndexError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except _FAILURES as error:
        # Not wrapped: a path cut in two cannot be copied.
        Console(stderr=True).print(str(error), style="red", markup=False, soft_wrap=True)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    from eval.commands import COMMANDS, run

    parser = argparse.ArgumentParser(prog="python -m eval", description="How well Soleus answers.")
    run.add(parser)
    parser.set_defaults(run=run.run)
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, (command, what) in COMMANDS.items():
        own = commands.add_parser(name, help=what)
        command.add(own)
        own.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
