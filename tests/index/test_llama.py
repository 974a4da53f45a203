"""The shelf as a LlamaIndex retriever, driven by LlamaIndex's own query engine."""

import asyncio
from pathlib import Path

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import MetadataMode, TextNode

from index.build import build_index
from index.llama import SoleusRetriever
from index.opening import open_index
from index.shelf_index import ShelfIndex
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ANKLE, TWO_TEXTS


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ShelfIndex:
    root: Path = tmp_path_factory.mktemp("artifacts")
    build_index(TWO_TEXTS, FakeEncoder(), root)
    return open_index(TWO_TEXTS, FakeEncoder(), root)


def engine_over(index: ShelfIndex) -> RetrieverQueryEngine:
    synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT)
    return RetrieverQueryEngine(SoleusRetriever(index, top_k=2), synthesizer)


def test_nodes_carry_the_passages_own_address(index: ShelfIndex) -> None:
    found = SoleusRetriever(index, top_k=3).retrieve("hang the heels off a kerb")
    assert [node.node.node_id for node in found] == [
        hit.passage.id for hit in index.search("hang the heels off a kerb", 3)
    ]
    best = found[0].node
    assert isinstance(best, TextNode)
    assert (
        best.get_content(MetadataMode.NONE) == ANKLE.text[best.start_char_idx : best.end_char_idx]
    )
    assert best.metadata == {
        "title": "Creaking ankle",
        "section": "Reply 2",
        "speaker": "reply 2",
        "kind": "forum thread",
    }


def test_the_score_is_a_similarity_that_cut_offs_understand(index: ShelfIndex) -> None:
    found = SoleusRetriever(index, top_k=3).retrieve("potassium")
    assert [node.score for node in found] == [hit.cosine for hit in index.search("potassium", 3)]


def test_a_query_engine_of_llamaindex_answers_from_the_shelf(index: ShelfIndex) -> None:
    response = engine_over(index).query("what about a tennis ball")
    assert "Roll a tennis ball under the foot." in str(response)
    assert len(response.source_nodes) == 2
    speakers = {passage.id: passage.speaker for passage in index.passages}
    assert speakers[response.source_nodes[0].node.node_id] == "reply 2"


def test_a_query_engine_can_ask_without_waiting(index: ShelfIndex) -> None:
    response = asyncio.run(engine_over(index).aquery("what about a tennis ball"))
    assert "Roll a tennis ball under the foot." in str(response)
    assert len(response.source_nodes) == 2
