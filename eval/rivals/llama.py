"""LlamaIndex with its defaults (`eval.peers`), its nodes found again in the documents."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import Document, Span
from eval.peers import LlamaIndexPipeline
from eval.rivals.reply import Found, RivalError
from index.encode import Encoder

_SOURCE = "1"
"""How its store calls a node's relationship to the document it was cut from."""


@dataclass(frozen=True, slots=True)
class LlamaFinder:
    """Its default retriever: two nodes for a question."""

    pipeline: LlamaIndexPipeline
    texts: Mapping[str, str]
    units: tuple[Span, ...]

    @classmethod
    def open(cls, folder: Path, encoder: Encoder, documents: tuple[Document, ...]) -> "LlamaFinder":
        """What `build_and_persist` left in a folder. Raises RivalError."""
        texts = {document.id: document.text for document in documents}
        units = tuple(sorted(place_of(*node, texts) for node in _nodes(folder)))
        return cls(LlamaIndexPipeline.open(folder, encoder), texts, units)

    def find(self, question: str) -> tuple[Found, ...]:
        """Its nodes, as places on the shelf. Raises RivalError for words that stand nowhere."""
        nodes = self.pipeline.search(question, self.pipeline.encode(question))
        return tuple(
            Found(
                place_of(each.node.get_content(), each.node.ref_doc_id or "", self.texts),
                each.score or 0.0,
            )
            for each in nodes
        )

    def sure(self, best: float) -> float:
        """Its score is a cosine; 0 where it is below."""
        return min(max(best, 0.0), 1.0)


def place_of(words: str, document_id: str, texts: Mapping[str, str]) -> Span:
    """Where words stand in their document. Raises RivalError when they do not."""
    start = texts.get(document_id, "").find(words)
    if start < 0 or not words:
        raise RivalError(f"A node of {document_id or 'no document'} is not in its text.")
    return Span(document_id, start, start + len(words))


def _nodes(folder: Path) -> Iterator[tuple[str, str]]:
    """Words and document of each node: its retriever does not list what it can find."""
    try:
        kept = json.loads((folder / "docstore.json").read_bytes())
        for node in kept["docstore/data"].values():
            data = node["__data__"]
            yield data["text"], data["relationships"][_SOURCE]["node_id"]
    except (OSError, ValueError, KeyError) as error:
        raise RivalError(f"{folder.name} holds no LlamaIndex store that can be read.") from error
