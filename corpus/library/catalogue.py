"""The list of a club's documents as it lies on disk: one JSON file that vouches for itself."""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.errors import DamagedLibraryError
from corpus.library.entry import Entry, Sha256

FORMAT = 1
"""Raise it when an older Soleus could not read the file."""

_REVISION = re.compile(rb'"revision":\s*([0-9]+)')
_BEGINNING = 256
"""Bytes of a catalogue that hold its revision, if anything does."""
_ENTRIES = TypeAdapter(tuple[Entry, ...])


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All documents at one moment."""

    revision: int = 0
    """Rises with every change."""
    previous: int | None = None
    """The revision that an undo goes back to; None where there is none."""
    entries: tuple[Entry, ...] = ()
    """In the order in which they came."""


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)]
    revision: Annotated[int, Field(ge=0)]
    previous: Annotated[int, Field(ge=0)] | None
    digest: Sha256
    entries: tuple[Entry, ...]


def to_bytes(catalogue: Catalogue) -> bytes:
    """The catalogue as it is written: readable, with a digest that any altered letter breaks."""
    file = _File(
        format=FORMAT,
        revision=catalogue.revision,
        previous=catalogue.previous,
        digest=_digest(catalogue),
        entries=catalogue.entries,
    )
    return file.model_dump_json(indent=1).encode()


def from_bytes(content: bytes, name: str) -> Catalogue:
    """The catalogue in a file called `name`.

    Raises:
        DamagedLibraryError: it is cut short, altered, or of a newer Soleus.
    """
    try:
        file = _File.model_validate_json(content)
    except ValidationError as problem:
        if _is_newer(content):
            raise DamagedLibraryError(
                f"{name} was written by a newer Soleus. Update this one to read it."
            ) from None
        raise _damaged(name) from problem
    catalogue = Catalogue(file.revision, file.previous, file.entries)
    if file.digest != _digest(catalogue):
        raise _damaged(name)
    return catalogue


def read(path: Path) -> Catalogue | None:
    """The catalogue at `path`, or None where there is no file.

    Raises:
        DamagedLibraryError: it cannot be read, or is not as it was written.
    """
    try:
        return from_bytes(path.read_bytes(), path.name)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise DamagedLibraryError(
            f"{path} cannot be read ({problem.strerror}). Give the account that runs Soleus the"
            " right to read it."
        ) from problem


def revision_at(path: Path) -> int:
    """The revision that a catalogue says it is of, without reading more; 0 where there is none."""
    try:
        with path.open("rb") as file:
            found = _REVISION.search(file.read(_BEGINNING))
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _damaged(name: str) -> DamagedLibraryError:
    return DamagedLibraryError(
        f"{name}, the list of your own documents, is damaged: it is not as it was written."
        " The state before the last change is kept. Run: python -m assistant undo"
    )


def _digest(catalogue: Catalogue) -> str:
    vouched = f"{catalogue.revision} {catalogue.previous}\n".encode()
    return hashlib.sha256(vouched + _ENTRIES.dump_json(catalogue.entries)).hexdigest()


def _is_newer(content: bytes) -> bool:
    try:
        read: Any = json.loads(content)
    except (ValueError, RecursionError):
        return False
    written = read.get("format") if isinstance(read, dict) else None
    return isinstance(written, int) and written > FORMAT
