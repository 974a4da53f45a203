"""A club's own documents as they stand at one moment. Reading never writes."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from corpus.catalog import digest_of
from corpus.document import Document
from corpus.errors import AlteredTextError, InvalidCatalogError, MissingTextError, UnknownEntryError
from corpus.library import catalogue as listing
from corpus.library import disk
from corpus.library.catalogue import Catalogue
from corpus.library.entry import WORDING, Entry
from corpus.parse import parse_sections


class Library:
    """One state of the documents, which no later change alters. May be shared by threads."""

    def __init__(self, folder: Path, catalogue: Catalogue | None = None) -> None:
        """What is in the folder now, or `catalogue` where another moment is meant.

        No folder, or none of our files in it, is an empty library.

        Raises:
            DamagedLibraryError: the catalogue cannot be read, or is not as it was written.
        """
        self.folder = folder
        self.catalogue = catalogue or listing.read(folder / disk.CATALOGUE) or Catalogue()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All documents, in the order in which they came."""
        return self.catalogue.entries

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by their ids."""
        return {entry.id: entry for entry in self.entries}

    def entry(self, document_id: str) -> Entry:
        """One document's entry.

        Raises:
            UnknownEntryError: there is none of that id.
        """
        try:
            return self.by_id[document_id]
        except KeyError:
            raise UnknownEntryError(
                f"There is no document “{document_id}” among those that you added; what comes"
                " with Soleus cannot be changed. To see all with their ids:"
                " python -m assistant list"
            ) from None

    def text(self, document_id: str) -> str:
        """The words of a document, exactly as they were kept.

        Raises:
            UnknownEntryError: there is none of that id.
            MissingTextError: its file is gone.
            AlteredTextError: its file is not as it was written.
        """
        entry = self.entry(document_id)
        try:
            content = disk.text_path(self.folder, entry.text_digest).read_bytes()
        except OSError as problem:
            raise MissingTextError(
                f"The text of “{entry.title}” cannot be read ({problem.strerror}). {_again(entry)}"
            ) from problem
        if digest_of(content) != entry.text_digest:
            raise AlteredTextError(
                f"The text of “{entry.title}” is not as it was written. {_again(entry)}"
            )
        return content.decode("utf-8")

    def document(self, document_id: str) -> Document:
        """A whole document, read and cut into sentences; raises as `text` does.

        Raises:
            InvalidCatalogError: its text has no sentence to quote.
        """
        return document_of(self.entry(document_id), self.text(document_id))


def document_of(entry: Entry, text: str) -> Document:
    """The document that an entry and its words make, cut into sentences.

    Raises:
        InvalidCatalogError: the text has no sentence to quote.
    """
    sections = parse_sections(text, entry.kind, untitled=entry.title)
    if not sections:
        raise InvalidCatalogError(f"“{entry.title}” has no sentence to quote. {_again(entry)}")
    return Document(
        id=entry.id,
        title=entry.title,
        kind=entry.kind,
        tier=entry.tier,
        wording=WORDING,
        text=text,
        digest=entry.text_digest,
        provenance=entry.provenance,
        topics=(),
        sections=sections,
    )


def _again(entry: Entry) -> str:
    where, _, what = entry.origin.partition(":")
    add = "upload it again" if where == "upload" else f"run: python -m assistant add {what}"
    return f"To put it right, {add}. To take it off: python -m assistant remove {entry.id}"
