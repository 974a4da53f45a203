"""Products and brands that the texts name, so that a plug is never taken for advice."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from corpus.datafile import DataModel, Line, read_data
from corpus.document import Document, Span
from corpus.loader import SHELF
from corpus.quotes import Quote, locate_all

PRODUCTS_NAME = "products.toml"


@dataclass(frozen=True, slots=True)
class ProductMention:
    """A product or brand and every place where the shelf speaks of it."""

    name: str
    aliases: tuple[str, ...]
    """Other names a reader may type for it, in lower case."""
    speaker_note: str
    """Who speaks of it and how far, in fixed words; a whole sentence."""
    promotional: bool
    """Whether the place plugs it: praise without reserve, or a pointer to its maker."""
    spans: tuple[Span, ...]


class _Product(DataModel):
    name: Line
    aliases: tuple[Annotated[Line, Field(pattern=r"^[^A-Z]+$")], ...] = ()
    speaker_note: Annotated[Line, Field(pattern=r"\.$")]
    promotional: bool
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1)]


class _File(DataModel):
    product: tuple[_Product, ...] = ()


def load_products(
    documents: Iterable[Document], root: Path | None = None
) -> tuple[ProductMention, ...]:
    """Every product the shelf names, in the order of the data file.

    Raises:
        InvalidCatalogError: the data file does not parse or validate.
        LostSpanError: words it quotes stand no longer, or twice, in their document.
    """
    shelf = tuple(documents)
    read = read_data((SHELF if root is None else root) / PRODUCTS_NAME, _File)
    return tuple(
        ProductMention(
            each.name,
            each.aliases,
            each.speaker_note,
            each.promotional,
            locate_all(shelf, each.quotes, PRODUCTS_NAME),
        )
        for each in read.product
    )
