"""Which encoder runs, and how: chosen when an index is made, kept to for as long as it lives."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus import load_documents
from index.encoder_paths import AUTO, EncoderPath, known_path, refuse_path, why_not
from index.encoders import BUNDLED, SentenceTransformerEncoder
from index.errors import EncoderError
from index.onnx_encoder import OnnxEncoder
from index.onnx_files import keep, kept_file
from index.probe import ProbeResult, probe, proof_of
from index.spec import IndexSpec

KEPT = "encoders"
"""Folder, among the index's own, for the encoder's files."""

AnyEncoder = SentenceTransformerEncoder | OnnxEncoder
"""Knows its name at once; `load()` wakes it, as does whatever needs it first."""


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """What the settings ask for."""

    kept: Path
    """Where encoders that were made ready for ONNX Runtime lie."""
    model: str = BUNDLED
    allow_download: bool = False
    path: str = AUTO
    """"auto", or a path's name."""
    available: Callable[[EncoderPath], str] = field(default=why_not, repr=False)
    """Why this machine cannot run a path; "" if it can."""


def encoder_to_ask(choice: EncoderChoice, recorded: IndexSpec | None) -> AnyEncoder:
    """The encoder for an index that is there, on the path it was made on. Writes nothing.

    `recorded` is what the index's label says; without an index the answer does not matter, and
    where the settings name another path, opening the index says so. Loads nothing.

    Raises:
        EncoderError: the path cannot run on this machine, or its file is gone, and what to do.
    """
    if choice.path == AUTO:
        path = known_path(recorded.path) if recorded else EncoderPath.FP32
    else:
        path = known_path(choice.path)
    if reason := choice.available(path):
        raise refuse_path(path, reason)
    plain = _plain(choice)
    if not path.is_onnx:
        return _on_torch(choice, path)
    file = kept_file(choice.kept, plain.digest, path)
    if file is None:
        raise refuse_path(path, "the encoder's file is not beside the index")
    return OnnxEncoder(plain, path, file)


def encoder_to_build(
    choice: EncoderChoice,
    recorded: IndexSpec | None,
    *,
    afresh: bool = False,
    told: Callable[[EncoderPath], None] | None = None,
) -> AnyEncoder:
    """The encoder that an index is made or brought up to date with; may write its own file.

    "auto" stays on the path of the index that is there, if that is of the same weights and can
    run here: what has been encoded is not encoded again. Else the paths are probed.

    Args:
        choice: What the settings ask for.
        recorded: What the label of the index says, if there is one.
        afresh: All is made anew, so probe again.
        told: Called with each path while probing.

    Raises:
        EncoderError: the path that the settings name is not to be had on this machine.
        IndexWriteError: the encoder's file cannot be written.
    """
    if choice.path != AUTO:
        return _made_ready(choice, known_path(choice.path))
    if recorded and not afresh and (path := _still_good(choice, recorded)):
        try:
            return _made_ready(choice, path)
        except EncoderError:
            pass  # what it was made with is gone: as if there were no index
    return _made_ready(choice, probe_paths(choice, told=told).chosen)


def weights_folder(choice: EncoderChoice) -> Path:
    """Where the encoder's own files lie, whichever way it is run. Raises EncoderError."""
    return _plain(choice).folder


def probe_paths(
    choice: EncoderChoice, *, told: Callable[[EncoderPath], None] | None = None
) -> ProbeResult:
    """What every path does here. Makes the files it needs and leaves them where they are kept.

    Raises:
        EncoderError: the encoder itself cannot be loaded.
        CorpusError: the shelf that comes with the program cannot be read.
        IndexWriteError: a file cannot be written.
    """
    plain = _plain(choice)
    return probe(lambda path: _running(choice, path, plain), proof_of(load_documents()), told=told)


def _still_good(choice: EncoderChoice, recorded: IndexSpec) -> EncoderPath | None:
    """The path of an index, if more can be added to it here."""
    if recorded.encoder_digest != _plain(choice).digest:
        return None
    try:
        path = known_path(recorded.path)
    except EncoderError:
        return None
    return None if choice.available(path) else path


def _made_ready(choice: EncoderChoice, path: EncoderPath) -> AnyEncoder:
    try:
        return _running(choice, path, _plain(choice))
    except EncoderError as error:
        raise refuse_path(path, str(error)) from error


def _running(
    choice: EncoderChoice, path: EncoderPath, plain: SentenceTransformerEncoder
) -> AnyEncoder:
    """The encoder on a path, its file made if it has to be. Raises EncoderError: why not."""
    if path is EncoderPath.FP32:
        return plain
    if reason := choice.available(path):
        raise EncoderError(reason)
    if not path.is_onnx:
        return _on_torch(choice, path)
    if file := kept_file(choice.kept, plain.digest, path):
        ready = OnnxEncoder(plain, path, file)
        try:
            ready.load()
        except EncoderError:
            pass  # damaged: made anew
        else:
            return ready
    from index.onnx_export import export

    return OnnxEncoder(plain, path, keep(choice.kept, plain.digest, path, export(plain, path)))


def _plain(choice: EncoderChoice) -> SentenceTransformerEncoder:
    return _on_torch(choice, EncoderPath.FP32)


def _on_torch(choice: EncoderChoice, path: EncoderPath) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(choice.model, allow_download=choice.allow_download, path=path)
