"""`python -m eval bench`: speed and memory of the page, and how the index grows, beside others."""

import argparse
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from eval.bench.growth.sizes import parse_sizes
from eval.bench.questions import as_many_as, read_questions
from eval.commands.files import add_json, shown, write_json
from eval.whole import write_whole

RIVALS = ("llama", "chroma")
_KEPT = Path(".cache") / "growth.json"


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    add_json(parser)
    parser.add_argument("--only", choices=("page", "growth"), help="one part instead of both")
    page = parser.add_argument_group("the page")
    page.add_argument("--questions", type=Path, help="a .jsonl or .txt of questions to ask")
    page.add_argument("--count", type=_positive, default=60, help="questions asked per start")
    page.add_argument("--starts", type=_positive, default=3, help="starts of each side")
    growth = parser.add_argument_group("how the index grows")
    growth.add_argument(
        "--sizes",
        type=_sizes,
        default=(1_000, 10_000),
        metavar="LIST",
        help="passages: 1k,10k (minutes, the default), 100k (an hour), 1M (a night), none",
    )
    growth.add_argument(
        "--real", type=_sizes, default=(), metavar="LIST", help="sizes for the real encoder: 3k"
    )
    growth.add_argument(
        "--folder",
        type=_sizes,
        default=(1_000,),
        metavar="LIST",
        help="passages in a club's folder of files that is added and synced: 100k is 10,000 files",
    )
    growth.add_argument(
        "--rate",
        type=_sizes,
        default=(200,),
        metavar="SIZE",
        help="passages on which the real encoder's speed is measured (default: 200), or none",
    )
    growth.add_argument(
        "--rivals", type=_rivals, default=RIVALS, metavar="LIST", help="llama,chroma or none"
    )
    growth.add_argument(
        "--limit", type=_positive, default=900, help="seconds a rival may take for one step"
    )
    growth.add_argument(
        "--memory", type=_positive, default=8, help="gigabytes a rival may allocate"
    )
    growth.add_argument("--repeats", type=_positive, default=5, help="documents added, changed, …")
    growth.add_argument(
        "--kept",
        type=Path,
        default=_KEPT,
        help=f"file of figures, added to; a report is written beside it (default: {_KEPT})",
    )
    growth.add_argument("--work", type=Path, help="folder for the indexes (1M needs some 20 GB)")


def run(chosen: argparse.Namespace) -> None:
    """Measures, prints, and keeps if asked to."""
    if chosen.only != "growth":
        _page(chosen)
    if chosen.only != "page":
        _growth(chosen)


def _page(chosen: argparse.Namespace) -> None:
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


def _growth(chosen: argparse.Namespace) -> None:
    from eval.bench.growth.result import read_growth
    from eval.bench.growth.run import Limits, Runner
    from eval.bench.growth.table import show_growth
    from eval.report.growth import growth_page

    limits = Limits(float(chosen.limit), chosen.memory * 1_000_000_000)
    with ExitStack() as stack:
        temporary = TemporaryDirectory(prefix="soleus-growth-", dir=chosen.work)
        work = Path(stack.enter_context(temporary))
        status = stack.enter_context(Console(stderr=True).status("measuring"))
        runner = Runner(chosen.kept, work, limits, chosen.repeats, status.update)
        runner.run(chosen.sizes, chosen.rivals)
        runner.run(chosen.real, (), "real")
        runner.folder(chosen.folder)
        for size in chosen.rate:
            runner.rate(size)
    found = read_growth(chosen.kept)
    show_growth(found, Console())
    report = chosen.kept.with_suffix(".html")
    write_whole(report, growth_page(found))
    Console(stderr=True).print(f"Figures: {shown(chosen.kept)}, report: {shown(report)}")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _sizes(text: str) -> tuple[int, ...]:
    try:
        return parse_sizes(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _rivals(text: str) -> tuple[str, ...]:
    named = () if text == "none" else tuple(text.split(","))
    if unknown := set(named) - set(RIVALS):
        raise argparse.ArgumentTypeError(f"no rival is called {', '.join(sorted(unknown))}")
    return named
