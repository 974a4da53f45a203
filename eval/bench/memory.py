"""How much memory a process has ever taken."""

from pathlib import Path

import psutil


def peak_memory(pid: int) -> int:
    """Bytes of memory a process and its children held at their peak, each at its own.

    Linux remembers the peak. Elsewhere only the present figure is to be had, so ask after the
    work is done and before anything is let go.
    """
    whole = psutil.Process(pid)
    return sum(_peak(process) for process in (whole, *whole.children(recursive=True)))


def _peak(process: psutil.Process) -> int:
    status = Path(f"/proc/{process.pid}/status")
    if status.is_file():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    resident: int = process.memory_info().rss
    return resident
