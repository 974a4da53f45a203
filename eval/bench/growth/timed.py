"""Time that belongs to an encoder or to the making of documents, so that it can be told apart."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from corpus import Document
from index.encode import Encoder, Vectors
from index.sources import Source


@dataclass(slots=True)
class Stopwatch:
    """Adds up seconds."""

    seconds: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Counts until the block is left, however it is left."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - started


@dataclass(slots=True)
class TimedEncoder:
    """An encoder that knows how long it was at work, and on how many texts."""

    inner: Encoder
    watch: Stopwatch = field(default_factory=Stopwatch)
    texts: int = 0

    @property
    def name(self) -> str:
        """The encoder's own."""
        return self.inner.name

    @property
    def digest(self) -> str:
        """The encoder's own."""
        return self.inner.digest

    @property
    def path(self) -> str:
        """The encoder's own."""
        return self.inner.path

    @property
    def dimension(self) -> int:
        """The encoder's own."""
        return self.inner.dimension

    @property
    def max_tokens(self) -> int:
        """The encoder's own."""
        return self.inner.max_tokens

    def count_tokens(self, text: str) -> int:
        """Not timed: counting is part of cutting."""
        return self.inner.count_tokens(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The encoder's own, timed."""
        with self.watch.running():
            vectors = self.inner.encode(texts)
        self.texts += len(texts)
        return vectors


def timed_source(source: Source, watch: Stopwatch) -> Source:
    """A source whose making is added to a watch."""

    def load() -> Document:
        with watch.running():
            return source.load()

    return replace(source, load=load)


@dataclass(frozen=True, slots=True)
class Lap:
    """One piece of work."""

    seconds: float
    """All of it."""
    beyond: float
    """What is left without encoding and without making the documents."""
    texts: int
    """How many were encoded."""


@contextmanager
def lap(encoder: TimedEncoder, making: Stopwatch, laps: list[Lap]) -> Iterator[None]:
    """Times the block and adds it to the laps."""
    texts, spent = encoder.texts, encoder.watch.seconds + making.seconds
    started = time.perf_counter()
    yield
    whole = time.perf_counter() - started
    elsewhere = encoder.watch.seconds + making.seconds - spent
    laps.append(Lap(whole, max(whole - elsewhere, 0.0), encoder.texts - texts))
