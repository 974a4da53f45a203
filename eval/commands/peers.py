"""`python -m eval peers`: others on the same questions, in the same run."""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from assistant.question import Question
from eval.cases.case import Case, Half, read_cases
from eval.cases.seal import count_sealed_run
from eval.commands.files import add_json, shown, write_json
from eval.whole import write_whole

if TYPE_CHECKING:
    from eval.rivals.contest import Contest

HALVES = {"dev": (Half.DEV,), "sealed": (Half.SEALED,), "both": tuple(Half)}


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--half", choices=HALVES, default="dev", help="dev unless given, to spare the sealed half"
    )
    add_json(parser)
    parser.add_argument("--html", type=_page, metavar="PATH", help="write the page to this file")


def run(chosen: argparse.Namespace) -> None:
    """Asks everybody, prints, and keeps if asked to."""
    from eval.rivals.table import as_json, lines_of

    with Console(stderr=True).status("starting") as status:
        found = measure(HALVES[chosen.half], status.update)
    print(*lines_of(found), sep="\n")
    if chosen.json:
        write_json(chosen.json, as_json(found))
    if chosen.html:
        from eval.rivals.page import page_of

        write_whole(chosen.html, page_of(found))
        print(f"\nThe page is {shown(chosen.html)}")


def measure(halves: Sequence[Half], say: Callable[[str], object]) -> "Contest":
    """Everybody over the cases of these halves. Raises BenchError, CasesError, RivalError.

    The dev half is always asked: bars are chosen on it. A sealed run is counted once, beforehand.
    """
    from assistant.settings import load_settings
    from assistant.wire import documents_of
    from eval.rivals.asking import ask_all
    from eval.rivals.contest import Contest, judged, remembered
    from eval.rivals.roster import LEFT_OUT, ROSTER, LeftOut
    from eval.run.build import this_build
    from eval.run.evaluate import digest_of
    from eval.run.yardstick import yardstick_of

    build, dev = this_build(), read_cases(Half.DEV)
    cases = [case for half in halves for case in read_cases(half)]
    if Half.SEALED in halves:
        count_sealed_run(build.commit, "peers", digest_of(cases))
    by = yardstick_of(documents_of(load_settings()), ())
    by = replace(by, supports=remembered(by.supports))
    peers, left_out = [], []
    for name, entry in ROSTER.items():
        if entry.absent:
            left_out.append(LeftOut(entry.title, entry.absent))
            continue
        say(f"asking {entry.title}")
        with tempfile.TemporaryDirectory() as folder:
            asked = ask_all(name, questions_of([*dev, *cases]), Path(folder))
        say(f"scoring {entry.title}")
        peers.append(judged(entry, asked, cases, dev, by, build))
    return Contest(tuple(peers), (*left_out, *LEFT_OUT), tuple(half.value for half in halves))


def questions_of(cases: Iterable[Case]) -> tuple[Question, ...]:
    """What they ask, each once."""
    return tuple(dict.fromkeys(case.asked for case in cases))


def _page(text: str) -> Path:
    """Found out before minutes are spent measuring."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"no file can be written at {text}")
    return path
