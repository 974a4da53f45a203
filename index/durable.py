"""Files that are there whole or not at all, and a digest that tells whether they are still as they
were written.

Everything but a label is written once under a name that nobody has used and never changed again;
a label is replaced in one move. So whoever is killed between any two steps leaves what was there.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.durable import sync, take_lock
from index.errors import REBUILD, BuildInProgressError, DamagedIndexError, IndexWriteError

_CHUNK = 1 << 20


def write_through(path: Path, content: bytes) -> None:
    """Writes a new file and waits until the disk has it. Raises FileExistsError, OSError."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, content: bytes, spare: Path) -> None:
    """Puts `content` in the place of a file in one move, by way of the new file `spare`."""
    write_through(spare, content)
    spare.replace(path)
    sync(path.parent)


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal, without holding them. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def verify(path: Path, digest: str) -> None:
    """Compares a file's bytes with the digest they had when they were written.

    Raises:
        DamagedIndexError: it is missing, cut short or altered.
    """
    try:
        found = digest_of(path)
    except OSError as error:
        raise DamagedIndexError(
            f"{path.name} of the index is missing or unreadable. {REBUILD}"
        ) from error
    if found != digest:
        raise DamagedIndexError(f"{path.name} of the index is not as it was written. {REBUILD}")


@contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """Holds the place for one writing process; let go of by the system if that is killed.

    Raises:
        BuildInProgressError: another process is writing.
        IndexWriteError: the place cannot be written.
    """
    with written(root):
        root.mkdir(parents=True, exist_ok=True)
        try:
            lock = take_lock(root / ".building")
        except BlockingIOError as error:
            raise BuildInProgressError(
                "Another process is building the index. Wait until it is done. If it failed:"
                f" {REBUILD}"
            ) from error
    try:
        yield
    finally:
        os.close(lock)


@contextmanager
def written(place: Path) -> Iterator[None]:
    """Says of any failure to write in words what cannot be written, why, and what to do.

    Raises:
        IndexWriteError: the index as it was is untouched.
    """
    try:
        yield
    except OSError as error:
        raise IndexWriteError(
            f"The index cannot be written to {place} ({error.strerror or error}). The index as it"
            " was is untouched. Make room there, make it writable, or choose another as `folder`"
            f" under [index] in the settings. {REBUILD}"
        ) from error
