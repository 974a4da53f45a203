"""txtai's hybrid search over sentences: the only door to txtai (extra `rivals`).

What its question answering rests on, without the model that would word or cut out an answer: the
sentences nearest to the question, by meaning and by words, are the answer.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from corpus import Document, Span
from eval.rivals.reply import Found

_DEEP = 40
"""Sentences asked for: several lie in one passage."""


def sentences_of(documents: Iterable[Document]) -> tuple[Span, ...]:
    """Every sentence of the documents, in reading order."""
    return tuple(
        Span(document.id, sentence.start, sentence.end)
        for document in documents
        for section in document.sections
        for sentence in section.sentences
    )


def build_txtai(documents: tuple[Document, ...], weights: Path, folder: Path) -> None:
    """Encodes every sentence with the weights in a folder and keeps the index in another."""
    from txtai import Embeddings

    texts = {document.id: document for document in documents}
    made = Embeddings(path=str(weights), hybrid=True)
    made.index([texts[span.document_id].words_at(span) for span in sentences_of(documents)])
    made.save(str(folder))


class _Index(Protocol):
    """As much of txtai's index as is used, which ships no types."""

    def load(self, path: str) -> object: ...

    def search(self, query: str, limit: int) -> list[tuple[int, float]]: ...


class TxtaiFinder:
    """What `build_txtai` kept, opened."""

    def __init__(self, folder: Path, documents: tuple[Document, ...]) -> None:
        from txtai import Embeddings

        self.units = sentences_of(documents)
        self._index: _Index = Embeddings()
        self._index.load(str(folder))

    def find(self, question: str) -> tuple[Found, ...]:
        """Sentences by its fused score."""
        hits = self._index.search(question, _DEEP)
        return tuple(Found(self.units[place], float(score)) for place, score in hits)

    def sure(self, best: float) -> float:
        """Its fused score is 0 to 1 already."""
        return min(max(best, 0.0), 1.0)
