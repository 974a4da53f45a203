"""A real, tiny encoder: hashed words in, deterministic vectors out; no weights, no waiting."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from index.encode import Vectors

_PIECE = re.compile(r"\w{1,6}|[^\w\s]")


class FakeEncoder:
    """Texts that share words get vectors that are close. Counts how often it was woken."""

    def __init__(
        self,
        name: str = "fake",
        *,
        seed: int = 0,
        dimension: int = 24,
        max_tokens: int = 254,
        path: str = "fp32",
    ) -> None:
        self.name = name
        self.digest = hashlib.sha256(f"{name} {seed}".encode()).hexdigest()
        self.path = path
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.encoded: list[str] = []
        self._seed = seed

    def count_tokens(self, text: str) -> int:
        """Pieces of up to six letters, and every mark, count one."""
        return len(_PIECE.findall(text))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Sum of one fixed random vector per word, made length 1."""
        self.encoded.extend(texts)
        rows = [self._vector(text) for text in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), self.dimension)

    def _vector(self, text: str) -> Vectors:
        total = np.full(self.dimension, 1e-3)
        for word in re.findall(r"\w+", text.lower()):
            digest = hashlib.sha256(f"{self._seed} {word}".encode()).digest()
            total += np.random.default_rng(int.from_bytes(digest[:8], "big")).normal(
                size=self.dimension
            )
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)
