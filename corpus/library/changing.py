"""A change to a club's documents: made ready beside them, put in place in one move, undone.

Whoever changes something holds `disk.only_writer` from before the library is read until the end:

    with only_writer(folder):
        library = Library(folder)
        coming = stage(library, put, dropped)    # nobody sees it yet
        ...                                      # the index is made ready for `coming`
        commit(library, coming)                  # everybody sees it; or else: abandon(folder)
"""

import re
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DamagedLibraryError, LibraryBusyError, NothingToUndoError
from corpus.library import catalogue as listing
from corpus.library import disk
from corpus.library.catalogue import Catalogue
from corpus.library.entry import Entry
from corpus.library.library import Library

KEPT = 20
"""Earlier states that can be gone back to."""

_TEXT_DIGEST = re.compile(rb'"text_digest":\s*"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Put:
    """A document to be put on the shelf, in the place of the one with its id if there is one."""

    entry: Entry
    text: str | None = None
    """Its words; None where they stay as they are."""


def stage(
    library: Library,
    put: Iterable[Put],
    dropped: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Library:
    """The library as it will be, with its texts on disk already; `progress` counts those.

    Raises:
        LibraryWriteError: it cannot be written; what was there is untouched.
    """
    changes = tuple(put)
    entries = {entry.id: entry for entry in library.entries if entry.id not in dropped}
    entries.update((change.entry.id, change.entry) for change in changes)
    texts = [change.text.encode() for change in changes if change.text is not None]
    now = library.catalogue.revision
    coming = Catalogue(now + 1, now, tuple(entries.values()))
    with disk.written(library.folder):
        disk.write_texts(library.folder, texts, progress)
        disk.write_file(library.folder / disk.PENDING, listing.to_bytes(coming))
    return Library(library.folder, coming)


def before(library: Library) -> Library | None:
    """The library before its last change, if that is kept. Raises DamagedLibraryError."""
    previous = library.catalogue.previous
    if previous is None:
        return None
    earlier = listing.read(disk.history_path(library.folder, previous))
    return None if earlier is None else Library(library.folder, earlier)


def stage_undo(library: Library) -> Library:
    """The library as it was before its last change; undone again, before the one before that.

    Raises:
        NothingToUndoError: no earlier state is kept.
        DamagedLibraryError: the earlier state is damaged.
        LibraryWriteError: it cannot be written; what was there is untouched.
    """
    folder, earlier = library.folder, before(library)
    if earlier is None:
        raise NothingToUndoError(
            f"There is nothing to undo: of your documents the last {KEPT} states are kept, and"
            " this is the earliest."
        )
    then = earlier.catalogue
    coming = Catalogue(library.catalogue.revision + 1, then.previous, then.entries)
    with disk.written(folder):
        disk.write_file(folder / disk.PENDING, listing.to_bytes(coming))
    return Library(folder, coming)


def commit(library: Library, coming: Library) -> None:
    """Puts what `stage` made of `library` in its place. Whoever reads finds the one or the other.

    Raises:
        LibraryBusyError: the library was changed meanwhile.
        LibraryWriteError: it cannot be written; what was there is untouched.
    """
    folder, now = library.folder, library.catalogue
    if listing.revision_at(folder / disk.CATALOGUE) != now.revision:
        raise LibraryBusyError(
            "Your documents were changed by somebody else meanwhile. Nothing was changed now."
            " Try again."
        )
    with disk.written(folder):
        before_it = disk.history_path(folder, now.revision)
        if not disk.kept(folder / disk.CATALOGUE, before_it):
            disk.write_file(before_it, listing.to_bytes(now))
        disk.move(folder / disk.PENDING, folder / disk.CATALOGUE)
    with suppress(OSError):  # what is left over is swept by the next change
        _forget(folder, coming)


def abandon(folder: Path) -> None:
    """Clears away what was staged and not committed; whatever is in place stays.

    That is read anew: whoever was interrupted may not know how far it came.
    """
    with suppress(OSError, DamagedLibraryError):  # what is left is swept by the next change
        (folder / disk.PENDING).unlink(missing_ok=True)
        _forget(folder, Library(folder))


def rescue(folder: Path) -> Library:
    """Puts the newest sound state in the place of a damaged catalogue, which is kept aside.

    Raises:
        DamagedLibraryError: no earlier state is sound either.
        LibraryWriteError: it cannot be written; what was there is untouched.
    """
    for revision in disk.revisions(folder):
        with suppress(DamagedLibraryError):
            found = listing.read(disk.history_path(folder, revision))
            if found is not None:
                break
    else:
        raise DamagedLibraryError(
            f"Neither {disk.CATALOGUE} nor an earlier state of it in {folder} can be read. Restore"
            " that folder from a backup, or move it away and add your documents again."
        )
    path = folder / disk.CATALOGUE
    with disk.written(folder):
        disk.write_file(folder / disk.PENDING, listing.to_bytes(found))
        disk.write_file(path.with_name("damaged.json"), path.read_bytes())
        disk.move(folder / disk.PENDING, path)
    return Library(folder, found)


def _forget(folder: Path, current: Library) -> None:
    """Removes states beyond the kept ones, and texts that no state speaks of any more."""
    for revision in disk.revisions(folder)[KEPT:]:
        disk.history_path(folder, revision).unlink(missing_ok=True)
    texts = {path.stem: path for path in (folder / disk.TEXTS).glob("*.md")}
    unused = texts.keys() - {entry.text_digest for entry in current.entries}
    for revision in disk.revisions(folder):
        if not unused:
            break
        kept = _TEXT_DIGEST.findall(disk.history_path(folder, revision).read_bytes())
        unused -= {digest.decode() for digest in kept}
    for digest in unused:
        texts[digest].unlink(missing_ok=True)
    for spare in (*folder.glob(".*.json.*"), *(folder / disk.TEXTS).glob(".*.md.*")):
        spare.unlink(missing_ok=True)
