"""A made-up shelf of two texts and an encoder of letters, for the tests of rivals."""

from collections.abc import Sequence

import numpy as np

from corpus import Document, DocumentKind, Provenance, Section, Sentence, TrustTier, Wording
from index.encode import Vectors

SALT = "Salt, salt and water. Nothing else helped us."
HEELS = "Heels down for sixty seconds. Then walk about."


class LetterEncoder:
    """Vectors of letter counts: the same words give the same vector."""

    name = "letters"
    digest = "0" * 64
    path = "fp32"
    dimension = 26
    max_tokens = 1000

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def encode(self, texts: Sequence[str]) -> Vectors:
        counts = [[1.0 + text.lower().count(chr(97 + k)) ** 2 for k in range(26)] for text in texts]
        vectors = np.array(counts, dtype=np.float32)
        normalised: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normalised


def document(name: str, text: str, kind: DocumentKind = DocumentKind.ARTICLE) -> Document:
    """Its sentences end at full stops."""
    ends = [n + 1 for n, letter in enumerate(text) if letter == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    sentences = tuple(Sentence(a, b) for a, b in zip(starts, ends, strict=True))
    return Document(
        id=name,
        title=f"About {name}",
        kind=kind,
        tier=TrustTier.PRACTITIONER,
        wording=Wording.OUR_SUMMARY,
        text=text,
        digest="0" * 64,
        provenance=Provenance("unknown", "unknown", "unknown"),
        topics=(),
        sections=(Section("Start", "author", 0, len(text), sentences),),
    )


SHELF = (
    document("salt", SALT, DocumentKind.FORUM_THREAD),
    document("heels", HEELS),
)
