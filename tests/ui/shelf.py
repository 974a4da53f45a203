"""The made-up shelf behind the scripted assistant."""

from corpus import Document, Provenance, Topic
from index import Passage
from tests.ui.scripted import KERB_FOR, RELEASE, SALT, SHELF


def _document(source: Passage, provenance: Provenance) -> Document:
    return Document(
        id=source.span.document_id,
        title=source.title,
        kind=source.kind,
        tier=source.tier,
        wording=source.wording,
        text=source.text,
        digest="0" * 64,
        provenance=provenance,
        topics=(Topic("cramp", "What helps a cramp?"),),
        sections=(),
    )


DOCUMENTS = tuple(
    _document(source, SHELF[source.span.document_id]) for source in (RELEASE, KERB_FOR, SALT)
)
