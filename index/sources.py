"""Documents as a build sees them: a name and a digest at once, the text only if it is needed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus import Document
from index.spec import document_digest


@dataclass(frozen=True, slots=True)
class Source:
    """One document that may be parsed later, or never when nothing of it has changed."""

    id: str
    digest: str
    """SHA-256 of everything that shapes its passages: the same digest, the same passages."""
    load: Callable[[], Document]
    """Raises CorpusError."""


def source_of(document: Document) -> Source:
    """A document that has been read already."""
    return Source(document.id, document_digest(document), lambda: document)


def sources_of(documents: Iterable[Document | Source]) -> tuple[Source, ...]:
    """Each as a source, in order of id.

    Raises:
        ValueError: two have the same id.
    """
    each = [given if isinstance(given, Source) else source_of(given) for given in documents]
    if len({source.id for source in each}) < len(each):
        raise ValueError("two documents have the same id")
    return tuple(sorted(each, key=lambda source: source.id))
