"""One document cut into passages, and which of its texts have a vector already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from index.chunk import split_document
from index.encode import TokenCounter, Vectors, passage_text, sentence_text
from index.engine import Card, CutDocument
from index.passage import Passage
from index.sources import Source
from index.spec import IndexSpec


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is encoded of some passages, in the order in which vectors are kept."""

    passages: tuple[str, ...]
    sentences: tuple[str, ...]
    asked: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        yield from self.passages
        yield from self.sentences
        yield from self.asked


@dataclass(frozen=True, slots=True)
class Cut:
    """A document whose vectors are not all there yet."""

    card: Card
    passages: tuple[Passage, ...]
    texts: _Texts
    known: Mapping[str, Vectors]
    """Text to vector, as far as an earlier state of the document had the same text."""
    to_encode: tuple[str, ...]
    """The other texts, each once."""


def cut(
    source: Source, tokenizer: TokenCounter, spec: IndexSpec, before: CutDocument | None
) -> Cut:
    """Reads and cuts a document; `before` is what the index holds of it.

    Raises:
        CorpusError: it cannot be read.
        OverlongTextError: the encoder would drop the end of a text.
    """
    document = source.load()
    passages = tuple(split_document(document, tokenizer, spec.passage_budget))
    texts = _texts(passages, spec, tokenizer)
    known = _vectors_of(before, spec, tokenizer) if before else {}
    card = Card(
        id=source.id,
        digest=source.digest,
        title=document.title,
        kind=document.kind,
        tier=document.tier,
        wording=document.wording,
        provenance=document.provenance,
        topics=document.topics,
    )
    fresh = tuple(dict.fromkeys(text for text in texts if text not in known))
    return Cut(card, passages, texts, known, fresh)


def assemble(piece: Cut, vectors: Vectors) -> CutDocument:
    """The document with all of its vectors; `vectors` are those of `piece.to_encode`."""
    known = {**piece.known, **dict(zip(piece.to_encode, vectors, strict=True))}

    def stacked(texts: tuple[str, ...]) -> Vectors:
        rows = np.array([known[text] for text in texts], dtype=np.float32)
        return rows.reshape(len(texts), vectors.shape[1])

    texts = piece.texts
    return CutDocument(
        piece.card,
        piece.passages,
        stacked(texts.passages),
        stacked(texts.sentences),
        stacked(texts.asked),
    )


def _texts(passages: tuple[Passage, ...], spec: IndexSpec, tokenizer: TokenCounter) -> _Texts:
    return _Texts(
        tuple(passage_text(each, tokenizer) for each in passages),
        tuple(
            sentence_text(passage, sentence, spec.sentence_context, tokenizer)
            for passage in passages
            for sentence in passage.sentences
        ),
        tuple(
            question
            for passage in passages
            for sentence in passage.sentences
            for question in sentence.asked
        ),
    )


def _vectors_of(
    before: CutDocument, spec: IndexSpec, tokenizer: TokenCounter
) -> Mapping[str, Vectors]:
    texts = _texts(before.passages, spec, tokenizer)
    rows = (before.passage_vectors, before.sentence_vectors, before.asked_vectors)
    # What was not as it was written would have another length: such a vector is made anew.
    return {
        text: row
        for text, row in zip(texts, np.concatenate(rows), strict=True)
        if abs(float(np.dot(row, row)) - 1.0) < 1e-3
    }
