"""Moves an index from one engine to another: copied as it is, nothing encoded, then compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.encode import Progress
from index.engine import CutDocument, Engine, Label, Snapshot, Terms
from index.errors import DamagedIndexError, PassageIndexError
from index.lexical import Analyzer
from index.ranking import log_odds

_SAMPLES = 20
"""Documents that are compared to the last bit, and searches that are made in both."""
_LOOKED_AT = 200
"""Passages looked at in a search of a large shelf."""
_BEST = 10
_SAME = 1e-3
"""Log-odds by which a passage may differ: engines add up in different orders."""
_MAY_MISS = 0.05
"""Share of the ten best that one approximate index may find and the other not."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What was copied and compared."""

    documents: int
    passages: int
    sentences: int
    searches: int


@dataclass(frozen=True, slots=True)
class _Ranking:
    """What one search of one engine came to."""

    best: Mapping[str, float]
    """The best passages and their log-odds, best first."""
    is_whole: bool
    """Whether every passage there is was looked at."""


def migrate(source: Engine, target: Engine, progress: Progress | None = None) -> Migration:
    """Puts everything of `source` into `target`, in place of whatever was there.

    `progress`: told how many documents are copied, and of how many.

    Raises:
        IndexNotBuiltError: there is nothing to copy.
        DamagedIndexError: a document of the source is not as it was written.
        IndexWriteError: the target cannot be written; what was there stays.
        BuildInProgressError: somebody else is writing the target.
        PassageIndexError: the copy differs from the original.
    """
    opened = source.open()
    label = opened.label
    target.commit(label.spec, _documents(opened, progress), (), opened.out_of_scope(), afresh=True)
    copied = target.open()
    _same_label(label, copied.label)
    searches = _compare(opened, copied, _sample(sorted(label.documents)))
    return Migration(len(label.documents), label.passages, label.sentences, searches)


def _documents(opened: Snapshot, progress: Progress | None) -> Iterator[CutDocument]:
    ids = sorted(opened.label.documents)
    for done, document_id in enumerate(ids, start=1):
        yield _document(opened, document_id)
        if progress:
            progress(done, len(ids))


def _document(opened: Snapshot, document_id: str) -> CutDocument:
    document = opened.document(document_id)
    if document is None:
        raise DamagedIndexError(
            f"{document_id} is on the label of the index and not in it."
            " Run: python -m assistant index --force"
        )
    return document


def _sample(ids: Sequence[str]) -> list[str]:
    """Some ids, evenly spread."""
    return [ids[n] for n in np.linspace(0, len(ids) - 1, min(_SAMPLES, len(ids))).astype(int)]


def _same_label(one: Label, other: Label) -> None:
    for what in ("spec", "documents", "out_of_scope", "passages", "sentences"):
        if getattr(one, what) != getattr(other, what):
            raise _differs(f"their {what} are not the same")


def _compare(original: Snapshot, copy: Snapshot, sample: Sequence[str]) -> int:
    """Looks at documents and searches in both; says how many searches."""
    analyze = Analyzer()
    missed: list[float] = []
    for document_id in sample:
        mine, theirs = _document(original, document_id), _document(copy, document_id)
        if not _equal(mine, theirs):
            raise _differs(f"{document_id} did not come across unchanged")
        if mine.passages:
            sentence = mine.passages[0].sentences[0]
            terms = Terms(mine.sentence_vectors[0], tuple(dict.fromkeys(analyze(sentence.text))))
            missed.append(_missed(_ranking(original, terms), _ranking(copy, terms)))
    if missed and np.mean(missed) > _MAY_MISS:
        raise _differs("searches find other passages")
    return len(missed)


def _equal(mine: CutDocument, theirs: CutDocument) -> bool:
    vectors = ("passage_vectors", "sentence_vectors", "asked_vectors")
    return (mine.card, mine.passages) == (theirs.card, theirs.passages) and all(
        np.array_equal(getattr(mine, name), getattr(theirs, name)) for name in vectors
    )


def _ranking(opened: Snapshot, terms: Terms) -> _Ranking:
    pool = opened.pool([terms], _LOOKED_AT)
    if not len(pool.keys):
        return _Ranking({}, is_whole=not opened.label.passages)
    odds = log_odds(opened.likeness(pool, terms), pool.has_questions)
    by_passage = np.maximum.reduceat(odds, pool.first[:-1])
    best = np.argsort(-by_passage, kind="stable")[:_BEST]
    passages = opened.passages(pool.keys[best])
    rated = {each.id: float(by_passage[n]) for each, n in zip(passages, best, strict=True)}
    return _Ranking(rated, len(pool.keys) == opened.label.passages)


def _missed(original: _Ranking, copy: _Ranking) -> float:
    """Share of the original's best that the copy lacks, those aside that are no better than its
    last.

    Raises:
        PassageIndexError: both have a passage, and rate it differently; or both looked at all.
    """
    mine, theirs = original.best, copy.best
    if any(abs(mine[each] - theirs[each]) > _SAME for each in mine.keys() & theirs.keys()):
        raise _differs("a search rates a passage otherwise")
    last = min(theirs.values(), default=-np.inf) + _SAME
    missed = sum(mine[each] > last for each in mine.keys() - theirs.keys()) / max(len(mine), 1)
    if missed and original.is_whole and copy.is_whole:
        raise _differs("a search finds other passages")
    return missed


def _differs(how: str) -> PassageIndexError:
    return PassageIndexError(
        f"The copy of the index is not like the original: {how}. Nothing is lost: go on with the"
        " setting that you have, and report this."
    )
