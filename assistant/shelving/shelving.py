"""A club's shelf, changed: read, proposed, accepted, edited, taken off, undone; the index follows.

Every change goes the same way: made ready beside what is there, the index brought in line with it,
then put in place in one move. Whoever is stopped on the way leaves the shelf as it was.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeAlias

from assistant.shelving.bringing import Bringing
from assistant.shelving.doors import Doors
from assistant.shelving.known import Known
from assistant.shelving.outcome import TAKEN, Outcome, State, Summary, Told, nobody
from assistant.shelving.proposing import Proposer
from assistant.shelving.settling import settled
from assistant.shelving.source import SourceRef
from assistant.shelving.telling import undoing, what_changed
from corpus import TrustTier
from corpus.errors import DamagedLibraryError
from corpus.library.card import CardChange
from corpus.library.changing import Put, abandon, before, commit, rescue, stage, stage_undo
from corpus.library.disk import only_writer
from corpus.library.entry import Entry
from corpus.library.library import Library
from index.build import BuildSummary
from index.encode import Progress

Follow: TypeAlias = Callable[[Library, Progress], BuildSummary]
"""Brings the index in line with the bundled documents and a library's."""

_SAVING = "Saving"
_ENCODING = "Encoding"


def _today() -> date:
    return datetime.now(UTC).date()


class Shelving:
    """Looks after the documents in one folder. May be shared by threads; one change at a time."""

    def __init__(
        self,
        folder: Path,
        follow: Follow,
        *,
        doors: Doors | None = None,
        today: Callable[[], date] = _today,
    ) -> None:
        """`folder`: where the documents lie. `doors`: how files and pages are read."""
        self._folder = folder
        self._follow = follow
        self._doors = doors or Doors()
        self._today = today

    def library(self) -> Library:
        """The documents as they are now. Raises DamagedLibraryError."""
        return Library(self._folder)

    def entries(self) -> tuple[Entry, ...]:
        """Every document, in the order in which they came. Raises DamagedLibraryError."""
        return self.library().entries

    def propose(
        self,
        sources: Sequence[SourceRef],
        tier: TrustTier | None = None,
        progress: Told = nobody,
        *,
        again: bool = False,
    ) -> tuple[Outcome, ...]:
        """What would become of everything that is brought. Reads, and changes nothing.

        Args:
            sources: files, folders, addresses, uploads.
            tier: how far the operator vouches for all of it; None has it guessed.
            progress: told what is being read, and how much of it.
            again: read what has not changed all the same.

        Raises:
            DamagedLibraryError: the catalogue cannot be read. Whatever is wrong with a source is
                an outcome of its own.
        """
        entries = self.entries()
        proposer = Proposer(Known(entries), self._doors, self._today(), tier, again)
        bringing = Bringing(proposer, entries, progress)
        return tuple(outcome for source in sources for outcome in bringing.of(source))

    def accept(self, outcomes: Iterable[Outcome], progress: Told = nobody) -> Summary:
        """Puts what was proposed on the shelf and into the index: all of it, or none if it raises.

        Raises:
            LibraryError: the documents cannot be written, or somebody else is writing them.
            PassageIndexError: the index cannot be brought in line.
        """
        with only_writer(self._folder):
            library = self.library()
            fates = tuple(settled(library, outcomes))
            taken = [each for each in fates if each.entry and each.state in TAKEN]
            put = [
                Put(each.entry, each.text)
                for each in taken
                if each.entry and each.state is not State.REMOVED
            ]
            gone = {e.entry.id for e in taken if e.entry and e.state is State.REMOVED}
            return Summary(fates, self._change(library, put, gone, progress))

    def edit(self, document_id: str, change: CardChange, progress: Told = nobody) -> Entry:
        """Changes what is said of a document, in the index too.

        Raises:
            UnknownEntryError: there is no such document.
            InvalidCardError: a value that cannot be one.
            LibraryError, PassageIndexError: as `accept` does.
        """
        with only_writer(self._folder):
            library = self.library()
            entry = change.applied_to(library.entry(document_id))
            self._change(library, [Put(entry)], (), progress)
        return entry

    def remove(self, ids: Iterable[str], progress: Told = nobody) -> tuple[Entry, ...]:
        """Takes documents off the shelf and out of every search: all of them, or none.

        Raises:
            UnknownEntryError: there is none of one of the ids.
            LibraryError, PassageIndexError: as `accept` does.
        """
        with only_writer(self._folder):
            library = self.library()
            gone = {each: library.entry(each) for each in ids}
            self._change(library, (), gone.keys(), progress)
        return tuple(gone.values())

    def undo(self, progress: Told = nobody) -> str:
        """Takes back the last change; says what that came to.

        A damaged catalogue is replaced by the newest sound one.

        Raises:
            NothingToUndoError: no earlier state is kept.
            LibraryError, PassageIndexError: as `accept` does.
        """
        with only_writer(self._folder):
            try:
                library = self.library()
            except DamagedLibraryError:
                library = rescue(self._folder)
                self._follow(library, _encoding(progress))
                return (
                    "The damaged list of your documents was put aside, and the newest sound one"
                    f" put in its place: {len(library.entries)} documents."
                )
            coming = stage_undo(library)
            self._put(library, coming, progress)
        return undoing(library, coming)

    def last_change(self) -> str:
        """What `undo` would take back ("adding 3 documents"); empty where there is nothing."""
        library = self.library()
        earlier = before(library)
        return what_changed(earlier, library) if earlier else ""

    def _change(
        self, library: Library, put: Sequence[Put], gone: Collection[str], progress: Told
    ) -> BuildSummary:
        if not (put or gone):
            return self._follow(library, _encoding(progress))
        coming = stage(library, put, gone, lambda done, of: progress(_SAVING, done, of))
        return self._put(library, coming, progress)

    def _put(self, library: Library, coming: Library, progress: Told) -> BuildSummary:
        """The index first: what is taken off must not be found, whatever happens after."""
        try:
            built = self._follow(coming, _encoding(progress))
            commit(library, coming)
        except BaseException:  # Ctrl-C above all
            abandon(self._folder)
            raise
        return built


def _encoding(progress: Told) -> Progress:
    return lambda done, total: progress(_ENCODING, done, total)
