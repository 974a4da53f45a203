"""The commands of `python -m eval`, one file each: its options, and what it does with them."""

import argparse
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from eval.commands import (
    baseline,
    bench,
    check,
    compare,
    external,
    fit,
    golden,
    judge,
    peers,
    safety,
    written,
)


class Command(Protocol):
    """What every file here holds."""

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Puts the command's options on its parser."""
        ...

    def run(self, chosen: argparse.Namespace) -> None:
        """Does it. Raises EvalError, AssistantError, CorpusError, PassageIndexError."""
        ...


class Entry(NamedTuple):
    """A command and its line of help."""

    command: Command
    help: str


COMMANDS: Mapping[str, Entry] = {
    "compare": Entry(compare, "what got better, what worse, and by more than noise"),
    "safety": Entry(safety, "what the guard misses, and what no reply may say"),
    "written": Entry(written, "the checker of written answers, on labelled sentences"),
    "external": Entry(external, "a public test set, with published numbers beside ours"),
    "peers": Entry(peers, "others on the same questions, in the same run"),
    "judge": Entry(judge, "the support judge against human labels; fit writes it anew"),
    "check": Entry(check, "whether the questions are sound"),
    "baseline": Entry(baseline, "make a kept run the table that `make test` holds"),
    "golden": Entry(golden, "ask the older questions and count right replies"),
    "fit": Entry(fit, "fit the weights anew, beside those in use; changes nothing"),
    "bench": Entry(bench, "speed and memory, beside LlamaIndex's default"),
}
