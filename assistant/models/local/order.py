"""What the process that runs llama.cpp is told, and what it tells back: one line of JSON each."""

import json
from dataclasses import asdict, dataclass

SLOTS = 2
"""Drafts that one model writes side by side; each has the whole context to itself."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which model is to be served how."""

    gguf: str
    """Path of the model file."""
    context: int
    """Tokens one draft can read and write."""
    threads: int
    """Processor threads, at least 1."""
    seed: int
    key: str
    """What callers must show. Made anew for every process, and handed over by pipe: arguments and
    environments can be read by other users of a machine."""

    def __repr__(self) -> str:
        """Without the key."""
        return f"Order({self.gguf!r}, context={self.context}, threads={self.threads})"

    def line(self) -> bytes:
        """As it goes through the pipe."""
        return json.dumps(asdict(self)).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Told:
    """What the process answers once: where it serves, or why it does not."""

    port: int = 0
    """On 127.0.0.1; 0 where nothing is served."""
    missing: bool = False
    """Whether the package xllamacpp is not installed here."""

    def line(self) -> bytes:
        """As it goes through the pipe."""
        return json.dumps(asdict(self)).encode() + b"\n"


def order_from(line: bytes) -> Order:
    """The order in a line. Raises ValueError or TypeError."""
    return Order(**json.loads(line))


def told_from(line: bytes) -> Told:
    """The answer in a line; nothing is served where there is no such line."""
    try:
        return Told(**json.loads(line))
    except (ValueError, TypeError):
        return Told()
