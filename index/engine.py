"""The seam behind a search: where passages, vectors and words are kept, and who counts them.

FAISS files on this machine are one engine, PostgreSQL another. Which sentences are looked at is the
engine's business; how they are ranked is `index/ranking.py`'s, the same for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus import DocumentKind, Provenance, Topic, TrustTier, Wording
from index.encode import Vectors
from index.passage import Passage
from index.ranking import Likeness
from index.spec import IndexSpec

Keys = npt.NDArray[np.int64]
"""An engine's own numbers for passages: good for as long as one snapshot is open."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of an indexed document besides its words; kept with them."""

    id: str
    digest: str
    """SHA-256 of everything that shapes its passages."""
    title: str
    kind: DocumentKind
    tier: TrustTier
    wording: Wording
    provenance: Provenance
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class CutDocument:
    """A document cut into passages and encoded: what goes into an engine and comes out of it."""

    card: Card
    passages: tuple[Passage, ...]
    """In reading order."""
    passage_vectors: Vectors
    """Shape (passages, dimension)."""
    sentence_vectors: Vectors
    """Shape (sentences of all passages, dimension), in reading order."""
    asked_vectors: Vectors
    """Shape (known questions of all sentences, dimension), in reading order."""


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """Questions that the texts are known not to answer."""

    questions: tuple[str, ...]
    vectors: Vectors
    """Shape (questions, dimension)."""


@dataclass(frozen=True, slots=True)
class Label:
    """What an engine holds right now."""

    spec: IndexSpec
    documents: Mapping[str, str]
    """Document id to digest."""
    out_of_scope: str
    """Digest of the out-of-scope questions."""
    passages: int
    sentences: int
    generation: str
    """Changes with every commit, and only then."""


@dataclass(frozen=True, slots=True)
class Terms:
    """One wording of a question as it is searched: its vector and its different stemmed terms."""

    vector: Vectors
    """Shape (dimension,)."""
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Passages that are looked at for one question, and where their sentences begin."""

    keys: Keys
    """Shape (passages,), in order of (document id, start): ties go to the earlier one."""
    first: npt.NDArray[np.intp]
    """Shape (passages + 1,): for each passage the place of its first sentence among all of the
    pool's; then the number of those."""
    has_questions: npt.NDArray[np.bool_]
    """Shape (sentences,): whether it is known what people ask to be told the sentence."""


class Snapshot(Protocol):
    """One state of an engine, which no later commit changes. May be shared by threads."""

    @property
    def label(self) -> Label:
        """What it holds."""

    def pool(self, wordings: Sequence[Terms], size: int) -> Pool:
        """The passages worth a look: all of a small shelf, of a large one at least the `size`
        nearest in meaning, in words and by known questions, for each wording.
        """

    def likeness(self, pool: Pool, wording: Terms) -> Likeness:
        """How like the wording every sentence of the pool is. BM25 counts the whole engine."""

    def passages(self, keys: Keys) -> tuple[Passage, ...]:
        """The passages of these keys, in their order."""

    def every_passage(self) -> Iterable[Passage]:
        """All passages in order of (document id, start), one after the other."""

    def nearest(self, vector: Vectors) -> tuple[float, float, float, float]:
        """Highest cosine with a known question, a sentence, a passage, an out-of-scope question;
        0 where there is nothing of its kind. Of a large shelf, as far as its index finds it.
        """

    def card(self, document_id: str) -> Card | None:
        """What is known of a document, or None if it is not there."""

    def document(self, document_id: str) -> CutDocument | None:
        """A whole document with its vectors, or None."""

    def out_of_scope(self) -> OutOfScope:
        """Questions that the texts are known not to answer, with their vectors."""

    def words(self) -> frozenset[str]:
        """Lowercased words of the texts, titles and headings; of a large shelf, the frequent."""


class Engine(Protocol):
    """Keeps an index. Opening never writes; a commit happens whole or not at all."""

    def label(self) -> Label | None:
        """What is there, or None where nothing was ever built. Raises DamagedIndexError."""

    def stamp(self) -> str | None:
        """Changes with every commit, and only then; None where nothing was ever built. Cheap
        enough to be asked every second.
        """

    def open(self, *, thoroughly: bool = True) -> Snapshot:
        """The present state. Raises IndexNotBuiltError, DamagedIndexError.

        `thoroughly`: whether every byte is compared with what was written.
        """

    def unsound(self, *, thoroughly: bool) -> frozenset[str]:
        """Ids of documents whose parts are not as they were written and must be made anew.

        `thoroughly`: whether every byte is looked at, or only what is quick to see.
        """

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
        """Takes documents out, then puts documents in (one of a known id replaces it).

        `added` come in order of id, each once, and may be made only as they are asked for.
        `afresh`: whatever was there before is of no use, and goes in the same step.
        `since`: the generation this change was worked out from, if that matters.

        Raises:
            IndexWriteError: it cannot be written; what was there stays.
            BuildInProgressError: somebody else is writing, or has written since.
            ValueError: documents out of order.
        """
