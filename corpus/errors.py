"""What can be wrong with the shelf. Every message says what is wrong and what to do.

CorpusError
├── MissingTextError       a cataloged text is not there
├── UncatalogedTextError   a text is there that the catalog does not know
├── AlteredTextError       a text's bytes are not those the catalog vouches for
├── InvalidCatalogError    the catalog (or another data file) does not parse or validate
└── LostSpanError          data points at words that no longer stand in the text
"""


class CorpusError(Exception):
    """Something is wrong with the shelf."""


class MissingTextError(CorpusError):
    """A cataloged text is not there."""


class UncatalogedTextError(CorpusError):
    """A text is there that the catalog does not know."""


class AlteredTextError(CorpusError):
    """A text's bytes are not those the catalog vouches for."""


class InvalidCatalogError(CorpusError):
    """The catalog, or another data file beside it, does not parse or validate."""


class LostSpanError(CorpusError):
    """Data points at words that no longer stand, or stand twice, in the text."""
