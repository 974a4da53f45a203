"""How an index lies on disk: files written whole or not at all, read only if unaltered.

<artifacts root>/<fingerprint>/manifest.json          the label; replacing it is the swap
<artifacts root>/<fingerprint>/<build>/passages.json  passages and their sentences
<artifacts root>/<fingerprint>/<build>/*.faiss        their vectors
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import REBUILD, BuildInProgressError, DamagedIndexError, IndexWriteError
from index.passage import Passage
from index.spec import Manifest

MANIFEST = "manifest.json"
PASSAGES = "passages.json"
PASSAGE_VECTORS = "passages.faiss"
SENTENCE_VECTORS = "sentences.faiss"
ASKED_VECTORS = "asked.faiss"
OUT_OF_SCOPE_VECTORS = "out_of_scope.faiss"

STORED_PASSAGES = TypeAdapter(tuple[Passage, ...])
"""How passages are written and read: plain JSON, every field checked."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of one fingerprint."""

    folder: Path

    @property
    def manifest_path(self) -> Path:
        """Where the label is, if anything was ever finished here."""
        return self.folder / MANIFEST

    def read_manifest(self) -> Manifest | None:
        """The label, or None where nothing has been built.

        Raises:
            DamagedIndexError: there is a label and it cannot be read.
        """
        try:
            return Manifest.model_validate_json(self.manifest_path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise DamagedIndexError(
                f"The label of the index {self.folder.name} is unreadable. {REBUILD}"
            ) from error

    def read_files(self, manifest: Manifest) -> dict[str, bytes]:
        """The files the label vouches for, by name.

        Raises:
            DamagedIndexError: one is missing, cut short or altered.
        """
        return {name: self._read(manifest, name) for name in manifest.files}

    def _read(self, manifest: Manifest, name: str) -> bytes:
        try:
            stored = (self.folder / manifest.build / name).read_bytes()
        except OSError as error:
            raise DamagedIndexError(
                f"{name} of the index is missing or unreadable. {REBUILD}"
            ) from error
        if _digest(stored) != manifest.files[name]:
            raise DamagedIndexError(f"{name} of the index is not as it was written. {REBUILD}")
        return stored

    def write(self, manifest: Manifest, files: Mapping[str, bytes]) -> None:
        """Puts a finished build in place: whoever opens finds the old index or the new one.

        Raises:
            IndexWriteError: the place cannot be written; the old index is untouched.
        """
        with _written(self.folder):
            build = self.folder / manifest.build
            build.mkdir(parents=True)
            for name, content in files.items():
                _write_through(build / name, content)
            _sync_folder(build)
            unlabelled = build / MANIFEST
            _write_through(unlabelled, manifest.model_dump_json(indent=2).encode())
            unlabelled.replace(self.manifest_path)
            _sync_folder(self.folder)

    def sweep(self, keep: str) -> None:
        """Removes builds other than `keep`: replaced ones and what a killed build left."""
        for entry in self.folder.iterdir():
            if entry.is_dir() and entry.name != keep:
                shutil.rmtree(entry, ignore_errors=True)


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file, by name."""
    return {name: _digest(content) for name, content in files.items()}


@contextmanager
def only_builder(root: Path) -> Iterator[None]:
    """Holds the place for one building process; let go of by the system if that is killed.

    Raises:
        BuildInProgressError: another process is building.
        IndexWriteError: the place cannot be written.
    """
    with _written(root):
        root.mkdir(parents=True, exist_ok=True)
        lock = os.open(root / ".building", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(lock)
        yield
    finally:
        os.close(lock)


def _take(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BuildInProgressError(
            f"Another process is building the index. Wait until it is done. If it failed: {REBUILD}"
        ) from error


@contextmanager
def _written(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexWriteError(
            f"The index cannot be written to {place} ({error.strerror or error})."
            " Make it writable or choose another as `folder` under [index] in the settings."
            f" {REBUILD}"
        ) from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
