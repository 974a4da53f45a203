"""The peer is LlamaIndex's own pipeline, fed with our texts and our vectors."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus import Document, DocumentKind, Provenance, TrustTier, Wording
from eval.peers import LlamaIndexPipeline, SameEncoder, build_and_persist
from index.encode import Vectors

TEXTS = {"salt": "Salt, salt and water.", "heels": "Heels down, heels over the kerb."}


class LetterEncoder:
    """Vectors of letter counts: the same words give the same vector."""

    name = "letters"
    digest = "0" * 64
    path = "fp32"
    dimension = 26
    max_tokens = 1000

    def count_tokens(self, text: str) -> int:
        return len(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        counts = [[1.0 + text.lower().count(chr(97 + k)) ** 2 for k in range(26)] for text in texts]
        vectors = np.array(counts, dtype=np.float32)
        normalised: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normalised


def document(name: str, text: str) -> Document:
    return Document(
        id=name,
        title=name,
        kind=DocumentKind.ARTICLE,
        tier=TrustTier.PRACTITIONER,
        wording=Wording.OUR_SUMMARY,
        text=text,
        digest="0" * 64,
        provenance=Provenance("unknown", "unknown", "unknown"),
        topics=(),
        sections=(),
    )


@pytest.fixture
def pipeline(tmp_path: Path) -> LlamaIndexPipeline:
    documents = [document(name, text) for name, text in TEXTS.items()]
    assert build_and_persist(documents, LetterEncoder(), tmp_path) == 2
    return LlamaIndexPipeline.open(tmp_path, LetterEncoder())


@pytest.mark.parametrize("name", TEXTS)
def test_the_peer_finds_the_text_that_says_it(pipeline: LlamaIndexPipeline, name: str) -> None:
    best, *_ = pipeline.search("any words", pipeline.encode(TEXTS[name]))
    assert best.node.ref_doc_id == name


def test_searching_uses_the_vector_it_is_given_and_does_not_encode_again(
    pipeline: LlamaIndexPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    vector = pipeline.encode("salt")
    monkeypatch.setattr(LetterEncoder, "encode", None)
    assert len(pipeline.search("salt", vector)) == 2


def test_both_sides_encode_a_text_the_same() -> None:
    ours = LetterEncoder().encode(["calf"])[0]
    theirs = SameEncoder(LetterEncoder())
    assert theirs.get_query_embedding("calf") == pytest.approx(ours.tolist())
    assert theirs.get_text_embedding("calf") == pytest.approx(ours.tolist())
