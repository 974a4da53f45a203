"""The encoder run by ONNX Runtime: the only door to it and to bare tokenizers.

Nothing of PyTorch is imported here, which takes longer to import than this takes to answer.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.encode import Vectors
from index.encoder_paths import EncoderPath
from index.errors import REBUILD, EncoderError
from index.onnx_alone import keep_to_itself
from index.onnx_files import read_kept

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENS, MASK, VECTORS = "input_ids", "attention_mask", "vectors"
"""What goes into a kept file's model, and what comes out."""
READS, PADDING = "soleus.max_tokens", "soleus.padding"
"""Notes in a kept file: word pieces it reads, special tokens counted; what fills a batch up."""

_QUESTION = 4
"""Up to so many texts are a reader's question: one thread, which no other has to wait for."""
_BUILD_THREADS = os.cpu_count() or 1
_MOST_TEXTS = 32
_MOST_TOKENS = 128
"""In a batch, filled up, unless one text alone is longer: what stays in a core's own cache. With
2048 a busy machine took nearly twice the processor time."""

Numbers = npt.NDArray[np.int64]


class Weights(Protocol):
    """The weights a kept file was made of, named without being loaded."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def digest(self) -> str:
        """SHA-256 of them, hexadecimal."""

    @property
    def dimension(self) -> int:
        """Length of the vectors."""

    @property
    def folder(self) -> Path:
        """Where they lie, and their tokenizer."""


class OnnxEncoder:
    """An encoder in a kept file. Knows its name at once and loads on first use."""

    def __init__(self, weights: Weights, path: EncoderPath, file: Path) -> None:
        self._weights = weights
        self._file = file
        self._lock = Lock()
        self._model: _Model | None = None
        self.path = path

    @property
    def name(self) -> str:
        """Of the weights; the path is told apart in the index's label."""
        return self._weights.name

    @property
    def digest(self) -> str:
        """SHA-256 of the weights."""
        return self._weights.digest

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return self._weights.dimension

    @property
    def max_tokens(self) -> int:
        """Word pieces it reads of one text, special tokens not counted."""
        return self.load().max_tokens

    def count_tokens(self, text: str) -> int:
        """Word pieces of a text, special tokens not counted."""
        return self.load().count(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1.

        Raises:
            EncoderError: the kept file is missing or damaged.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self.load().encode(texts)

    def load(self) -> "_Model":
        """The model, loaded by whichever thread asks first; the others wait for it.

        Raises:
            EncoderError: the kept file or the tokenizer is missing or damaged.
        """
        if self._model is None:
            with self._lock:
                if self._model is None:
                    self._model = _Model(read_kept(self._file), self._weights.folder)
        return self._model


class _Model:
    """A loaded file: one session for questions, one for many texts when there are any."""

    def __init__(self, content: bytes, folder: Path) -> None:
        self._content = content
        self._asked = _session(content, threads=1)
        notes = self._asked.get_modelmeta().custom_metadata_map
        self._reads, self._padding = int(notes[READS]), int(notes[PADDING])
        self._counter = _tokenizer(folder)
        self._tokenizer = _tokenizer(folder)
        self._tokenizer.enable_truncation(self._reads)
        self._lock = Lock()

    @cached_property
    def _bulk(self) -> "InferenceSession":
        return _session(self._content, threads=_BUILD_THREADS)

    @property
    def max_tokens(self) -> int:
        return self._reads - self._counter.num_special_tokens_to_add(False)

    def count(self, text: str) -> int:
        return len(self._counter.encode(text, add_special_tokens=False).ids)

    def encode(self, texts: Sequence[str]) -> Vectors:
        session = self._asked if len(texts) <= _QUESTION else self._many()
        pieces = [each.ids for each in self._tokenizer.encode_batch(list(texts))]
        rows: dict[int, Vectors] = {}
        for batch in _batches([len(each) for each in pieces]):
            tokens, mask = self._filled([pieces[place] for place in batch])
            [vectors] = session.run([VECTORS], {TOKENS: tokens, MASK: mask})
            rows |= zip(batch, np.asarray(vectors, dtype=np.float32), strict=True)
        return np.array([rows[place] for place in range(len(texts))], dtype=np.float32)

    def _many(self) -> "InferenceSession":
        with self._lock:  # or two threads would both make one
            return self._bulk

    def _filled(self, pieces: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
        """Tokens and mask of a batch, each of shape (texts, longest)."""
        longest = max(map(len, pieces))
        tokens = np.full((len(pieces), longest), self._padding, dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, each in enumerate(pieces):
            tokens[row, : len(each)] = each
            mask[row, : len(each)] = 1
        return tokens, mask


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts, the longest first, in batches bounded in texts and in tokens."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda each: -lengths[each]):
        full = len(batch) == _MOST_TEXTS
        if batch and (full or (len(batch) + 1) * lengths[batch[0]] > _MOST_TOKENS):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _session(content: bytes, threads: int) -> "InferenceSession":
    keep_to_itself()
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that wait by spinning make each other wait on a busy machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # theirs have no common parent but this one
        raise EncoderError(f"ONNX Runtime cannot open the encoder ({error}). {REBUILD}") from error


def _tokenizer(folder: Path) -> "Tokenizer":
    """A fresh one: those that cut texts short and those that count must not be the same."""
    from tokenizers import Tokenizer

    try:
        found: Tokenizer = Tokenizer.from_buffer((folder / "tokenizer.json").read_bytes())
    except Exception as error:  # likewise
        raise EncoderError(
            f"The tokenizer of the encoder in {folder.name} cannot be read ({error})."
            f' Reinstall it, or set path = "fp32" under [encoder] in the settings. {REBUILD}'
        ) from error
    found.no_padding()
    found.no_truncation()
    return found
