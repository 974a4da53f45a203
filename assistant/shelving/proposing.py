"""What would become of everything that is brought. Reads, judges, and changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.errors import UnreadableError, kind_and_place
from assistant.shelving.doors import Doors
from assistant.shelving.known import Known
from assistant.shelving.outcome import Outcome, State
from assistant.shelving.reading import Arrival, Judged, is_same, judge, parts_of
from corpus import CorpusError, TrustTier
from corpus.catalog import digest_of
from corpus.library.card import CardChange, carried
from corpus.library.entry import Entry, new_id

FILE = "file:"


@dataclass(frozen=True, slots=True)
class Proposer:
    """Judges one arrival after the other, each in the light of those before."""

    known: Known
    doors: Doors
    today: date
    """UTC."""
    tier: TrustTier | None = None
    """What the operator vouches for; None has it guessed."""
    again: bool = False
    """Whether what has not changed is read all the same."""

    def judged(self, arrival: Arrival) -> Iterator[Outcome]:
        """What becomes of one file or page: one outcome for each document in it."""
        digest = digest_of(arrival.content)
        there = self.known.of(arrival.origin)
        if there and not self.again and all(old.origin_digest == digest for old in there):
            yield from (self.unchanged(arrival.name, old) for old in there)
            return
        if not there and (twin := self.known.with_bytes(digest)):
            yield from self._twin(arrival, twin)
            return
        try:
            judged = self._read(arrival, digest)
        except UnreadableError as problem:
            yield self.refused(arrival.name, str(problem), there)
            return
        yield from (self._fate(arrival, each) for each in judged)
        now = {each.entry.part for each in judged}
        for old in there:
            if old.part not in now:
                yield self.removed(arrival.name, old, "it no longer stands in that file")

    def unchanged(self, name: str, old: Entry) -> Outcome:
        """A document whose source is as it was; the operator may vouch for it otherwise now."""
        if self.tier is None or self.tier == old.tier:
            return Outcome(name, State.UNCHANGED, f"“{old.title}” is as it was", old)
        entry = CardChange(tier=self.tier).applied_to(old)
        return Outcome(name, State.CHANGED, f"“{old.title}”: tier {entry.tier}", entry)

    def removed(self, name: str, old: Entry, why: str) -> Outcome:
        """A document whose source is gone."""
        self.known.drop(old)
        return Outcome(name, State.REMOVED, f"“{old.title}”: {why}", old)

    def refused(self, name: str, why: str, there: Sequence[Entry] = ()) -> Outcome:
        """Something that cannot be read. What was read of it before is kept."""
        line = why.strip().rstrip(".")
        if there:
            titles = ", ".join(f"“{old.title}”" for old in there)
            line = f"{line}; {titles} stays on the shelf as read before"
        return Outcome(name, State.REFUSED, line)

    def _read(self, arrival: Arrival, digest: str) -> tuple[Judged, ...]:
        """All documents in an arrival; one that cannot be read must not keep out the others."""
        try:
            readings = self.doors.read(arrival)
            return tuple(
                judge(arrival, digest, part, reading, self.today, self.tier)
                for part, reading in zip(parts_of(arrival.name, readings), readings, strict=True)
            )
        except CorpusError as problem:
            raise UnreadableError(str(problem)) from problem
        except Exception as problem:
            raise UnreadableError(
                f"it could not be read, and why was not foreseen ({kind_and_place(problem)})"
            ) from problem

    def _fate(self, arrival: Arrival, new: Judged) -> Outcome:
        old = self.known.at(arrival.origin, new.entry.part)
        if old is None:
            twin = self.known.with_words(new.entry.words_digest)
            return _duplicate(arrival.name, twin) if twin else self._added(arrival.name, new)
        entry = carried(old, replace(new.entry, id=old.id, folder=old.folder or arrival.folder))
        if self.tier is not None:
            entry = CardChange(tier=self.tier).applied_to(entry)
        if is_same(old, entry):
            return self.unchanged(arrival.name, old)
        self.known.drop(old)
        self.known.add(entry)
        return Outcome(arrival.name, State.CHANGED, _about(entry, new.sentences), entry, new.text)

    def _added(self, name: str, new: Judged) -> Outcome:
        made = new.entry
        entry = replace(made, id=new_id(made.title, made.origin, made.part, self.known.by_id))
        self.known.add(entry)
        return Outcome(name, State.ADDED, _about(entry, new.sentences), entry, new.text)

    def _twin(self, arrival: Arrival, twin: Entry) -> Iterator[Outcome]:
        """The same bytes under another name: a duplicate, unless the file was moved here."""
        if not (arrival.origin.startswith(FILE) and is_gone(twin)):
            yield _duplicate(arrival.name, twin)
            return
        for old in self.known.of(twin.origin):
            self.known.drop(old)
            entry = replace(old, origin=arrival.origin, folder=arrival.folder, stamp=arrival.stamp)
            self.known.add(entry)
            line = f"“{old.title}” was moved here; its text is the same"
            yield Outcome(arrival.name, State.CHANGED, line, entry)


def path_of(entry: Entry) -> Path | None:
    """The file that a document came from, if it was a file."""
    return Path(entry.origin.removeprefix(FILE)) if entry.origin.startswith(FILE) else None


def is_gone(entry: Entry) -> bool:
    """Whether the file that a document came from is not there any more."""
    path = path_of(entry)
    return path is not None and (path.is_symlink() or not path.exists())


def _duplicate(name: str, twin: Entry) -> Outcome:
    return Outcome(name, State.DUPLICATE, f"duplicate of “{twin.title}” ({twin.id})", twin)


def _about(entry: Entry, sentences: int) -> str:
    """A document in one line: what it is taken for, how much of it there is, what was noticed."""
    number = "1 sentence" if sentences == 1 else f"{sentences} sentences"
    taken_for = f"“{entry.title}”: {entry.kind}, {number}, tier {entry.tier}"
    return ". ".join([taken_for, *(each.rstrip(".") for each in entry.remarks)])
