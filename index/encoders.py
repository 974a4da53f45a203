"""Real encoders: the only door to sentence-transformers, torch and the Hugging Face hub."""

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.encode import Vectors
from index.encoder_paths import EncoderPath
from index.errors import REBUILD, EncoderError
from index.weights import (
    BUNDLED_DIGEST,
    BUNDLED_NAME,
    CHOOSE_ANOTHER,
    bundled_folder,
    refuse_foreign_code,
    stated_dimension,
    weights_digest,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from transformers import PreTrainedTokenizerBase

BUNDLED = "bundled"
"""Setting that means: the weights that came with the installation, never the network."""

_BUILD_THREADS = os.cpu_count() or 1
_BATCH = 8
"""As fast as 32 on a processor, and a hundred megabytes lighter."""

_FETCH = f"To fetch it, set allow_download = true under [encoder] in the settings. {REBUILD}"
_FETCH_FAILED = f"Fetching it failed: check its name and the network. {REBUILD}"

_QUERY_THREADS = 1
"""One short question gains nothing from a second thread and, on a busy machine, waits for it."""


class SentenceTransformerEncoder:
    """A sentence-transformers model that knows its name at once and loads on first use.

    `name_or_path` is "bundled", a folder, or a name on the hub. Only a hub name can reach the
    network, and only with `allow_download`; every other failure to find weights is an error.
    `path` is one of those that PyTorch runs.
    """

    def __init__(
        self,
        name_or_path: str = BUNDLED,
        *,
        allow_download: bool = False,
        path: EncoderPath = EncoderPath.FP32,
    ) -> None:
        self.path = path
        self._source = name_or_path
        self._allow_download = allow_download
        self._lock = Lock()
        self._model: SentenceTransformer | None = None

    @property
    def name(self) -> str:
        """Short name; for a folder, its last part."""
        if self._source == BUNDLED:
            return BUNDLED_NAME
        return Path(self._source).name if Path(self._source).is_dir() else self._source

    @cached_property
    def folder(self) -> Path:
        """Where the weights are.

        Raises:
            EncoderError: they are nowhere to be found.
        """
        if self._source == BUNDLED:
            return bundled_folder()
        if Path(self._source).is_dir():
            return Path(self._source)
        return _hub_folder(self._source, self._allow_download)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the weights; known beforehand, and checked on load, for the bundled ones."""
        return BUNDLED_DIGEST if self._source == BUNDLED else weights_digest(self.folder)

    @cached_property
    def dimension(self) -> int:
        """Length of the vectors; read from the pooling settings where they say it."""
        if (said := stated_dimension(self.folder)) is not None:
            return said
        loaded = self.load().get_embedding_dimension()
        if loaded is None:
            raise EncoderError(f"{self.name} does not say how long its vectors are; use another.")
        return loaded

    @cached_property
    def max_tokens(self) -> int:
        """Word pieces it reads of one text, special tokens not counted."""
        model = self.load()
        if model.max_seq_length is None:
            raise EncoderError(f"{self.name} does not say how much it reads; use another encoder.")
        special: int = model.tokenizer.num_special_tokens_to_add(pair=False)
        return model.max_seq_length - special

    def count_tokens(self, text: str) -> int:
        """Word pieces of a text, special tokens not counted."""
        counter = self._counter
        if counter.is_fast:  # asked directly, five times as fast: texts are counted several times
            return len(counter.backend_tokenizer.encode(text, add_special_tokens=False).ids)
        return len(counter(text, add_special_tokens=False, verbose=False)["input_ids"])

    @cached_property
    def _counter(self) -> "PreTrainedTokenizerBase":
        # A copy: switching off truncation in the model's own would do so in a running `encode`.
        counter: PreTrainedTokenizerBase = deepcopy(self.load().tokenizer)
        if counter.is_fast:
            counter.backend_tokenizer.no_truncation()
            counter.backend_tokenizer.no_padding()
        return counter

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        model = self.load()
        _use_threads(_QUERY_THREADS if len(texts) == 1 else _BUILD_THREADS)
        vectors = model.encode(
            list(texts),
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
            batch_size=_BATCH,
        )
        made = np.ascontiguousarray(vectors, dtype=np.float32)
        if self.path is EncoderPath.BF16:  # made length 1 in 16 bits, which is not quite 1
            made /= np.linalg.norm(made, axis=1, keepdims=True)
        return made

    def load(self) -> "SentenceTransformer":
        """The model, loaded by whichever thread asks first; the others wait for it.

        Raises:
            EncoderError: the weights are missing, altered or not in a safe format.
        """
        if self._model is None:
            with self._lock:
                if self._model is None:
                    self._model = self._load()
        return self._model

    def _load(self) -> "SentenceTransformer":
        refuse_foreign_code(self.folder)
        with ThreadPoolExecutor(max_workers=1) as beside:
            # Reading 90 MB to check them costs nothing while Python is busy importing torch.
            actual = beside.submit(weights_digest, self.folder)
            with _without_garbage_collection():
                model = _open_model(self.folder)
                if self.path is EncoderPath.BF16:
                    model.bfloat16()
                # The tokenizer settles on the first call, which must not be two at once.
                model.encode(["calf"], show_progress_bar=False)
            if actual.result() != self.digest:
                raise EncoderError(
                    f"The weights of {self.name} are not the ones expected: installation damaged."
                    f" Reinstall the requirements. {REBUILD}"
                )
        return model


def _hub_folder(name: str, allow_download: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    wanted = ["*.safetensors", "*.json", "*.txt", "*.model"]
    try:
        return Path(
            snapshot_download(name, allow_patterns=wanted, local_files_only=not allow_download)
        )
    except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError) as error:
        raise EncoderError(
            f"No encoder called {name!r} on this machine: it is neither a folder nor downloaded."
            f" {_FETCH_FAILED if allow_download else _FETCH}"
        ) from error


def _open_model(folder: Path) -> "SentenceTransformer":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Threads that wait by spinning make each other wait: 100 ms a question on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EncoderError(
            f"The encoder in {folder.name} does not load ({error}). {CHOOSE_ANOTHER}"
        ) from error


def _use_threads(count: int) -> None:
    import torch

    if torch.get_num_threads() != count:
        torch.set_num_threads(count)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Thousands of imported modules are no garbage: not looking for any saves about a second.

    Freezing them afterwards spares every later collection the same look, half a second long,
    which would else fall into the middle of some answer.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()
