"""Chroma on this machine's disk, as its guide for newcomers sets it up: the only door to chromadb.

It is given our passages with their vectors, so it neither cuts nor encodes. What it has taken it
has written.
"""

from collections.abc import Sequence

from eval.bench.growth.contestant import Find, MissingError, Said, grow_rival
from eval.bench.growth.plan import TOP, Plan
from eval.bench.growth.reference import Given, read_given
from eval.bench.growth.timed import Stopwatch
from index.encode import Vectors

try:
    import chromadb
    from chromadb.config import Settings
except ImportError as error:  # the extra `rivals`
    raise MissingError("chromadb is not installed: pip install -e '.[rivals]'") from error

_NAME = "shelf"
_PART = 5000
"""Passages added at once; it takes at most some 5,400."""


class Chroma:
    """One collection in a folder."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._encoder = plan.open_encoder()
        self._held: chromadb.Collection | None = None

    def build(self) -> Said:
        """All passages, some thousand at a time; reading them is not counted."""
        self.open()
        watch = Stopwatch()
        for part in read_given(self._plan.reference, self._encoder.dimension, _PART):
            with watch.running():
                self._add(part)
        return Said({"build_s": watch.seconds})

    def grow(self) -> Said:
        """Passages of a document added, replaced, deleted."""
        self.open()
        return grow_rival(self._plan, self, self._encoder)

    def open(self) -> Find:
        """The collection as it was left."""
        client = chromadb.PersistentClient(
            str(self._plan.place("chroma")), settings=Settings(anonymized_telemetry=False)
        )
        self._held = client.get_or_create_collection(
            _NAME, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        return self.find

    def find(self, question: str, vector: Vectors) -> Sequence[str]:
        """Ids by cosine, best first."""
        found = self._collection.query(query_embeddings=[vector.tolist()], n_results=TOP)
        ids: list[str] = found["ids"][0]
        return ids

    def insert(self, passages: Given, document_id: str) -> None:
        """The passages of one document."""
        self._add(passages)

    def delete(self, document_id: str) -> None:
        """All passages of one document."""
        self._collection.delete(where={"document": document_id})

    @property
    def _collection(self) -> chromadb.Collection:
        assert self._held is not None  # noqa: S101 (opened by whoever asks)
        return self._held

    def _add(self, given: Given) -> None:
        self._collection.add(
            ids=list(given.ids),
            embeddings=given.vectors,
            documents=list(given.texts),
            metadatas=[{"document": name.rpartition(":")[0]} for name in given.ids],
        )
