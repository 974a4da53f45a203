"""`python -m eval`: ask everything, print the table, keep the run, write the report."""

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from assistant.settings import Settings, load_settings
from assistant.wire import documents_of, encoder_of
from corpus import Span, load_out_of_scope
from eval.cases.case import Case, Half, read_cases
from eval.cases.seal import count_sealed_run
from eval.commands import llm
from eval.commands.files import add_data, shown
from eval.distractors import DistractorsError, among_distractors, read_distractors
from eval.results import FOLDER, Results, ResultsError, read_results, write_results
from eval.run.build import Build, this_build
from eval.run.evaluate import Contestant, digest_of, evaluate
from eval.run.yardstick import yardstick_of
from eval.transcript import Provider
from eval.whole import write_whole
from index.encode import Progress
from index.opening import open_index

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "eval"
KEY = "SOLEUS_EVAL_KEY"
HALVES = {"dev": (Half.DEV,), "sealed": (Half.SEALED,), "both": tuple(Half)}


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--half", choices=HALVES, default="both", help="both unless given")
    parser.add_argument(
        "--url", default="", help=f"ask this server instead (its key, if any, in ${KEY})"
    )
    parser.add_argument(
        "--out", type=_place, default=FOLDER, help="where the run and its report are kept"
    )
    add_data(parser)
    llm.add(parser)


def run(chosen: argparse.Namespace) -> None:
    """Measures, prints and keeps; with a language model if that is wanted."""
    if chosen.llm:
        llm.run(chosen)
        return
    from eval.report.html import html_of
    from eval.report.table import table_of

    settings, build = load_settings(), this_build()
    cases = [case for half in HALVES[chosen.half] for case in read_cases(half)]
    with Console(stderr=True).status("measuring") as status:
        found = measure(settings, cases, build, chosen.url, chosen.data, status.update)
    chosen.out.mkdir(parents=True, exist_ok=True)
    kept = chosen.out / f"{build.commit}.json"
    write_results(found, kept)
    write_whole(kept.with_suffix(".html"), html_of(found, earlier_than(found, chosen.out)))
    print(*table_of(found), sep="\n")
    print(f"\nKept as {shown(kept)}; the report is {shown(kept.with_suffix('.html'))}")


def measure(
    settings: Settings,
    cases: list[Case],
    build: Build,
    url: str,
    data: Path | None,
    say: Callable[[str], object],
) -> Results:
    """Asks a server, or Soleus in this process; counts the run if a sealed case is among them."""
    contestant = Contestant(_server(url)) if url else soleus(settings, data, say)
    sealed = any(case.half is Half.SEALED for case in cases)
    name, questions = contestant.provider.name, digest_of(cases)
    runs = count_sealed_run(build.commit, name, questions) if sealed else 0
    by = yardstick_of(documents_of(settings), passages_of(settings))
    return evaluate(
        contestant,
        cases,
        by,
        build,
        sealed_runs=runs,
        progress=lambda done, of: say(f"asking: {done} of {of}"),
    )


def soleus(settings: Settings, data: Path | None, say: Callable[[str], object]) -> Contestant:
    """Soleus in this process, with distractors if the public data is there."""
    from eval.providers.local import Soleus

    provider = Soleus.open(settings)
    contestant = Contestant(provider, provider)
    if data is None:
        return contestant
    try:
        distractors = read_distractors(Path(data))
    except DistractorsError as error:
        say(str(error))
        return contestant
    among = among_distractors(
        provider,
        documents_of(settings),
        distractors,
        encoder_of(settings),
        CACHE,
        _telling(say),
    )
    return replace(contestant, among=among)


def _server(url: str) -> Provider:
    from eval.providers.http import HttpProvider

    return HttpProvider(url, os.environ.get(KEY, ""))


def earlier_than(found: Results, folder: Path) -> tuple[Results, ...]:
    """Kept runs of other commits, oldest first; those of an older format are passed over."""
    kept = []
    for path in sorted(folder.glob("*.json")):
        try:
            one = read_results(path)
        except ResultsError:
            continue
        if one.commit != found.commit:
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.committed_at, one.measured_at)))


def _place(text: str) -> Path:
    """Found out before minutes are spent measuring."""
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is no folder")
    return path


def _telling(say: Callable[[str], object]) -> Progress:
    def tell(done: int, of: int) -> None:
        say(f"encoding distractors, kept for the next run: {done} of {of}")

    return tell


def passages_of(settings: Settings) -> tuple[Span, ...]:
    """Everything that can be found on the shelf."""
    opened = open_index(
        documents_of(settings),
        encoder_of(settings),
        settings.index.folder,
        out_of_scope=load_out_of_scope(),
    )
    return tuple(passage.span for passage in opened.passages)
