"""Packed files (.docx, .epub) opened without trusting them.

Nothing is written to disk, and nothing is unpacked before its declared size was looked at; what
comes out is counted again. Every XML part is read over before a library sees it: no document
declares entities of its own, and none nests or repeats its elements without end.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pyexpat import ExpatError
from xml.parsers import expat

from corpus.errors import BrokenFileError, HostileFileError, ProtectedFileError

MOST_MEMBERS = 5_000
LARGEST_SUM = 200 * 2**20
"""Bytes of everything within, unpacked, pictures too."""
LARGEST_PART = 24 * 2**20
"""Bytes of one part that is read, unpacked."""
_HIGHEST_RATIO = 200
"""Unpacked to packed size; markup stays below 60."""
_SMALL = 2**20
"""Bytes up to which any ratio is harmless."""
_MOST_ELEMENTS = 400_000
_DEEPEST = 150
_LOCKED = 0x1


@dataclass(frozen=True, slots=True)
class Packed:
    """An opened package."""

    file_name: str
    names: frozenset[str]
    _archive: zipfile.ZipFile

    def read(self, member: str) -> bytes:
        """The bytes of one part; empty if it is not there.

        Raises:
            HostileFileError: it unpacks to more than any part.
            BrokenFileError: it is damaged.
        """
        if member not in self.names:
            return b""
        info = self._archive.getinfo(member)
        if info.file_size > LARGEST_PART or _ratio(info) > _HIGHEST_RATIO:
            raise _bomb(self.file_name)
        try:
            with self._archive.open(info) as part:
                content = part.read(LARGEST_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            NotImplementedError,
            EOFError,
            RuntimeError,
        ) as problem:
            raise damaged(self.file_name) from problem
        if len(content) > LARGEST_PART:
            raise _bomb(self.file_name)
        return content

    def read_xml(self, member: str) -> bytes:
        """As `read`, for a part that is XML and was read over.

        Raises:
            HostileFileError: it declares entities, or nests or repeats elements without end.
            BrokenFileError: it is no XML.
        """
        content = self.read(member)
        if content:
            _read_over(content, self.file_name)
        return content


def open_packed(name: str, content: bytes) -> Packed:
    """Opens a package; `name` is for messages.

    Raises:
        BrokenFileError: it is damaged.
        HostileFileError: it declares more than any document holds.
        ProtectedFileError: it is locked with a password.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise damaged(name) from problem
    total = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or total > LARGEST_SUM:
        raise _bomb(name)
    if any(_ratio(member) > 5 * _HIGHEST_RATIO for member in members):
        raise _bomb(name)
    if any(member.flag_bits & _LOCKED for member in members):
        raise ProtectedFileError(
            f"{name} is locked with a password. Save a copy without one and add that."
        )
    return Packed(name, frozenset(archive.namelist()), archive)


def damaged(name: str) -> BrokenFileError:
    """What to raise about a package that cannot be read."""
    return BrokenFileError(f"{name} is damaged or cut off. Save or export it anew and add that.")


def _ratio(member: zipfile.ZipInfo) -> float:
    if member.file_size <= _SMALL:
        return 0.0
    return member.file_size / max(1, member.compress_size)


def _bomb(name: str) -> HostileFileError:
    return HostileFileError(
        f"{name} unpacks to far more than a document holds, as a “zip bomb” does, and was not "
        "opened. Add its text as a .txt file instead."
    )


class _Guard:
    """Counts the elements of a part, and lets no declaration pass."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._elements = 0
        self._depth = 0

    def start(self, _name: str, _attributes: object) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > _MOST_ELEMENTS or self._depth > _DEEPEST:
            raise HostileFileError(
                f"{self._name} has more parts, or more within one another, than a document needs. "
                "Add its text as a .txt file instead."
            )

    def end(self, _name: str) -> None:
        self._depth -= 1

    def declaration(self, *_: object) -> None:
        raise HostileFileError(
            f"{self._name} declares entities of its own, which no document needs and attackers "
            "use; it was not opened. Add its text as a .txt file instead."
        )


def _read_over(content: bytes, name: str) -> None:
    guard = _Guard(name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    parser.EntityDeclHandler = guard.declaration
    try:
        parser.Parse(content, True)
    except (ExpatError, ValueError) as problem:
        raise damaged(name) from problem
