"""A file of which pieces are read as they are needed, and that is let go of when nobody looks."""

import os
from pathlib import Path
from weakref import finalize

from index.errors import REBUILD, DamagedIndexError


class Pieces:
    """Reads by position, from any number of threads. Stays readable when the file is unlinked."""

    def __init__(self, path: Path) -> None:
        """Raises DamagedIndexError."""
        self._name = path.name
        try:
            self._file = os.open(path, os.O_RDONLY)
        except OSError as error:
            raise self.damaged() from error
        # A snapshot ends when the last answer from it does: nobody knows when to call `close`.
        finalize(self, os.close, self._file)

    def __len__(self) -> int:
        return os.fstat(self._file).st_size

    def read(self, start: int, size: int) -> bytes:
        """`size` bytes from `start` on. Raises DamagedIndexError if they are not all there."""
        pieces = []
        while size:  # the system may hand out less than was asked for, 2 GiB at most
            piece = os.pread(self._file, size, start)
            if not piece:
                raise self.damaged()
            pieces.append(piece)
            start += len(piece)
            size -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def read_into(self, place: memoryview, start: int) -> None:
        """Fills `place` with what stands from `start` on. Raises DamagedIndexError."""
        if os.preadv(self._file, (place,), start) < len(place):
            place[:] = self.read(start, len(place))

    def damaged(self) -> DamagedIndexError:
        """What to raise when the file is not what it should be."""
        return DamagedIndexError(f"{self._name} of the index is missing or cut short. {REBUILD}")
