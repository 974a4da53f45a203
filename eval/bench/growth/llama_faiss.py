"""LlamaIndex over FAISS as its guide for newcomers sets it up: `IndexFlatL2`, everything persisted.

It is given our passages as nodes with their vectors, so it neither cuts nor encodes. To keep a
change it has to write everything anew; deleting its FAISS store does not offer.
"""

from collections.abc import Sequence

from eval.bench.growth.contestant import Find, MissingError, Said, grow_rival
from eval.bench.growth.plan import TOP, Plan
from eval.bench.growth.reference import Given, read_given
from eval.bench.growth.timed import Stopwatch
from index.encode import Vectors

try:
    import faiss
    from llama_index.core import (
        MockEmbedding,
        QueryBundle,
        StorageContext,
        VectorStoreIndex,
        load_index_from_storage,
    )
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
    from llama_index.vector_stores.faiss import FaissVectorStore
except ImportError as error:  # the extra `rivals`
    raise MissingError(
        "LlamaIndex's FAISS store is not installed: pip install -e '.[rivals]'"
    ) from (error)


class LlamaFaiss:
    """One index in a folder."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._folder = str(plan.place("llama"))
        self._encoder = plan.open_encoder()
        self._embedding = MockEmbedding(embed_dim=self._encoder.dimension)
        self._index: VectorStoreIndex | None = None

    def build(self) -> Said:
        """From nodes that are made beforehand."""
        dimension = self._encoder.dimension
        nodes = [
            node
            for part in read_given(self._plan.reference, dimension)
            for node in _nodes(part, None)
        ]
        watch = Stopwatch()
        with watch.running():
            store = FaissVectorStore(faiss_index=faiss.IndexFlatL2(dimension))
            context = StorageContext.from_defaults(vector_store=store)
            self._index = VectorStoreIndex(
                nodes, storage_context=context, embed_model=self._embedding
            )
            self._persist()
        return Said({"build_s": watch.seconds})

    def grow(self) -> Said:
        """Nodes inserted, everything persisted; it cannot delete."""
        self.open()
        return grow_rival(self._plan, self, self._encoder)

    def open(self) -> Find:
        """What was persisted, with a retriever of ten nodes."""
        store = FaissVectorStore.from_persist_dir(self._folder)
        context = StorageContext.from_defaults(vector_store=store, persist_dir=self._folder)
        opened = load_index_from_storage(context, embed_model=self._embedding)
        assert isinstance(opened, VectorStoreIndex)  # noqa: S101 (that is what was persisted)
        self._index = opened
        return self.find

    def find(self, question: str, vector: Vectors) -> Sequence[str]:
        """Ids of its nodes, best first."""
        retriever = self._opened().as_retriever(similarity_top_k=TOP)
        found = retriever.retrieve(QueryBundle(question, embedding=vector.tolist()))
        return [each.node.node_id for each in found]

    def insert(self, passages: Given, document_id: str) -> None:
        """Nodes of one document, and everything written anew."""
        self._opened().insert_nodes(_nodes(passages, document_id))
        self._persist()

    def delete(self, document_id: str) -> None:
        """Raises NotImplementedError, as its store does."""
        self._opened().delete_ref_doc(document_id, delete_from_docstore=True)
        self._persist()

    def _persist(self) -> None:
        self._opened().storage_context.persist(persist_dir=self._folder)

    def _opened(self) -> VectorStoreIndex:
        assert self._index is not None  # noqa: S101 (built or opened by whoever asks)
        return self._index


def _nodes(given: Given, document_id: str | None) -> list[TextNode]:
    return [
        TextNode(
            id_=name,
            text=text,
            embedding=vector,
            relationships={
                NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document_id or _document(name))
            },
        )
        for name, text, vector in zip(given.ids, given.texts, given.vectors.tolist(), strict=True)
    ]


def _document(passage_id: str) -> str:
    return passage_id.rpartition(":")[0]
