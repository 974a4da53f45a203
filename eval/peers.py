"""The peer we measure ourselves against: LlamaIndex as its starter guide sets it up.

`VectorStoreIndex` with its default splitter, store and number of results, over the same texts and
with the same encoder. It stops at retrieval, because what follows needs a language model: that
leaves it less to do than we have, and the tables say so.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core import Document as LlamaDocument
from llama_index.core import StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.indices.base import BaseIndex
from llama_index.core.schema import NodeWithScore, QueryBundle
from pydantic import PrivateAttr

from corpus import Document
from index.encode import Encoder


class SameEncoder(BaseEmbedding):
    """Lends our encoder to LlamaIndex, so that both sides turn text into the same vectors."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder, **settings: Any) -> None:  # noqa: ANN401 (theirs)
        super().__init__(model_name=encoder.name, **settings)
        self._encoder = encoder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode(texts).tolist()
        return vectors


class LlamaIndexPipeline:
    """Their default pipeline, opened: `encode` and `search` are the two halves of its retriever."""

    def __init__(self, opened: BaseIndex[Any], embedding: SameEncoder) -> None:
        self._embedding = embedding
        self._retriever = opened.as_retriever()

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> "LlamaIndexPipeline":
        """What `build_and_persist` left in a folder."""
        embedding = SameEncoder(encoder)
        storage = StorageContext.from_defaults(persist_dir=str(folder))
        return cls(load_index_from_storage(storage, embed_model=embedding), embedding)

    def encode(self, question: str) -> list[float]:
        """The question's vector."""
        return self._embedding.get_query_embedding(question)

    def search(self, question: str, vector: list[float]) -> list[NodeWithScore]:
        """The nodes it finds for a question whose vector is known, best first."""
        return self._retriever.retrieve(QueryBundle(question, embedding=vector))


def build_and_persist(documents: Sequence[Document], encoder: Encoder, folder: Path) -> int:
    """Builds their index of our documents in a folder; returns how many nodes it cut."""
    built = VectorStoreIndex.from_documents(
        [LlamaDocument(text=document.text, id_=document.id) for document in documents],
        embed_model=SameEncoder(encoder),
    )
    built.storage_context.persist(persist_dir=str(folder))
    return len(built.docstore.docs)
