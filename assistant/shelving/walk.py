"""The files of a folder, without leaving it; and one file's bytes, without being led astray."""

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UnreadableError

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that changes again surely gets another time."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found, or what stands in its place and why it cannot be read."""

    path: Path
    refused: str = ""
    below: bool = False
    """Whether everything under this path is out of reach as well."""


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file as it was when it was read."""

    content: bytes
    stamp: str


def files_in(root: Path) -> Iterator[Found]:
    """Every file of a folder and its folders, by name; what is hidden is passed over.

    A link is not followed: what it leads to inside `root` is found where it lies. `root` is
    absolute and no link itself.
    """
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                there = sorted(listing, key=lambda each: each.name)
        except OSError as problem:
            why = f"the folder cannot be read ({problem.strerror})"
            yield Found(folder, why, below=True)
            continue
        seen = [each for each in there if not each.name.startswith(".")]
        for each in seen:
            if each.is_symlink():
                yield from _linked(Path(each.path), root)
            elif not each.is_dir(follow_symlinks=False):
                yield Found(Path(each.path))
        folders = (e for e in seen if e.is_dir(follow_symlinks=False))
        waiting.extend(reversed([Path(each.path) for each in folders]))


def _linked(path: Path, root: Path) -> Iterator[Found]:
    """What a link comes to: nothing if it stays inside, else a refusal."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
        yield Found(path, "a link to something that is not there")
        return
    if not target.is_relative_to(root):
        yield Found(path, "a link that leads out of the folder; copy the file itself into it")


def stamp_of(path: Path) -> str:
    """Size and time of a file; empty if it has none that could be trusted."""
    try:
        return _stamp(path.stat())
    except OSError:
        return ""


def read_whole(path: Path, largest: int) -> FileBytes:
    """A file's bytes. A pipe or device is not waited for, a file that is too large not opened.

    Raises:
        UnreadableError: it cannot be read, and why.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as problem:
        raise UnreadableError(f"cannot be opened ({problem.strerror})") from None
    with os.fdopen(handle, "rb") as file:
        try:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise UnreadableError("no ordinary file")
            if about.st_size > largest:
                raise UnreadableError(
                    f"{about.st_size / 2**20:.0f} MB large; at most {largest // 2**20} MB are read."
                    " Split it, or save the text alone"
                )
            return FileBytes(file.read(largest + 1), _stamp(about))
        except OSError as problem:
            raise UnreadableError(f"cannot be read ({problem.strerror})") from None


def _stamp(about: os.stat_result) -> str:
    """A file written to a moment ago may be written to again within the same tick of its clock."""
    if time.time_ns() - about.st_mtime_ns < _SETTLED:
        return ""
    return f"{about.st_size} {about.st_mtime_ns}"
