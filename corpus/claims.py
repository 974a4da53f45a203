"""Which words of ours carry each claim of the texts that our summaries restate."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, RootModel, StringConstraints

from corpus.datafile import Line, Slug, read_data
from corpus.document import Document, Span
from corpus.errors import InvalidCatalogError
from corpus.loader import SHELF
from corpus.quotes import Quote, locate_all

CLAIMS_NAME = "claims.toml"

ClaimId = Annotated[str, StringConstraints(pattern=r"^[0-9]-[0-9]{2}$")]
Quotes = Annotated[tuple[Line, ...], Field(min_length=1)]


class _Claims(RootModel[dict[Slug, dict[ClaimId, Quotes]]]):
    """Per document, per claim id: exact words of the document."""

    model_config = ConfigDict(frozen=True)


def load_claims(
    documents: Iterable[Document], root: Path | None = None
) -> dict[str, tuple[Span, ...]]:
    """Claim id ("0-00", ...) to the spans that carry the claim, at least one each.

    Raises:
        InvalidCatalogError: the map does not parse, or maps a claim twice.
        LostSpanError: words it quotes stand no longer, or twice, in their document.
    """
    shelf = tuple(documents)
    carried: dict[str, tuple[Span, ...]] = {}
    claims = read_data((SHELF if root is None else root) / CLAIMS_NAME, _Claims)
    for document_id, mapped in claims.root.items():
        for claim, words in mapped.items():
            if claim in carried:
                raise InvalidCatalogError(f"{CLAIMS_NAME} maps {claim} twice. Keep one entry.")
            quotes = [Quote(document=document_id, quote=each) for each in words]
            carried[claim] = locate_all(shelf, quotes, CLAIMS_NAME)
    return carried
