"""Builds an index: cut, encode, and put in place whole."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np

from corpus import Document
from index.artifacts import (
    ASKED_VECTORS,
    OUT_OF_SCOPE_VECTORS,
    PASSAGE_VECTORS,
    PASSAGES,
    SENTENCE_VECTORS,
    STORED_PASSAGES,
    Shelf,
    digests_of,
    only_builder,
)
from index.chunk import split_document
from index.encode import Encoder, Vectors, passage_text, sentence_text, spec_for
from index.errors import DamagedIndexError
from index.spec import IndexSpec, Manifest, document_digests, fingerprint, questions_digest
from index.store import VectorStore, vector_id

_BATCH = 64

Progress = Callable[[int, int], None]
"""Told how many texts are encoded, and of how many."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build came to."""

    passages: int
    sentences: int
    seconds: float
    path: Path
    """Folder of the index, named by its fingerprint."""
    reused: bool
    """Whether the index was there already and nothing was encoded."""


def build_index(
    documents: Sequence[Document],
    encoder: Encoder,
    artifacts_root: Path,
    *,
    out_of_scope: Sequence[str] = (),
    force: bool = False,
    progress: Progress | None = None,
) -> BuildSummary:
    """Cuts, encodes and shelves the documents, unless a sound index of them is there already.

    `out_of_scope` are questions that the documents are known not to answer.
    Until the last moment the index that was there stays in place and usable.

    Raises:
        IndexWriteError: `artifacts_root` cannot be written.
        BuildInProgressError: another process is building there.
        EncoderError: the encoder is missing, damaged or unsafe.
    """
    started = time.perf_counter()
    spec = spec_for(encoder)
    shelf = Shelf(artifacts_root / fingerprint(spec, documents, out_of_scope))
    if not force and (manifest := _sound(shelf, spec)):
        return _summary(manifest, shelf, started, reused=True)
    with only_builder(artifacts_root):
        manifest, files = _make(documents, out_of_scope, spec, encoder, progress)
        shelf.write(manifest, files)
        shelf.sweep(keep=manifest.build)
    return _summary(manifest, shelf, started, reused=False)


def _sound(shelf: Shelf, spec: IndexSpec) -> Manifest | None:
    """The label of an index that is there and unharmed."""
    try:
        manifest = shelf.read_manifest()
        if manifest is None or manifest.spec != spec:
            return None
        shelf.read_files(manifest)
    except DamagedIndexError:
        return None
    return manifest


def _summary(manifest: Manifest, shelf: Shelf, started: float, *, reused: bool) -> BuildSummary:
    return BuildSummary(
        passages=manifest.passages,
        sentences=manifest.sentences,
        seconds=time.perf_counter() - started,
        path=shelf.folder,
        reused=reused,
    )


def _make(
    documents: Sequence[Document],
    out_of_scope: Sequence[str],
    spec: IndexSpec,
    encoder: Encoder,
    progress: Progress | None,
) -> tuple[Manifest, dict[str, bytes]]:
    """Everything a build writes, still in memory."""
    passages = tuple(
        passage
        for document in documents
        for passage in split_document(document, encoder, spec.passage_budget)
    )
    texts = {each.id: passage_text(each, encoder) for each in passages}
    sentences = {
        str(sentence.span): sentence_text(passage, sentence, spec.sentence_context, encoder)
        for passage in passages
        for sentence in passage.sentences
    }
    asked = {
        address: question
        for passage in passages
        for sentence in passage.sentences
        for address, question in zip(sentence.asked_ids(), sentence.asked, strict=True)
    }
    groups = {
        PASSAGE_VECTORS: texts,
        SENTENCE_VECTORS: sentences,
        ASKED_VECTORS: asked,
        OUT_OF_SCOPE_VECTORS: {each: each for each in out_of_scope},
    }
    vectors = _encode([t for each in groups.values() for t in each.values()], encoder, progress)
    ends = np.cumsum([len(each) for each in groups.values()])[:-1]
    parts = zip(groups.items(), np.split(vectors, ends), strict=True)
    files = {
        PASSAGES: STORED_PASSAGES.dump_json(passages),
        **{name: _store(group, part) for (name, group), part in parts},
    }
    manifest = Manifest(
        spec=spec,
        documents=document_digests(documents),
        out_of_scope=questions_digest(out_of_scope),
        passages=len(texts),
        sentences=len(sentences),
        build=uuid4().hex,
        files=digests_of(files),
    )
    return manifest, files


def _encode(texts: Sequence[str], encoder: Encoder, progress: Progress | None) -> Vectors:
    parts = [np.zeros((0, encoder.dimension), dtype=np.float32)]
    for start in range(0, len(texts), _BATCH):
        parts.append(encoder.encode(texts[start : start + _BATCH]))
        if progress:
            progress(min(start + _BATCH, len(texts)), len(texts))
    return np.concatenate(parts)


def _store(addresses: Iterable[str], vectors: Vectors) -> bytes:
    return VectorStore.from_vectors([vector_id(each) for each in addresses], vectors).to_bytes()
