"""Brings an index in line with the documents: what changed is cut and encoded, the rest stays."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import Document
from index.cutting import Cut, assemble, cut
from index.encode import Encoder, Progress, Vectors, spec_for
from index.encode_all import encode_all
from index.engine import CutDocument, Engine, Label, OutOfScope, Snapshot
from index.errors import DamagedIndexError, StaleIndexError
from index.faiss_engine import FaissEngine
from index.sources import Source, sources_of
from index.spec import IndexSpec, questions_digest

_TEXTS_AT_ONCE = 4096
"""Texts that are encoded together: enough to sort them well by length, and a few megabytes."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build came to."""

    passages: int
    sentences: int
    seconds: float
    path: Path
    """Folder of the index, if it lies in one."""
    reused: bool
    """Whether the index was up to date and nothing was done."""
    added: int = 0
    """Documents; likewise changed and removed."""
    changed: int = 0
    removed: int = 0
    encoded: int = 0
    """Texts that had to be encoded: of a changed document, only those that are new."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be done to an index."""

    spec: IndexSpec
    before: Label | None
    """What is there and can be kept in part; None when everything is made anew."""
    to_cut: tuple[Source, ...]
    removed: tuple[str, ...]
    unsound: frozenset[str]

    @property
    def is_empty(self) -> bool:
        return self.before is not None and not self.to_cut and not self.removed


def build_index(
    documents: Sequence[Document | Source],
    encoder: Encoder,
    artifacts_root: Path,
    *,
    out_of_scope: Sequence[str] = (),
    force: bool = False,
    progress: Progress | None = None,
) -> BuildSummary:
    """`sync_index` of the index in a folder."""
    engine = FaissEngine(artifacts_root)
    return sync_index(
        engine,
        documents,
        encoder,
        path=artifacts_root,
        out_of_scope=out_of_scope,
        force=force,
        progress=progress,
    )


def sync_index(
    engine: Engine,
    documents: Sequence[Document | Source],
    encoder: Encoder,
    *,
    path: Path = Path(),
    out_of_scope: Sequence[str] = (),
    force: bool = False,
    progress: Progress | None = None,
) -> BuildSummary:
    """Makes the index hold exactly these documents and out-of-scope questions.

    Of documents with a known digest nothing is read; of changed ones only new passages and
    sentences are encoded. Until the last moment what was there stays in place and usable.

    Args:
        engine: Where the index is kept.
        documents: All of them; whatever else is in the index goes.
        encoder: Asked for nothing when nothing changed.
        path: Reported back, nothing more.
        out_of_scope: Questions that the documents are known not to answer.
        force: Make everything anew.
        progress: Told how far it is, in hundredths of a document, and of how many of them.

    Raises:
        IndexWriteError: it cannot be written.
        BuildInProgressError: another process is building.
        EncoderError: the encoder is missing, damaged or unsafe.
        CorpusError: a document cannot be read.
    """
    started = time.perf_counter()
    sources = sources_of(documents)
    questions = tuple(dict.fromkeys(out_of_scope))
    spec = spec_for(encoder)
    plan = _plan(engine, sources, spec, force=force, thoroughly=False)
    if plan.before and plan.is_empty and _asks_the_same(plan.before, questions):
        plan = _plan(engine, sources, spec, force=force, thoroughly=True)
        if plan.before and plan.is_empty and _opened(engine, plan):
            return _summary(plan.before, plan, path, started, 0)
    job = _Job(engine, encoder, progress)
    try:
        label = job.run(plan, questions)
    except DamagedIndexError:  # seen only when it was to be copied
        plan = _plan(engine, sources, spec, force=force, thoroughly=True)
        label = job.run(plan, questions)
    return _summary(label, plan, path, started, job.encoded)


def _plan(
    engine: Engine, sources: Sequence[Source], spec: IndexSpec, *, force: bool, thoroughly: bool
) -> _Plan:
    before = None if force else _usable(engine, spec)
    unsound = engine.unsound(thoroughly=thoroughly) if before else frozenset[str]()
    there = before.documents if before else {}
    return _Plan(
        spec,
        before,
        tuple(s for s in sources if there.get(s.id) != s.digest or s.id in unsound),
        tuple(sorted(there.keys() - {source.id for source in sources})),
        unsound,
    )


def _usable(engine: Engine, spec: IndexSpec) -> Label | None:
    """The label of what is there, if any of it can be kept."""
    try:
        label = engine.label()
    except (DamagedIndexError, StaleIndexError):
        return None
    return label if label is not None and label.spec == spec else None


def _asks_the_same(before: Label, questions: tuple[str, ...]) -> bool:
    return before.out_of_scope == questions_digest(questions)


def _opened(engine: Engine, plan: _Plan) -> Snapshot | None:
    """What vectors can be taken over from, unless all is new or what is there is damaged."""
    if plan.before is None or plan.unsound:
        return None
    try:
        return engine.open(thoroughly=False)
    except DamagedIndexError:
        return None


def _summary(label: Label, plan: _Plan, path: Path, started: float, encoded: int) -> BuildSummary:
    there = plan.before.documents if plan.before else {}
    changed = sum(source.id in there for source in plan.to_cut)
    return BuildSummary(
        passages=label.passages,
        sentences=label.sentences,
        seconds=time.perf_counter() - started,
        path=path,
        reused=plan.before is not None and label.generation == plan.before.generation,
        added=len(plan.to_cut) - changed,
        changed=changed,
        removed=len(plan.removed),
        encoded=encoded,
    )


class _Job:
    """One build: reads, cuts and encodes as the engine asks for the next document."""

    def __init__(self, engine: Engine, encoder: Encoder, progress: Progress | None) -> None:
        self._engine = engine
        self._encoder = encoder
        self._progress = progress
        self.encoded = 0

    def run(self, plan: _Plan, questions: tuple[str, ...]) -> Label:
        before = _opened(self._engine, plan)
        return self._engine.commit(
            plan.spec,
            self._made(plan, before),
            plan.removed,
            self._out_of_scope(plan, questions, before),
            afresh=plan.before is None,
            since=plan.before.generation if plan.before else None,
        )

    def _made(self, plan: _Plan, before: Snapshot | None) -> Iterator[CutDocument]:
        done, total = 1, len(plan.to_cut) + 1  # the out-of-scope questions count as one
        pieces = self._cut(plan, before)
        while batch := list(_together(pieces)):
            texts = [text for each in batch for text in each.to_encode]
            vectors = self._vectors(texts, done, len(batch), total)
            start = 0
            for each in batch:
                yield assemble(each, vectors[start : start + len(each.to_encode)])
                start += len(each.to_encode)
            done += len(batch)

    def _cut(self, plan: _Plan, before: Snapshot | None) -> Iterator[Cut]:
        for source in plan.to_cut:
            known = before.document(source.id) if before is not None else None
            yield cut(source, self._encoder, plan.spec, known)

    def _out_of_scope(
        self, plan: _Plan, questions: tuple[str, ...], before: Snapshot | None
    ) -> OutOfScope:
        known: dict[str, Vectors] = {}
        if before is not None:
            there = before.out_of_scope()
            known = dict(zip(there.questions, there.vectors, strict=True))
        fresh = [each for each in questions if each not in known]
        known |= dict(zip(fresh, self._vectors(fresh, 0, 1, len(plan.to_cut) + 1), strict=True))
        rows = [known[each] for each in questions]
        size = plan.spec.dimension
        return OutOfScope(questions, np.array(rows, dtype=np.float32).reshape(len(rows), size))

    def _vectors(self, texts: Sequence[str], done: int, share: int, total: int) -> Vectors:
        """Vectors of the texts of `share` documents, when `done` of `total` are done."""
        self.encoded += len(texts)

        def told(encoded: int, of: int) -> None:
            if self._progress:
                self._progress(100 * done + 100 * share * encoded // of, 100 * total)

        if not texts:
            told(1, 1)
            return np.zeros((0, self._encoder.dimension), dtype=np.float32)
        return encode_all(texts, self._encoder, told)


def _together(pieces: Iterator[Cut]) -> Iterator[Cut]:
    """The next documents that are encoded in one go."""
    texts = 0
    for each in pieces:
        yield each
        texts += len(each.to_encode)
        if texts >= _TEXTS_AT_ONCE:
            return
