"""What we know: the shelf of documents, their catalog, and data that points into them."""

from corpus.claims import load_claims
from corpus.disagreements import (
    Disagreement,
    LookAlike,
    Side,
    load_disagreements,
    load_lookalikes,
)
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
from corpus.loader import load_documents
from corpus.out_of_scope import load_out_of_scope
from corpus.products import ProductMention, load_products

__all__ = [
    "CorpusError",
    "Disagreement",
    "Document",
    "DocumentKind",
    "LookAlike",
    "ProductMention",
    "Provenance",
    "Section",
    "Sentence",
    "Side",
    "Span",
    "Topic",
    "TrustTier",
    "Wording",
    "load_claims",
    "load_disagreements",
    "load_documents",
    "load_lookalikes",
    "load_out_of_scope",
    "load_products",
]
