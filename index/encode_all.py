"""Encodes many texts at the rate the encoder itself has."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.encode import Encoder, Progress, Vectors

_MOST_TEXTS = 512
_MOST_CHARACTERS = 32_000
"""A slice of the longest texts would else take minutes: the work grows with the characters."""


def encode_all(texts: Sequence[str], encoder: Encoder, progress: Progress | None = None) -> Vectors:
    """Vectors of all texts, in their order: shape (len(texts), dimension), float32.

    An encoder fills a batch up to its longest text, so texts of like length go together, the
    longest first: whoever waits is never told of less than there is left. A text that occurs
    twice is encoded once. Between two slices of at most 512 texts progress is told and Ctrl-C
    is heard; whatever the encoder itself needs is bounded by one of them.

    Args:
        texts: Any number, in any order.
        encoder: What turns them into vectors.
        progress: Told after each slice how many of the texts have a vector, and of how many.

    Raises:
        EncoderError: the encoder cannot be loaded.
    """
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(text, []).append(place)
    done = 0
    for chosen in _slices(sorted(places, key=len, reverse=True)):
        encoded = encoder.encode(chosen)
        for text, vector in zip(chosen, encoded, strict=True):
            vectors[places[text]] = vector
            done += len(places[text])
        if progress:
            progress(done, len(texts))
    return vectors


def _slices(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in their order, in slices that are neither too many nor too long."""
    chosen: list[str] = []
    characters = 0
    for text in texts:
        if chosen and (len(chosen) == _MOST_TEXTS or characters + len(text) > _MOST_CHARACTERS):
            yield chosen
            chosen, characters = [], 0
        chosen.append(text)
        characters += len(text)
    if chosen:
        yield chosen
