"""Articles made for measuring: nobody's in particular, and quoted as they stand."""

import hashlib

from corpus import Document, DocumentKind, Provenance, Section, TrustTier, Wording


def article(name: str, title: str, text: str, sections: tuple[Section, ...]) -> Document:
    """A document of which nothing is known but its words; `name` is its id."""
    return Document(
        id=name,
        title=title,
        kind=DocumentKind.ARTICLE,
        tier=TrustTier.PRACTITIONER,
        wording=Wording.AUTHORS_OWN,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        provenance=Provenance("unknown", "unknown", "unknown"),
        topics=(),
        sections=sections,
    )
