"""Finds the exact words that a data file points at: once each, or not at all."""

from collections.abc import Iterable

from corpus.datafile import DataModel, Line, Slug
from corpus.document import Document, Span
from corpus.errors import LostSpanError


class Quote(DataModel):
    """Words of one document, as a data file names them."""

    document: Slug
    quote: Line


def locate(documents: Iterable[Document], quote: Quote, where: str) -> Span:
    """The one place where the quoted words stand. `where` names the data file in a message.

    Raises:
        LostSpanError: the document is not there, or the words stand in it never or twice.
    """
    document = next((each for each in documents if each.id == quote.document), None)
    if document is None:
        raise LostSpanError(
            f'{where} quotes the document "{quote.document}", which is not on the shelf. '
            f"Correct its id in {where} or take the quote out."
        )
    start = document.text.find(quote.quote)
    if start < 0:
        raise LostSpanError(
            f'{where}: "{quote.quote}" does not stand in {document.id}. '
            f"Quote the text as it now is in {where}, or put the words back."
        )
    if document.text.find(quote.quote, start + 1) >= 0:
        raise LostSpanError(
            f'{where}: "{quote.quote}" stands more than once in {document.id}. '
            f"Quote more words in {where}, so that only one place is meant."
        )
    return Span(document.id, start, start + len(quote.quote))


def locate_all(
    documents: Iterable[Document], quotes: Iterable[Quote], where: str
) -> tuple[Span, ...]:
    """The place of each quote, in order; raises as `locate` does."""
    shelf = tuple(documents)
    return tuple(locate(shelf, quote, where) for quote in quotes)
