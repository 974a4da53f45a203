"""How a club's documents are written: files that are there whole or not at all.

<folder>/library.json              the catalogue; replacing it is the change
<folder>/pending.json              the catalogue to come, until the index is ready for it
<folder>/texts/<sha256>.md         the texts, never altered
<folder>/history/<revision>.json   earlier catalogues, for undo
<folder>/.adding                   held by whoever is changing something
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from corpus.catalog import digest_of
from corpus.durable import sync, take_lock
from corpus.errors import LibraryBusyError, LibraryWriteError

CATALOGUE = "library.json"
PENDING = "pending.json"
TEXTS = "texts"
HISTORY = "history"
LOCK = ".adding"


def text_path(folder: Path, digest: str) -> Path:
    """Where the text with this digest lies."""
    return folder / TEXTS / f"{digest}.md"


def history_path(folder: Path, revision: int) -> Path:
    """Where the catalogue of an earlier revision lies."""
    return folder / HISTORY / f"{revision}.json"


def revisions(folder: Path) -> tuple[int, ...]:
    """The earlier revisions that are kept, newest first."""
    there = (folder / HISTORY).glob("*.json")
    return tuple(sorted((int(p.stem) for p in there if p.stem.isdecimal()), reverse=True))


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Holds the library for one writer; let go of by the system if that is killed.

    Raises:
        LibraryBusyError: somebody else holds it.
        LibraryWriteError: the folder cannot be written.
    """
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock = take_lock(folder / LOCK)
        except BlockingIOError as problem:
            raise LibraryBusyError(
                "Somebody else is changing the documents at this moment. Nothing was changed."
                " Try again when that is done."
            ) from problem
    try:
        yield
    finally:
        os.close(lock)


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Says of any failure to write what cannot be written, why, and what to do.

    Raises:
        LibraryWriteError: what was there is untouched.
    """
    try:
        yield
    except OSError as problem:
        raise LibraryWriteError(
            f"Your documents cannot be written to {folder} ({problem.strerror or problem})."
            " Nothing was changed. Make room there, make it writable, or choose another as"
            " `folder` under [shelf] in the settings."
        ) from problem


def write_texts(
    folder: Path, texts: Iterable[bytes], progress: Callable[[int, int], None] | None = None
) -> None:
    """Writes each text under its digest, unless a sound one is there already.

    All are handed to the disk before any is waited for: ten thousand waits one by one take long.
    """
    (folder / TEXTS).mkdir(parents=True, exist_ok=True)
    wanted = {text_path(folder, digest_of(text)): text for text in texts}
    spares: dict[Path, Path] = {}
    try:
        for path, text in wanted.items():
            if not _is_sound(path):
                spare = spares[path] = _spare(path)
                spare.write_bytes(text)
        for done, (path, spare) in enumerate(spares.items(), start=1):
            sync(spare)
            spare.replace(path)
            if progress:
                progress(done, len(spares))
        sync(folder / TEXTS)
    finally:
        for spare in spares.values():
            spare.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Puts `content` in the place of a file in one move, and waits until the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = _spare(path)
    try:
        spare.write_bytes(content)
        sync(spare)
        move(spare, path)
    finally:
        spare.unlink(missing_ok=True)


def kept(path: Path, under: Path) -> bool:
    """Keeps a file that is about to be replaced under another name as well, without copying it.

    Whether that could be done: the file may not be there, and some disks know one name only.
    """
    under.parent.mkdir(parents=True, exist_ok=True)
    under.unlink(missing_ok=True)
    try:
        os.link(path, under)
    except OSError:
        return False
    sync(under.parent)
    return True


def move(source: Path, target: Path) -> None:
    """Puts one finished file in the place of another. Once it is moved, it counts as done."""
    source.replace(target)
    with suppress(OSError):  # it is in place; saying that it failed would be wrong
        sync(target.parent)


def _spare(path: Path) -> Path:
    return path.with_name(f".{path.name}.{uuid4().hex}")


def _is_sound(path: Path) -> bool:
    try:
        return digest_of(path.read_bytes()) == path.stem
    except OSError:
        return False
