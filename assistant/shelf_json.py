"""The list of documents for other programs: plain values, JSON's own types."""

from collections.abc import Iterable

from corpus import Document, Wording
from corpus.library.entry import Entry

Row = dict[str, str | list[str] | bool]


def listed(bundled: Iterable[Document], entries: Iterable[Entry]) -> list[Row]:
    """Every document: those that come with Soleus, then the club's own, in their order."""
    return [*map(_bundled, bundled), *map(_own, entries)]


def _bundled(document: Document) -> Row:
    return {**_card(document), "wording": document.wording.value, "own": False}


def _own(entry: Entry) -> Row:
    return {
        **_card(entry),
        "wording": Wording.AUTHORS_OWN.value,
        "own": True,
        "origin": entry.origin,
        "part": entry.part,
        "folder": entry.folder,
        "added": entry.added.isoformat(),
        "edited": list(entry.edited),
        "remarks": list(entry.remarks),
    }


def _card(document: Document | Entry) -> Row:
    about = document.provenance
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind.value,
        "tier": document.tier.value,
        "author": about.author,
        "published": about.published,
        "address": about.address,
    }
