"""The shelf for any LlamaIndex program: a retriever over the index, nothing more."""

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.passage import Hit
from index.shelf_index import ShelfIndex


class SoleusRetriever(BaseRetriever):
    """Hands the passages a search finds to LlamaIndex, under their own stable ids."""

    def __init__(self, index: ShelfIndex, top_k: int = 5) -> None:
        self._index = index
        self._top_k = top_k
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._index.search(query_bundle.query_str, self._top_k)
        return [_node(hit) for hit in hits]


def _node(hit: Hit) -> NodeWithScore:
    passage = hit.passage
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.span.start,
        end_char_idx=passage.span.end,
        metadata={
            "title": passage.title,
            "section": passage.section,
            "speaker": passage.speaker,
            "kind": passage.kind.value,
        },
    )
    # The cosine, not the fused score: LlamaIndex's cut-offs expect a similarity.
    return NodeWithScore(node=node, score=hit.cosine)
