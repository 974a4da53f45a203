"""What runs in a measured process: `python -m eval.rivals.one NAME build|ask FOLDER`.

Says what it has done in JSON lines on standard output, then waits to be measured until standard
input closes. Nothing of the contest (labels, judge, other rivals) is loaded here, so that memory
is the contestant's own.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.question import Question
from eval.rivals.heard import Heard, questions_of, write_heard

HEARD = "heard.json"
WARM_UP = 3
"""Questions answered before the clock runs."""


def tell(event: str, **details: object) -> None:
    """Report to whoever started this process."""
    sys.stdout.write(json.dumps({"event": event, **details}) + "\n")
    sys.stdout.flush()


def build(name: str, folder: Path) -> None:
    """Builds its index in a folder, as a user's first start does; encoder and libraries count."""
    from assistant.settings import load_settings

    started = time.perf_counter()
    from eval.rivals.roster import entry_of

    entry_of(name).build(load_settings(), folder)
    tell("built", seconds=time.perf_counter() - started)


def ask(name: str, folder: Path, questions: Sequence[Question]) -> None:
    """Asks everything against the clock; then, off the clock, what it would rank."""
    from assistant.settings import load_settings
    from eval.rivals.roster import entry_of

    opened = entry_of(name).open(load_settings(), folder)
    for question in questions[:WARM_UP]:
        opened.provider.ask(question)
    replies, took = [], []
    for question in questions:
        started = time.perf_counter()
        replies.append(opened.provider.ask(question))
        took.append(1000 * (time.perf_counter() - started))
    tell("timed")
    # Whoever reads the memory answers when it has: rankings are for the scores only.
    sys.stdin.readline()
    rankings = tuple(opened.ranker.rank(question) for question in questions)
    heard = Heard(tuple(questions), tuple(replies), rankings, tuple(took), opened.units)
    write_heard(heard, folder / HEARD)
    tell("asked")


def main(name: str, step: str, folder: Path) -> None:
    """One step of one contestant."""
    questions = questions_of(sys.stdin.readline()) if step == "ask" else ()
    tell("ready")
    sys.stdin.readline()
    build(name, folder) if step == "build" else ask(name, folder, questions)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
