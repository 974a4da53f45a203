"""Which documents are on the shelf: those that come with Soleus, and a club's own."""

from functools import partial

from assistant.settings import Settings
from corpus import Document, load_documents
from corpus.library.library import Library
from index.sources import Source, source_of


def library_of(settings: Settings) -> Library:
    """The club's own documents as they are now; empty where there are none.

    Raises DamagedLibraryError.
    """
    return Library(settings.shelf.folder)


def documents_of(settings: Settings, own: Library | None = None) -> tuple[Document, ...]:
    """Every document, read and cut into sentences.

    `own`: the club's documents at another moment than now. Raises CorpusError.
    """
    own = library_of(settings) if own is None else own
    return (*load_documents(), *(own.document(entry.id) for entry in own.entries))


def sources_of(settings: Settings, own: Library | None = None) -> tuple[Source, ...]:
    """The same by name and digest: a club's document is read only when its text is needed.

    Raises CorpusError, now or when a text is needed.
    """
    own = library_of(settings) if own is None else own
    return (
        *(source_of(document) for document in load_documents()),
        *(Source(e.id, e.shape_digest, partial(own.document, e.id)) for e in own.entries),
    )
