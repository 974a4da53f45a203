"""Two rivals over the shelf's own passages: found by their words only, and by meaning only."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from corpus import Document, Span
from eval.bm25 import LexicalIndex
from eval.rivals.reply import Found, RivalError
from index.chunk import split_document
from index.encode import Encoder, Vectors, passage_text, spec_for
from index.lexical import Analyzer
from index.passage import Passage

DEEP = 20
"""Passages ranked; enough for every cut-off that is scored."""
_HALF = 10.0
"""BM25 shown as one half."""
_STORED_PASSAGES = TypeAdapter(tuple[Passage, ...])
_PASSAGES, _VECTORS = "passages.json", "vectors.npy"


def cut(documents: tuple[Document, ...], encoder: Encoder, folder: Path) -> tuple[Passage, ...]:
    """Cuts the documents as our own index does, and keeps the passages in the folder."""
    budget = spec_for(encoder).passage_budget
    passages = tuple(p for one in documents for p in split_document(one, encoder, budget))
    (folder / _PASSAGES).write_bytes(_STORED_PASSAGES.dump_json(passages))
    return passages


def build_dense(documents: tuple[Document, ...], encoder: Encoder, folder: Path) -> None:
    """Cuts, encodes each passage with its title and heading, and keeps both."""
    passages = cut(documents, encoder, folder)
    vectors = encoder.encode([passage_text(each, encoder) for each in passages])
    np.save(folder / _VECTORS, vectors, allow_pickle=False)


def kept_passages(folder: Path) -> tuple[Passage, ...]:
    """What `cut` kept. Raises RivalError."""
    try:
        return tuple(_STORED_PASSAGES.validate_json((folder / _PASSAGES).read_bytes()))
    except (OSError, ValueError) as error:
        raise RivalError(f"No passages in {folder.name}: build the rival first.") from error


class Bm25Finder:
    """BM25 over passages with their title and heading, as our own index analyses them."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        self.units = tuple(each.span for each in passages)
        texts = [f"{each.header}\n{each.text}" for each in passages]
        self._index = LexicalIndex(texts, Analyzer())

    def find(self, question: str) -> tuple[Found, ...]:
        """Passages that share a word with the question."""
        scores = self._index.scores(question)
        best = np.argsort(-scores, kind="stable")[:DEEP]
        return tuple(Found(self.units[n], float(scores[n])) for n in best if scores[n] > 0)

    def sure(self, best: float) -> float:
        """Squashed: BM25 has no upper end."""
        return best / (best + _HALF)


@dataclass(frozen=True, slots=True)
class DenseFinder:
    """Cosine of the question with each passage."""

    units: tuple[Span, ...]
    vectors: Vectors
    encoder: Encoder

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> "DenseFinder":
        """What `build_dense` kept. Raises RivalError."""
        units = tuple(each.span for each in kept_passages(folder))
        try:
            vectors: Vectors = np.load(folder / _VECTORS, allow_pickle=False)
        except (OSError, ValueError) as error:
            raise RivalError(f"No vectors in {folder.name}: build the rival first.") from error
        return cls(units, vectors, encoder)

    def find(self, question: str) -> tuple[Found, ...]:
        """The nearest passages."""
        cosines = self.vectors @ self.encoder.encode([question])[0]
        best = np.argsort(-cosines, kind="stable")[:DEEP]
        return tuple(Found(self.units[n], float(cosines[n])) for n in best)

    def sure(self, best: float) -> float:
        """The cosine itself, 0 where it is below."""
        return min(max(best, 0.0), 1.0)
