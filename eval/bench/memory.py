"""How much memory a process takes and has ever taken, and how much room files do."""

from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory of one process, in bytes."""

    anonymous: int
    """Its own: what would have to be swapped out if others needed the room."""
    file: int
    """Files that are mapped and at present in memory: the system may drop them at any time."""
    peak: int
    """Most it ever held of both together."""


def peak_memory(pid: int) -> int:
    """Bytes of memory a process and its children held at their peak, each at its own.

    Linux remembers the peak. Elsewhere only the present figure is to be had, so ask after the
    work is done and before anything is let go.
    """
    whole = psutil.Process(pid)
    return sum(memory_of(each.pid).peak for each in (whole, *whole.children(recursive=True)))


def memory_of(pid: int) -> Memory:
    """Memory of one process; where the system tells no more, all of it counts as its own."""
    said = _status(pid)
    if "VmHWM" in said:
        mapped = said.get("RssFile", 0) + said.get("RssShmem", 0)
        return Memory(said.get("RssAnon", 0), mapped, said["VmHWM"])
    resident: int = psutil.Process(pid).memory_info().rss
    return Memory(resident, 0, resident)


def disk_bytes(folder: Path) -> int:
    """Bytes of all files in a folder and below it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _status(pid: int) -> dict[str, int]:
    """Linux's account of a process: sizes in bytes, by name; empty elsewhere."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return {}
    fields = (line.split(":") for line in status.read_text().splitlines())
    return {
        name: int(rest.split()[0]) * 1024 for name, rest in fields if rest.strip().endswith(" kB")
    }
