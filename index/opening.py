"""Opens a built index, or says why not and what to run. Never builds, repairs or writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus import Document
from index.artifacts import (
    ASKED_VECTORS,
    MANIFEST,
    OUT_OF_SCOPE_VECTORS,
    PASSAGE_VECTORS,
    PASSAGES,
    SENTENCE_VECTORS,
    STORED_PASSAGES,
    Shelf,
)
from index.encode import Encoder, spec_for
from index.errors import REBUILD, DamagedIndexError, IndexNotBuiltError, StaleIndexError
from index.passage import Passage
from index.shelf_index import ShelfIndex
from index.spec import (
    IndexSpec,
    Manifest,
    document_digests,
    fingerprint,
    questions_digest,
)
from index.store import VectorStore, vector_id

_FILES = frozenset(
    {PASSAGES, PASSAGE_VECTORS, SENTENCE_VECTORS, ASKED_VECTORS, OUT_OF_SCOPE_VECTORS}
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an index has to be made from and with."""

    spec: IndexSpec
    documents: Mapping[str, str]
    out_of_scope: str

    def is_of(self, manifest: Manifest) -> bool:
        """Whether that is what the labelled index was built from."""
        return self == _Wanted(manifest.spec, manifest.documents, manifest.out_of_scope)


def open_index(
    documents: Sequence[Document],
    encoder: Encoder,
    artifacts_root: Path,
    *,
    out_of_scope: Sequence[str] = (),
) -> ShelfIndex:
    """The index of exactly these documents and questions, made by exactly this encoder.

    The encoder is only asked its name, digest and dimension: a lazy one stays unloaded.

    Raises:
        IndexNotBuiltError: nothing has been built there.
        StaleIndexError: what has been built is of other texts, another encoder or format.
        DamagedIndexError: files are missing, cut short or altered.
        EncoderError: the encoder cannot be found.
    """
    spec = spec_for(encoder)
    wanted = _Wanted(spec, document_digests(documents), questions_digest(out_of_scope))
    shelf = Shelf(artifacts_root / fingerprint(spec, documents, out_of_scope))
    manifest = shelf.read_manifest()
    if manifest is None:
        raise _absence(wanted, artifacts_root)
    if not wanted.is_of(manifest):
        raise StaleIndexError(_difference(manifest, wanted))
    files = shelf.read_files(manifest)
    if _FILES - files.keys():
        raise _damaged("its label does not list every file")
    passages = _read_passages(files[PASSAGES], documents)
    sentences = [each for passage in passages for each in passage.sentences]
    asked = [address for each in sentences for address in each.asked_ids()]
    return ShelfIndex(
        passages,
        _read_vectors(files[PASSAGE_VECTORS], spec, [each.id for each in passages]),
        _read_vectors(files[SENTENCE_VECTORS], spec, [str(each.span) for each in sentences]),
        _read_vectors(files[ASKED_VECTORS], spec, asked),
        _read_vectors(files[OUT_OF_SCOPE_VECTORS], spec, list(dict.fromkeys(out_of_scope))),
        encoder,
    )


def _read_passages(stored: bytes, documents: Sequence[Document]) -> tuple[Passage, ...]:
    """The passages, each seen to stand word for word in its document."""
    try:
        passages = STORED_PASSAGES.validate_json(stored)
    except ValidationError as error:
        raise _damaged("its passages are unreadable") from error
    shelf = {document.id: document for document in documents}
    for passage in passages:
        parts = [(passage.span, passage.text), *((s.span, s.text) for s in passage.sentences)]
        for span, text in parts:
            document = shelf.get(span.document_id)
            if document is None or document.words_at(span) != text:
                raise _damaged(f"the words of {span} do not stand there on the shelf")
    return passages


def _read_vectors(stored: bytes, spec: IndexSpec, addresses: Sequence[str]) -> VectorStore:
    """The vectors, one for each address and none besides."""
    store = VectorStore.from_bytes(stored, spec.dimension)
    if store.ids.tolist() != [vector_id(each) for each in addresses]:
        raise _damaged("its vectors are not those of its passages")
    return store


def _damaged(what: str) -> DamagedIndexError:
    return DamagedIndexError(f"The index is damaged: {what}. {REBUILD}")


class _OldLabel(BaseModel):
    """As much of a label as every format has had."""

    model_config = ConfigDict(extra="ignore")

    class Spec(BaseModel):
        format_version: int

    spec: Spec


def _absence(wanted: _Wanted, root: Path) -> IndexNotBuiltError | StaleIndexError:
    """Why the wanted index is not there: never built, or built from something else."""
    labels = sorted(root.glob(f"*/{MANIFEST}"), key=lambda path: path.stat().st_mtime)
    if not labels:
        return IndexNotBuiltError(f"There is no index yet. {REBUILD}")
    newest = labels[-1].read_bytes()
    try:
        if (found := _OldLabel.model_validate_json(newest).spec.format_version) != (
            wanted.spec.format_version
        ):
            return StaleIndexError(
                f"The index was written in format {found}, this program reads format"
                f" {wanted.spec.format_version}. {REBUILD}"
            )
        manifest = Manifest.model_validate_json(newest)
    except ValidationError:
        return IndexNotBuiltError(f"There is no usable index. {REBUILD}")
    return StaleIndexError(_difference(manifest, wanted))


def _difference(manifest: Manifest, wanted: _Wanted) -> str:
    """What an index was built from that is not what is wanted now."""
    texts = sorted(
        each
        for each in manifest.documents.keys() | wanted.documents.keys()
        if manifest.documents.get(each) != wanted.documents.get(each)
    )
    old, new = manifest.spec.model_dump(mode="json"), wanted.spec.model_dump(mode="json")
    settings = [f"{key} {old[key]} then, {new[key]} now" for key in old if old[key] != new[key]]
    changes = [f"texts changed: {', '.join(texts)}"] if texts else []
    if manifest.out_of_scope != wanted.out_of_scope:
        changes.append("out-of-scope questions changed")
    return f"The index is out of date ({'; '.join([*changes, *settings])}). {REBUILD}"
