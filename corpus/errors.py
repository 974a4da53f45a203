"""What can be wrong with the shelf. Every message says what is wrong and what to do.

CorpusError
├── MissingTextError       a cataloged text is not there
├── UncatalogedTextError   a text is there that the catalog does not know
├── AlteredTextError       a text's bytes are not those the catalog vouches for
├── InvalidCatalogError    the catalog (or another data file) does not parse or validate
├── LostSpanError          data points at words that no longer stand in the text
├── LibraryError           something is wrong with a club's own documents
│   ├── DamagedLibraryError    their catalogue cannot be read, or is not as it was written
│   ├── LibraryWriteError      they cannot be written; what was there stays
│   ├── LibraryBusyError       somebody else is changing them
│   ├── UnknownEntryError      there is no such document
│   ├── InvalidCardError       a title, date or address that cannot be one
│   └── NothingToUndoError     no earlier state is kept
└── IntakeError            a file or page cannot be read into a document
    ├── EmptyFileError         there is nothing in it
    ├── TooLargeError          it is larger than anything that is read
    ├── UnknownFormatError     it is of no kind that is read
    ├── ProtectedFileError     it wants a password
    ├── BrokenFileError        it is damaged
    ├── HostileFileError       it is made to harm whoever reads it
    ├── NoTextError            there are no words in it
    ├── FetchRefusedError      an address that Soleus does not read
    └── FetchFailedError       an address that a site does not give
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


class LibraryError(CorpusError):
    """Something is wrong with a club's own documents."""


class DamagedLibraryError(LibraryError):
    """The catalogue of a club's documents cannot be read, or is not as it was written."""


class LibraryWriteError(LibraryError):
    """A club's documents cannot be written; what was there stays."""


class LibraryBusyError(LibraryError):
    """Somebody else is changing a club's documents, or did so meanwhile."""


class UnknownEntryError(LibraryError):
    """There is no such document."""


class InvalidCardError(LibraryError):
    """A title, author, date or address that cannot be one."""


class NothingToUndoError(LibraryError):
    """No earlier state of a club's documents is kept."""


class IntakeError(CorpusError):
    """A file cannot become a text on the shelf; the message is one line."""


class EmptyFileError(IntakeError):
    """It has no bytes, or nothing but white space."""


class TooLargeError(IntakeError):
    """It is larger than anything we read."""


class UnknownFormatError(IntakeError):
    """It is no text and no format we know."""


class ProtectedFileError(IntakeError):
    """It is locked with a password or against copying."""


class BrokenFileError(IntakeError):
    """It is damaged, or says it is what it is not."""


class HostileFileError(IntakeError):
    """It is built to exhaust whoever opens it."""


class NoTextError(IntakeError):
    """It opens, but holds no words that could be quoted."""


class FetchRefusedError(IntakeError):
    """Soleus does not read that address: none of the web, not public, too large, a picture."""


class FetchFailedError(IntakeError):
    """The site does not give the page: unknown, out of reach, an error, too slow, broken off."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, if that is what went wrong."""
