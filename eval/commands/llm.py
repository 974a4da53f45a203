"""`python -m eval --llm`: the language model of the settings, checked and unchecked."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.models.card import ModelCard, card_of
from assistant.models.opening import model_of
from assistant.settings import Settings, llm_key, load_settings
from assistant.wire import documents_of, open_assistant
from eval.cases.case import Half, read_cases
from eval.cases.seal import count_sealed_run, sealed_runs
from eval.commands.files import shown
from eval.run.build import Build, this_build
from eval.run.evaluate import digest_of
from eval.run.yardstick import yardstick_of
from eval.whole import write_whole
from eval.written import model_report as reports
from eval.written.asking import Asker
from eval.written.going import going_of
from eval.written.model_report import model_report, write_model_report
from eval.written.model_table import table_of
from eval.written.run import ModelRunError, Questions, ask_all, wake
from eval.written.sample import sample_of
from eval.written.side_by_side import SideBySideError, side_by_side
from eval.written.watched import Watched

GOING = Path(__file__).resolve().parents[2] / ".cache" / "eval" / "written"
"""Runs that may go on; with the words of the dev half, so not to be committed."""
HALVES = {"dev": (Half.DEV,), "sealed": (Half.SEALED,), "both": tuple(Half)}
QUESTIONS = 30


def add(parser: argparse.ArgumentParser) -> None:
    """Its options, beside those of a run without a model."""
    parser.add_argument(
        "--llm",
        action="store_true",
        help="measure the language model of the settings, checked and unchecked",
    )
    parser.add_argument(
        "--questions",
        type=int,
        default=QUESTIONS,
        metavar="N",
        help=f"with --llm: how many questions ({QUESTIONS} unless given)",
    )
    parser.add_argument(
        "--anew", action="store_true", help="with --llm: ask what was asked before once more"
    )
    parser.add_argument(
        "--side-by-side",
        nargs=2,
        metavar=("N", "FILE"),
        help="with --llm: write N answers of the dev half both ways, in random order, and the key",
    )


def run(chosen: argparse.Namespace) -> None:
    """Asks, prints and keeps; goes on where an earlier run of the same was stopped."""
    settings, build = load_settings(), this_build()
    card = card_of(settings.llm)
    if card is None:
        raise ModelRunError(
            "No language model is set up. Set [llm] base_url and model, or gguf, as"
            " settings.example.toml shows; a key comes from SOLEUS_LLM_KEY."
        )
    read, to_read = _reading(chosen)
    cases = sample_of(
        [case for half in HALVES[chosen.half] for case in read_cases(half)],
        max(1, chosen.questions),
    )
    going = going_of(GOING, card.name, settings.llm)
    questions = Questions(cases, going)
    if chosen.anew:
        going.forget()
    runs = _counted(questions, card, build)
    ask(settings, card, questions)
    found = model_report(
        card,
        settings.llm,
        questions.runs(),
        build,
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        questions=digest_of(cases),
        sealed_runs=runs,
    )
    print(*table_of(found), sep="\n")
    print(f"\nKept as {shown(write_model_report(found, reports.RUNS))}")
    if to_read is not None:
        _write_reading(questions, read, to_read)


def ask(settings: Settings, card: ModelCard, questions: Questions) -> None:
    """Asks what is left, under a bar. Raises ModelRunError, also when it is stopped."""
    left = questions.left()
    if not left:
        return
    # Who measures wants every failure, not the rest that spares readers the wait.
    llm = settings.llm.model_copy(update={"rest": 0.0})
    model = model_of(llm, llm_key())
    assert model is not None  # noqa: S101 (there is a card, so there is a model)
    watched = Watched(model)
    try:
        with _bar(f"asking {card.name}", len(left)) as bar:
            wake(watched)
            asker = Asker(
                open_assistant(settings, model=watched),
                watched,
                yardstick_of(documents_of(settings), ()),
                llm.max_tokens,
            )
            ask_all(asker, questions, lambda: bar.advance(bar.task_ids[0]))
    except KeyboardInterrupt:
        raise ModelRunError(
            "Stopped. What is done is kept, and the same command goes on from there."
        ) from None
    finally:
        model.close()


@contextmanager
def _bar(what: str, total: int) -> Iterator[Progress]:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        bar.add_task(what, total=total)
        yield bar


def _counted(questions: Questions, card: ModelCard, build: Build) -> int:
    """How often the sealed half was scored, this run included if it asks anything of it."""
    sealed = [case for case in questions.cases if case.half is Half.SEALED]
    if any(case in sealed for _, case in questions.left()):
        return count_sealed_run(build.commit, card.name, digest_of(sealed))
    return sealed_runs() if sealed else 0


def _reading(chosen: argparse.Namespace) -> tuple[int, Path | None]:
    """How many answers to write for reading, and where. Found out before anything is asked."""
    if chosen.side_by_side is None:
        return 0, None
    number, place = chosen.side_by_side
    path = Path(place)
    if not number.isdecimal() or int(number) < 1:
        raise SideBySideError(f"--side-by-side wants a number and a file, not {number}")
    if path.is_dir() or not path.parent.is_dir():
        raise SideBySideError(f"no file can be written at {place}")
    if Half.DEV not in HALVES[chosen.half]:
        raise SideBySideError("Only answers of the dev half are read: add --half dev")
    return int(number), path


def _write_reading(questions: Questions, most: int, path: Path) -> None:
    reading = side_by_side(questions.runs(), most)
    key = path.with_name(f"{path.stem}.key.json")
    write_whole(path, reading.text)
    write_whole(key, reading.key)
    print(f"{reading.cases} answers to read: {shown(path)}; the key: {shown(key)}")
