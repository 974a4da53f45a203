"""What can go wrong between a question and the passages. Every message says what to run.

PassageIndexError
├── IndexNotBuiltError     there is no index to open
├── StaleIndexError        an index is there, but for other texts, another encoder or format
├── DamagedIndexError      files of the index are missing, cut short or altered
├── IndexWriteError        the index cannot be written where it belongs
├── IndexUnreachableError  the database that keeps the index does not answer, or will not
├── BuildInProgressError   another process is building right now
├── OverlongTextError      a text would be cut by the encoder
└── EncoderError           the encoder cannot be found, loaded or trusted
"""

REBUILD = "Run: python -m assistant index"
"""The one command that repairs whatever is wrong with an index."""


class PassageIndexError(Exception):
    """Something is wrong with the index or with what it needs."""


class IndexNotBuiltError(PassageIndexError):
    """There is no index to open."""


class StaleIndexError(PassageIndexError):
    """An index is there, but it was built from something else than what is asked for."""


class DamagedIndexError(PassageIndexError):
    """Files of the index are missing, cut short or altered."""


class IndexWriteError(PassageIndexError):
    """The index cannot be written where it belongs."""


class IndexUnreachableError(PassageIndexError):
    """The database that keeps the index does not answer, or not to us."""


class BuildInProgressError(PassageIndexError):
    """Another process is building an index in the same place; try again when it is done."""


class OverlongTextError(PassageIndexError):
    """A text is longer than the encoder reads: encoding it would lose its end silently."""


class EncoderError(PassageIndexError):
    """The encoder cannot be found, loaded or trusted."""
