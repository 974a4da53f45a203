"""Opens a built index, or says why not and what to run. Never builds, repairs or writes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from corpus import Document
from index.encode import Encoder, spec_for
from index.engine import Engine, Label
from index.errors import REBUILD, IndexNotBuiltError, StaleIndexError
from index.faiss_engine import FaissEngine
from index.shelf_index import ShelfIndex
from index.sources import Source, sources_of
from index.spec import IndexSpec, questions_digest


def open_index(
    documents: Iterable[Document | Source],
    encoder: Encoder,
    artifacts_root: Path,
    *,
    out_of_scope: Sequence[str] = (),
) -> ShelfIndex:
    """The index, in a folder, of exactly these documents and questions, made by this encoder.

    The encoder is only asked its name, digest and dimension: a lazy one stays unloaded.

    Raises:
        IndexNotBuiltError: nothing has been built there.
        StaleIndexError: what has been built is of other texts, another encoder or format.
        DamagedIndexError: files are missing, cut short or altered.
        EncoderError: the encoder cannot be found.
    """
    opened = FaissEngine(artifacts_root).open()
    sources = {source.id: source.digest for source in sources_of(documents)}
    questions = questions_digest(_once(out_of_scope))
    _require(opened.label, spec_for(encoder), sources, questions, also=opened.label.documents)
    return ShelfIndex(opened, encoder)


def open_live(
    bundled: Iterable[Document],
    encoder: Encoder,
    engine: Engine,
    *,
    out_of_scope: Sequence[str] = (),
) -> ShelfIndex:
    """The index as it is, whatever a club has added, if it holds the bundled documents as they are.

    Raises what `open_index` raises.
    """
    opened = engine.open()
    require_label(opened.label, bundled, encoder, out_of_scope=out_of_scope)
    return ShelfIndex(opened, encoder)


def require_label(
    label: Label | None,
    bundled: Iterable[Document],
    encoder: Encoder,
    *,
    out_of_scope: Sequence[str] = (),
) -> None:
    """Refuses an index that does not hold these documents, or was made with another encoder.

    Raises:
        IndexNotBuiltError: `label` is None: nothing has been built.
        StaleIndexError: it is of other texts, questions, or another encoder.
    """
    if label is None:
        raise IndexNotBuiltError(f"There is no index yet. {REBUILD}")
    wanted = {source.id: source.digest for source in sources_of(bundled)}
    _require(label, spec_for(encoder), wanted, questions_digest(_once(out_of_scope)))


def _once(questions: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(questions))


def _require(
    label: Label,
    spec: IndexSpec,
    documents: Mapping[str, str],
    out_of_scope: str,
    also: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Refuses an index made from other texts or with another encoder.

    `also`: documents that would be known to the index and should be among `documents`.
    """
    compared = documents.keys() | also.keys()
    texts = sorted(each for each in compared if label.documents.get(each) != documents.get(each))
    old, new = label.spec.model_dump(mode="json"), spec.model_dump(mode="json")
    changes = [f"texts changed: {', '.join(texts)}"] if texts else []
    if label.out_of_scope != out_of_scope:
        changes.append("out-of-scope questions changed")
    changes += [f"{key} {old[key]} then, {new[key]} now" for key in old if old[key] != new[key]]
    if changes:
        raise _stale(changes)


def _stale(changes: Sequence[str]) -> StaleIndexError:
    return StaleIndexError(f"The index is out of date ({'; '.join(changes)}). {REBUILD}")
