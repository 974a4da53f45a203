"""What a database says when it will not, in words of ours: never its own, which may hold a password
or somebody's text.
"""

from index.errors import (
    REBUILD,
    DamagedIndexError,
    IndexUnreachableError,
    IndexWriteError,
    PassageIndexError,
)

_URL = "SOLEUS_POSTGRES_URL"

_REFUSED = (
    (
        ("password authentication", "no password", "pg_hba"),
        f"The database refuses the name or the password in {_URL}. Ask whoever runs it for both.",
    ),
    (
        ("database", "does not exist"),
        f"The server has no database of the name in {_URL}. Ask whoever runs it to make one.",
    ),
    (
        ("role", "does not exist"),
        f"The server knows nobody of the name in {_URL}. Ask whoever runs it.",
    ),
    (("too many", "remaining connection slots"), "The database has no connection left for Soleus."),
    (("starting up", "shutting down"), "The database is starting or stopping. Try again soon."),
    (("ssl", "certificate"), f"The database wants another kind of encryption than {_URL} offers."),
)
"""Words of a refused connection, which carries no code; all of the first two rows' pairs or any."""

_UNREACHABLE = (
    f"No PostgreSQL server answers at the address in {_URL}. Is it running, and is the address"
    " right?"
)

_LOST = (
    "The connection to the database was lost. What was being written is there whole or not at all;"
    " try again."
)

NO_PGVECTOR = (
    "The database has no pgvector of version 0.8 or later, which the search needs. Ask whoever"
    " runs it to install pgvector and to run, as its owner: CREATE EXTENSION vector"
)

_STATES = {
    "42501": "The database gives Soleus no right to that. Ask whoever runs it for the right to"
    " create a schema in this database, or for a schema of its own (docs/postgres.md).",
    "53100": "The disk of the database is full. Make room there; what was there before stays.",
    "53200": "The database is out of memory. What was there before stays.",
    "25006": "This database is a copy that can only be read. Name the main one for writing.",
    "55P03": "The database is busy with the same index. Wait a moment and try again.",
    "57014": "The database stopped a step that took too long. Ask whoever runs it about its"
    " statement_timeout.",
    "22021": "A text holds a character that the database cannot keep.",
}
"""What the server's own codes mean (PostgreSQL manual, appendix A)."""

_NO_VECTOR_TYPE = ("58P01", "0A000", "42704", "42883")
_BROKEN = ("XX001", "XX002", "42P01", "42703")
"""Pages that are corrupted; tables or columns that ought to be there."""


def refused_connection(said: str) -> IndexUnreachableError:
    """Why no connection came about, told by what the client library said."""
    words = said.lower()
    for cues, plain in _REFUSED:
        found = [cue in words for cue in cues]
        if all(found) if cues[-1] == "does not exist" else any(found):
            return IndexUnreachableError(plain)
    return IndexUnreachableError(_UNREACHABLE)


def refused_address() -> IndexUnreachableError:
    """The address itself cannot be read. What is wrong with it is not said: it holds a password."""
    return IndexUnreachableError(
        f"The address in {_URL} is not one of a database. It looks like"
        " postgresql://name:password@host:5432/database, with any of : / @ # in a password"
        " written as %3A %2F %40 %23."
    )


def refused_statement(state: str, *, writing: bool) -> PassageIndexError:
    """Why a statement failed, told by the server's code."""
    if state.startswith(("08", "57P")):
        return IndexWriteError(_LOST) if writing else IndexUnreachableError(_LOST)
    if state in _NO_VECTOR_TYPE:
        return IndexWriteError(NO_PGVECTOR) if writing else IndexUnreachableError(NO_PGVECTOR)
    if state in _BROKEN:
        return DamagedIndexError(f"Tables of the index are damaged or missing. {REBUILD} --force")
    plain = _STATES.get(state, f"The database refused a step (its code: {state}).")
    return IndexWriteError(plain) if writing else PassageIndexError(plain)
