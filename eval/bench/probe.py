"""What runs inside a measured process: `python -m eval.bench.probe SIDE STEP PEER_FOLDER`.

Says what it has done in JSON lines on standard output; who started it reads the clock. Imports
nothing it does not need: a start is what is measured.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.bench.clock import StageClock

Answer = Callable[[str], object]
WARM_UP = 3
"""Questions answered before the clock runs."""


def tell(event: str, **details: object) -> None:
    """Report to whoever started this process."""
    sys.stdout.write(json.dumps({"event": event, **details}) + "\n")
    sys.stdout.flush()


def answer(questions: Sequence[str], ask: Answer, clock: StageClock) -> None:
    """Answer the first question, then all of them against the clock."""
    ask(questions[0])
    tell("answered")
    for question in questions[:WARM_UP]:
        ask(question)
    for question in questions:
        with clock.question():
            ask(question)
    tell("timed", seconds=clock.seconds())


def open_ours(clock: StageClock) -> Answer:
    """Soleus as app.py opens it, without the page; the settings say where its index is."""
    from assistant.question import Question
    from assistant.settings import load_settings
    from assistant.wire import open_assistant

    assistant = open_assistant(load_settings(), stage=clock.stage)
    return lambda question: assistant.ask(Question(question))


def open_peer(clock: StageClock, folder: Path) -> Answer:
    """LlamaIndex's default pipeline over what it built in a folder."""
    from assistant.settings import load_settings
    from assistant.wire import encoder_of
    from eval.peers import LlamaIndexPipeline

    pipeline = LlamaIndexPipeline.open(folder, encoder_of(load_settings()))

    def ask(question: str) -> object:
        with clock.stage("encode"):
            vector = pipeline.encode(question)
        with clock.stage("search"):
            return pipeline.search(question, vector)

    return ask


def build_ours() -> None:
    """Build our index where the settings say."""
    from assistant.settings import load_settings
    from assistant.wire import rebuild_index

    rebuild_index(load_settings(), force=True)


def build_peer(folder: Path) -> None:
    """Build the peer's index of the same documents in a folder."""
    from assistant.settings import load_settings
    from assistant.wire import documents_of, encoder_of
    from eval.peers import build_and_persist

    settings = load_settings()
    build_and_persist(documents_of(settings), encoder_of(settings), folder)


def main(side: str, step: str, folder: Path) -> None:
    """One step of one side; afterwards waits to be measured until standard input closes."""
    if step == "build":
        build_ours() if side == "ours" else build_peer(folder)
        tell("built")
    else:
        clock = StageClock()
        ask = open_ours(clock) if side == "ours" else open_peer(clock, folder)
        answer(json.loads(sys.stdin.readline()), ask, clock)
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
