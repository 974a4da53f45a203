"""What we know: the shelf of documents, their catalog, and data that points into them."""

from corpus.document import (
    Document,
    DocumentKind,
    Provenance,
    Section,
    Sentence,
    Span,
    Topic,
    TrustTier,
    Wording,
)
from corpus.errors import CorpusError

__all__ = [
    "CorpusError",
    "Document",
    "DocumentKind",
    "Provenance",
    "Section",
    "Sentence",
    "Span",
    "Topic",
    "TrustTier",
    "Wording",
]
