"""Encodes many texts at the rate the encoder itself has."""

from collections.abc import Sequence

import numpy as np

from index.encode import Encoder, Progress, Vectors

_SLICE = 512


def encode_all(texts: Sequence[str], encoder: Encoder, progress: Progress | None) -> Vectors:
    """Vectors of all texts, in their order: shape (len(texts), dimension)."""
    order = sorted(range(len(texts)), key=lambda n: -len(texts[n]))
    out = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(order), _SLICE):
        chosen = order[start : start + _SLICE]
        out[chosen] = encoder.encode([texts[n] for n in chosen])
        if progress:
            progress(min(start + _SLICE, len(order)), len(order))
    return out
