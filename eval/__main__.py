"""`python -m eval`: how well, and how fast, Soleus answers.

    python -m eval golden [dev|dev_b|sealed|all] [--json PATH]
    python -m eval fit
    python -m eval bench [--json PATH] [--questions PATH] [--count N] [--starts N]

Exit codes: 0 measured, 1 something could not be measured, 2 wrong use.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from assistant.errors import AssistantError
from corpus import CorpusError
from eval.bench.page import PageError
from eval.bench.process import BenchError
from eval.bench.questions import QuestionsError, as_many_as, read_questions
from eval.golden import DEV, SEALED, GoldenError, path_of, read_golden
from index import PassageIndexError

_FAILURES = (
    AssistantError,
    BenchError,
    CorpusError,
    GoldenError,
    PageError,
    PassageIndexError,
    QuestionsError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    chosen = _parser().parse_args(arguments)
    commands = {"bench": _bench, "fit": _fit, "golden": _golden}
    try:
        commands[chosen.command](chosen)
    except _FAILURES as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        return 1
    return 0


def _golden(chosen: argparse.Namespace) -> None:
    from assistant.settings import load_settings
    from assistant.wire import documents_of, open_assistant
    from corpus import load_claims
    from eval.score import as_json, lines_of, score

    settings = load_settings()
    claims = load_claims(documents_of(settings))
    assistant = open_assistant(settings)
    report: dict[str, object] = {}
    for name in (*DEV, SEALED) if chosen.file == "all" else (chosen.file,):
        found = score(read_golden(path_of(name)), assistant.ask, claims, sealed=name == SEALED)
        print(*lines_of(name, found), "", sep="\n")
        report[name] = as_json(found)
    if chosen.json:
        measured = datetime.now(UTC).isoformat(timespec="seconds")
        _write(chosen.json, {"format": 1, "measured_at": measured, "files": report})


def _fit(_chosen: argparse.Namespace) -> None:
    from assistant.settings import load_settings
    from assistant.weights import Weights
    from assistant.wire import documents_of, open_assistant
    from corpus import load_claims
    from eval.fit import fit, lines_of, look

    settings = load_settings()
    claims = load_claims(documents_of(settings))
    goldens = [golden for name in DEV for golden in read_golden(path_of(name))]
    print(*lines_of(fit(look(goldens, open_assistant(settings), claims)), Weights()), sep="\n")


def _bench(chosen: argparse.Namespace) -> None:
    from eval.bench.report import as_json, lines_of
    from eval.bench.run import run_bench
    from eval.bench.table import show

    questions = as_many_as(chosen.count, read_questions(chosen.questions))
    with Console(stderr=True).status("measuring") as status:
        runs = run_bench(questions, chosen.starts, status.update)
    lines = lines_of(runs)
    show(lines, Console())
    if chosen.json:
        _write(chosen.json, as_json(lines, questions=len(questions), starts=chosen.starts))


def _write(path: Path, report: Mapping[str, object]) -> None:
    """Whole or not at all."""
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    unfinished.replace(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="How well Soleus answers.")
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
    golden = commands.add_parser("golden", help="ask the golden questions and count right replies")
    names = (*DEV, SEALED, "all")
    golden.add_argument("file", nargs="?", choices=names, default=DEV[0], help="dev unless given")
    _keeps_json(golden)
    commands.add_parser("fit", help="fit the weights anew, beside those in use; changes nothing")
    bench = commands.add_parser("bench", help="speed and memory, beside LlamaIndex's default")
    _keeps_json(bench)
    bench.add_argument("--questions", type=Path, help="a .jsonl or .txt of questions to ask")
    bench.add_argument("--count", type=_positive, default=60, help="questions asked per start")
    bench.add_argument("--starts", type=_positive, default=3, help="starts of each side")
    return parser


def _keeps_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", type=_file, help="write the figures to this file as well")


def _file(text: str) -> Path:
    """Found out before minutes are spent measuring."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"no file can be written at {text}")
    return path


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
