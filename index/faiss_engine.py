"""The index as files on this machine: immutable segments and one label that names them.

A change writes what is new beside what is there (`index/segment_changes.py`) and then replaces the
label in one move, so whoever opens finds the old index or the new one, and whoever has it open
keeps what was opened.
"""

from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from index.durable import only_writer, replace, written
from index.engine import CutDocument, Label, OutOfScope
from index.errors import (
    REBUILD,
    BuildInProgressError,
    DamagedIndexError,
    IndexNotBuiltError,
    StaleIndexError,
)
from index.live import Live
from index.manifest import MANIFEST, SEGMENTS, Manifest, living_in, read_manifest
from index.question_files import read_questions
from index.segment import Segment, open_segment
from index.segment_changes import change, sweep
from index.segment_files import SegmentLabel
from index.snapshot import FaissSnapshot
from index.spec import EXACT_PASSAGES, IndexSpec

_ATTEMPTS = 20
"""Times an opening begins anew because a builder swept away what it was about to read."""


class FaissEngine:
    """An index in a folder. Several may look at one folder; one at a time writes."""

    def __init__(self, root: Path, *, exact_passages: int = EXACT_PASSAGES) -> None:
        """`exact_passages`: up to so many everything is compared with a question."""
        self.root = root
        self._exact_passages = exact_passages
        self._open: WeakValueDictionary[str, Segment] = WeakValueDictionary()
        self._opening = Lock()
        self._read: tuple[str, Manifest] | None = None
        """The label that was read last, and the stamp it had then."""

    def label(self) -> Label | None:
        """What is there (`index/engine.py`). Raises DamagedIndexError, StaleIndexError."""
        manifest = self._manifest()
        return manifest.label if manifest else None

    def _manifest(self) -> Manifest | None:
        """The label, read anew only when it was replaced: that of a million passages is long."""
        stamp, known = self.stamp(), self._read
        if known is not None and known[0] == stamp:
            return known[1]
        manifest = read_manifest(self.root)
        self._read = (stamp, manifest) if stamp and manifest else None
        return manifest

    def stamp(self) -> str | None:
        """Changes with every commit: the label's file is replaced, never written to."""
        try:
            seen = (self.root / MANIFEST).stat()
        except OSError:
            return None
        return f"{seen.st_ino}-{seen.st_mtime_ns}-{seen.st_size}"

    def open(self, *, thoroughly: bool = True) -> FaissSnapshot:
        """The present state (`index/engine.py`)."""
        with self._opening:
            for _ in range(_ATTEMPTS):
                manifest = self._require_manifest()
                try:
                    return self._snapshot(manifest, thoroughly)
                except DamagedIndexError:
                    if self._require_manifest() == manifest:
                        raise
            raise BuildInProgressError("The index changes faster than it can be read. Try again.")

    def _require_manifest(self) -> Manifest:
        manifest = self._manifest()
        if manifest is None:
            raise IndexNotBuiltError(f"There is no index yet. {REBUILD}")
        return manifest

    def _snapshot(self, manifest: Manifest, thoroughly: bool) -> FaissSnapshot:
        lives = []
        for name, label in manifest.segments.items():
            segment = self._segment(name, label, manifest.spec.dimension, thoroughly)
            lives.append(Live(segment, living_in(name, segment.ids, manifest.documents)))
        if sum(len(live.living_ids()) for live in lives) < len(manifest.documents):
            raise DamagedIndexError(f"The index lacks documents its label names. {REBUILD}")
        questions = read_questions(self.root, manifest)
        return FaissSnapshot(manifest.label, lives, questions, self._exact_passages)

    def _segment(self, name: str, label: SegmentLabel, size: int, thoroughly: bool) -> Segment:
        """A segment, opened once for as long as somebody holds it."""
        if (known := self._open.get(name)) is not None:
            return known
        folder, held = self.root / SEGMENTS / name, label.passages <= self._exact_passages
        segment = open_segment(folder, label, size, held=held, thoroughly=thoroughly)
        if thoroughly:
            self._open[name] = segment
        return segment

    def unsound(self, *, thoroughly: bool) -> frozenset[str]:
        """Documents of segments that are not as they were written (`index/engine.py`)."""
        manifest = self._manifest()
        if manifest is None:
            return frozenset()
        bad = {
            name
            for name, label in manifest.segments.items()
            if not self._is_sound(name, label, manifest.spec.dimension, thoroughly)
        }
        return frozenset(each for each, held in manifest.documents.items() if held.segment in bad)

    def _is_sound(self, name: str, label: SegmentLabel, size: int, thoroughly: bool) -> bool:
        folder = self.root / SEGMENTS / name
        try:
            open_segment(folder, label, size, held=False, thoroughly=thoroughly)
        except DamagedIndexError:
            return False
        return True

    def commit(
        self,
        spec: IndexSpec,
        added: Iterable[CutDocument],
        removed: Iterable[str],
        out_of_scope: OutOfScope,
        *,
        afresh: bool = False,
        since: str | None = None,
    ) -> Label:
        """One change, whole or not at all (`index/engine.py`)."""
        with only_writer(self.root), written(self.root):
            before = None if afresh else self._manifest()
            if since is not None and (before is None or before.generation != since):
                raise BuildInProgressError(
                    f"Another process changed the index in the meantime. {REBUILD}"
                )
            if before is not None and before.spec != spec:
                raise StaleIndexError(f"The index was made with another encoder. {REBUILD}")
            after = change(
                self.root,
                before,
                spec,
                added,
                frozenset(removed),
                out_of_scope,
                self._exact_passages,
            )
            spare = self.root / f".{after.generation}"
            replace(self.root / MANIFEST, after.model_dump_json().encode(), spare)
            sweep(self.root, after)
            return after.label
