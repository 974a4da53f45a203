"""From one state of the index on disk to the next: new segments, merged ones, and the sweep.

Segments are merged as they grow in number, the small ones first (O'Neil et al. 1996, "The
log-structured merge-tree"): each passage is copied a few times in its life and never encoded again.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from pathlib import Path
from uuid import uuid4

from index.engine import CutDocument, OutOfScope
from index.live import Live
from index.manifest import QUESTIONS, SEGMENTS, Holding, Manifest, living_in
from index.question_files import write_questions
from index.segment import open_segment
from index.segment_files import SegmentLabel
from index.segment_writer import write_segment
from index.spec import IndexSpec, questions_digest

_MOST_SEGMENTS = 6
_MOST_GONE = 0.5
"""Share of a segment's passages that may be those of documents taken out."""


def change(
    root: Path,
    before: Manifest | None,
    spec: IndexSpec,
    added: Iterable[CutDocument],
    removed: frozenset[str],
    out_of_scope: OutOfScope,
    exact_passages: int,
) -> Manifest:
    """Writes whatever the returned manifest names and `before` did not; puts nothing in place.

    Raises:
        OSError: something could not be written.
        DamagedIndexError: something that has to be copied is not as it was written.
        ValueError: `added` does not come in order of id.
    """
    state = _State(root, spec.dimension, exact_passages)
    if before is not None:
        state.segments |= before.segments
        state.documents |= {k: v for k, v in before.documents.items() if k not in removed}
    state.write(added)
    while chosen := state.to_merge():
        state.merge(chosen)
    questions, files = write_questions(root, out_of_scope)
    # Put together from what was checked when it was read: checking all of it again takes as long
    # as adding a document to a million passages may.
    return Manifest.model_construct(
        spec=spec,
        documents=state.documents,
        segments=state.segments,
        out_of_scope=questions_digest(out_of_scope.questions),
        questions=questions,
        question_files=files,
        generation=uuid4().hex,
    )


def sweep(root: Path, keep: Manifest) -> None:
    """Removes what no label names any more, and what a killed build left behind."""
    kept = {root / SEGMENTS / name for name in keep.segments}
    kept.add(root / QUESTIONS / keep.questions)
    for place in (root / SEGMENTS, root / QUESTIONS):
        for entry in place.iterdir() if place.is_dir() else ():
            if entry not in kept:
                shutil.rmtree(entry, ignore_errors=True)
    for spare in root.glob(".*"):
        if len(spare.name) == len(f".{keep.generation}"):
            spare.unlink(missing_ok=True)


class _State:
    """Segments and documents while a change is under way."""

    def __init__(self, root: Path, dimension: int, exact_passages: int) -> None:
        self._root = root
        self._dimension = dimension
        self._exact_passages = exact_passages
        self.segments: dict[str, SegmentLabel] = {}
        self.documents: dict[str, Holding] = {}

    def write(self, documents: Iterable[CutDocument]) -> None:
        """Files the documents in a new segment; older copies of them no longer count."""
        name = uuid4().hex
        folder = self._root / SEGMENTS / name
        made = write_segment(folder, documents, self._dimension, self._exact_passages)
        if made is not None:
            self.segments[name] = made.label
            for each in made.documents:
                self.documents[each.id] = Holding(each.digest, name, each.passages, each.sentences)

    def to_merge(self) -> tuple[str, ...]:
        """Segments that should become one now; those of which nothing counts are let go first."""
        living: Counter[str] = Counter()
        for held in self.documents.values():
            living[held.segment] += held.passages
        self.segments = {name: label for name, label in self.segments.items() if name in living}
        rising = sorted(self.segments, key=lambda name: (living[name], name))
        worn = {n for n in rising if living[n] < _MOST_GONE * self.segments[n].passages}
        if len(rising) > _MOST_SEGMENTS:
            return self._smallest(rising, living)
        if worn:
            largest = max(rising.index(name) for name in worn)
            return tuple(rising[: largest + 1])
        return ()

    def _smallest(self, rising: list[str], living: Mapping[str, int]) -> tuple[str, ...]:
        """At least two, and each that is not much larger than those before it together."""
        together = living[rising[0]] + living[rising[1]]
        count = 2
        while count < len(rising) and living[rising[count]] <= 2 * together:
            together += living[rising[count]]
            count += 1
        return tuple(rising[:count])

    def merge(self, names: tuple[str, ...]) -> None:
        """Files what counts of these segments in a new one."""
        self.write(merge(*(self._living(name) for name in names), key=lambda each: each.card.id))
        for name in names:
            del self.segments[name]

    def _living(self, name: str) -> Iterator[CutDocument]:
        folder = self._root / SEGMENTS / name
        label = self.segments[name]
        # Thoroughly: no damage is ever copied.
        segment = open_segment(folder, label, self._dimension, held=False, thoroughly=True)
        yield from Live(segment, living_in(name, segment.ids, self.documents)).documents()
