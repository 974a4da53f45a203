"""Fetch a model: enough disk first, then its bytes, then its SHA-256, then its name in one move.

What has arrived stays in a `.part` file, whatever breaks off; the next try goes on from there.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from assistant.models.local.hub import Hub, Published
from assistant.models.local.offers import Offer, PullError, folder_of, pulled
from corpus.durable import sync, take_lock

SPARE = 100 * 2**20
"""Bytes of the disk that a download leaves free."""
_BLOCK = 2**20

Report = Callable[[str, int, int], None]
"""What is being done, and how many of how many bytes are."""


def pull(offer: Offer, models: Path, report: Report, hub: Hub | None = None) -> Path:
    """The offer's file under the folder `models`, fetched unless it is there. Raises PullError."""
    there = pulled(offer, models)
    if there:
        return there
    hub = hub or Hub()
    wanted = hub.published(offer)
    folder = folder_of(offer, models)
    target = folder / Path(wanted.file).name
    part = folder / f"{target.name}.{wanted.sha256[:12]}.part"  # never goes on with another file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = take_lock(part)
        try:
            _fetch(hub, wanted, part, report)
            _verify(wanted, part, report)
            sync(part)
            part.replace(target)
            sync(folder)
        finally:
            os.close(lock)
    except BlockingIOError:
        raise PullError(f"{offer.name} is being pulled already, by another command.") from None
    except OSError as error:
        raise _disk(error, folder) from None
    return target


def _fetch(hub: Hub, wanted: Published, part: Path, report: Report) -> None:
    have = part.stat().st_size
    if have > wanted.size:
        have = 0
    _require_room(part.parent, wanted.size - have)
    with part.open("r+b") as file:
        file.truncate(have)
        file.seek(have)
        counted = _Counted(file, lambda done: report("Fetching", done, wanted.size))
        hub.fetch(wanted, cast(BinaryIO, counted), have)


def _require_room(folder: Path, missing: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < missing + SPARE:
        raise PullError(
            f"The disk of {folder} has {gigabytes(free)} free, and {gigabytes(missing + SPARE)} are"
            " needed. Free some, or name another folder: --folder."
        )


def _verify(wanted: Published, part: Path, report: Report) -> None:
    """Raise PullError, and throw the file away, unless it is what the publisher states."""
    digest, done = hashlib.sha256(), 0
    with part.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            done += len(block)
            report("Verifying", done, wanted.size)
    if digest.hexdigest() != wanted.sha256:
        part.unlink()
        raise PullError(
            f"What arrived as {wanted.file} is not what its publisher states (its SHA-256 differs),"
            " and was thrown away. Run the command again; if that repeats, something between here"
            " and the hub changes files."
        )


def _disk(error: OSError, folder: Path) -> PullError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PullError(
            f"The disk of {folder} is full. Free some space and run the command again: it goes on"
            " from there."
        )
    return PullError(f"{folder}: {error.strerror or 'cannot be written'}. Name another: --folder.")


def gigabytes(count: int) -> str:
    """Bytes as people say them, e.g. "1.1 GB"."""
    return f"{count / 1e9:.1f} GB"


class _Counted:
    """A file that tells how far it has been written."""

    def __init__(self, file: BinaryIO, told: Callable[[int], None]) -> None:
        self._file = file
        self._told = told

    def write(self, data: bytes) -> int:
        """Write on, and tell the bytes there are now."""
        written = self._file.write(data)
        self._told(self._file.tell())
        return written

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the file has
        return getattr(self._file, name)
