"""Encoders made ready for ONNX Runtime, kept beside the index; a file's name holds its digest.

A name is <weights>.<path>.<SHA-256 of the file>.onnx. So a file that was cut short, altered or
made of other weights is never taken for the right one, and no label has to be kept in step.
"""

import hashlib
from pathlib import Path
from uuid import uuid4

from corpus.durable import sync
from index.durable import write_through, written
from index.encoder_paths import EncoderPath
from index.errors import REBUILD, EncoderError

_STEM = 16


def kept_file(folder: Path, weights: str, path: EncoderPath) -> Path | None:
    """The file of these weights (their digest) for this path, not looked into; None without."""
    found = sorted(folder.glob(f"{weights[:_STEM]}.{path}.*.onnx"))
    return found[-1] if found else None


def read_kept(file: Path) -> bytes:
    """The bytes of a kept file, seen to be those that were written.

    Raises:
        EncoderError: it cannot be read, or has changed since.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise EncoderError(
            f"The encoder's file {file.name} cannot be read ({error.strerror or error}). {REBUILD}"
        ) from error
    if hashlib.sha256(content).hexdigest() != file.name.split(".")[-2]:
        raise EncoderError(f"The encoder's file {file.name} is damaged. {REBUILD}")
    return content


def keep(folder: Path, weights: str, path: EncoderPath, content: bytes) -> Path:
    """Writes a file, whole or not at all, then drops earlier ones of these weights and path.

    Raises:
        IndexWriteError: it cannot be written.
    """
    digest = hashlib.sha256(content).hexdigest()
    target = folder / f"{weights[:_STEM]}.{path}.{digest}.onnx"
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
        spare = folder / f".{uuid4().hex}"
        try:
            write_through(spare, content)
            spare.replace(target)
        finally:
            spare.unlink(missing_ok=True)
        sync(folder)
        for old in folder.glob(f"{weights[:_STEM]}.{path}.*.onnx"):
            if old != target:
                old.unlink(missing_ok=True)
    return target
