"""What files that outlive a crash need: the disk has them, and one process at a time writes."""

import fcntl
import os
from pathlib import Path


def sync(path: Path) -> None:
    """Waits until the disk has a file's bytes, or knows which files are in a folder.

    Raises OSError.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def take_lock(path: Path) -> int:
    """Locks a file, made if it is not there, for this process alone.

    Returns the handle to close afterwards; the system closes it if the process is killed.

    Raises:
        BlockingIOError: another process has it.
        OSError: the file cannot be made.
    """
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
