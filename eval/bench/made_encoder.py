"""An encoder fast enough to make a million passages, whose vectors lie as an encoder's lie.

It takes the bundled encoder's own table of word pieces (30,522 rows of 384 numbers, the layer below
its transformer), takes out what all rows share (Mu and Viswanath 2018, "All-but-the-top") and means
the rows of a text's pieces, the frequent ones for less (Arora, Liang and Ma 2017, "A simple but
tough-to-beat baseline for sentence embeddings"). Texts with words of like meaning are close; it
does not read, so order and denial are lost on it. Both numbers below were chosen so that made-up
passages and questions lie as far from each other as under the real encoder. It shows what an index
does with very many vectors of that shape, and nothing about finding answers.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from index.encode import Vectors
from index.weights import BUNDLED_DIGEST, bundled_folder

_PIECES = "embeddings.word_embeddings.weight"
_WORD = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_SPECIAL = 999
"""Rows before this one are no words; from it on, they stand roughly by falling frequency."""
_SHARED = 8
"""Directions that are taken out."""
_A = 5e-5
"""Weight of a piece of frequency p: a / (a + p)."""
_UNKNOWN = 100
_REMEMBERED = 200_000
_PART = 2048


class MadeEncoder:
    """Satisfies `index.encode.Encoder`; its table is read on first use."""

    name = "made-static-minilm"
    digest = hashlib.sha256(f"static 2 {BUNDLED_DIGEST}".encode()).hexdigest()
    path = "fp32"
    dimension = 384
    max_tokens = 254

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, ...]] = {}

    def count_tokens(self, text: str) -> int:
        """Word pieces of a text."""
        return sum(len(self._pieces(word)) for word in _WORD.findall(text.lower()))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), 384), each of length 1; the same text, the same bits."""
        starts = range(0, len(texts), _PART)
        parts = [self._means(texts[start : start + _PART]) for start in starts]
        return np.concatenate([np.zeros((0, self.dimension), dtype=np.float32), *parts])

    def _means(self, texts: Sequence[str]) -> Vectors:
        from scipy.sparse import csr_matrix

        rows = [
            [piece for word in _WORD.findall(text.lower()) for piece in self._pieces(word)]
            for text in texts
        ]
        ends = np.cumsum([0, *map(len, rows)])
        pieces = np.fromiter((each for row in rows for each in row), np.int32, int(ends[-1]))
        ones = np.ones(len(pieces), dtype=np.float32)
        shape = (len(texts), len(self._table))
        sums = np.asarray(csr_matrix((ones, pieces, ends), shape=shape) @ self._table)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        sums[lengths[:, 0] == 0, 0] = 1.0  # a text of nothing must be some vector
        return np.ascontiguousarray(sums / np.where(lengths == 0, 1.0, lengths), dtype=np.float32)

    def _pieces(self, word: str) -> tuple[int, ...]:
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _REMEMBERED:  # names without end
                self._known.clear()
            found = self._known[word] = self._cut(word)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest pieces first, as the encoder's own tokenizer does."""
        pieces: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(mark + word[start:end])
                if number is not None:
                    pieces.append(number)
                    start = end
                    break
            else:
                return (_UNKNOWN,)
        return tuple(pieces)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        lines = (bundled_folder() / "vocab.txt").read_text("utf-8").split("\n")
        return {piece: number for number, piece in enumerate(lines) if piece}

    @cached_property
    def _table(self) -> Vectors:
        """A row for each piece: as the encoder has it, less what all share, weighted."""
        rows = _read(bundled_folder() / "model.safetensors")
        rank = np.maximum(np.arange(len(rows)) - _SPECIAL, 1)
        frequency = 1.0 / (rank * np.log(len(rows)))  # Zipf
        weights = (_A / (_A + frequency)).astype(np.float32)
        table = rows - rows[_SPECIAL:].mean(axis=0)
        _, directions = np.linalg.eigh(table[_SPECIAL:].T @ table[_SPECIAL:])
        shared = directions[:, -_SHARED:]
        table = (table - (table @ shared) @ shared.T) * weights[:, None]
        table[:_SPECIAL] = 0.0
        return np.asarray(table, dtype=np.float32)


def _read(path: Path) -> Vectors:
    """One table of a safetensors file: a header in JSON, then the numbers."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        said = json.loads(file.read(size))[_PIECES]
        file.seek(8 + size + said["data_offsets"][0])
        rows, width = said["shape"]
        return np.fromfile(file, dtype="<f4", count=rows * width).reshape(rows, width)
