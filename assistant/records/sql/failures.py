"""What a database says when it will not, in words of ours: its own may hold a password, or what
somebody asked.
"""

from assistant.errors import RecordsError

_TWICE = "A turn of that id is kept already."

_SQLITE = (
    ("SQLITE_CONSTRAINT", _TWICE),
    ("SQLITE_FULL", "The disk is full. Make room there; what was there before stays."),
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        "Another program holds the file of kept chats. Close it, or try again in a moment.",
    ),
    (
        ("SQLITE_CORRUPT", "SQLITE_NOTADB"),
        "The file of kept chats is damaged. Move records.sqlite out of its folder (python -m"
        " assistant records status says where it is): a new one is begun by itself.",
    ),
    (
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"),
        "The file of kept chats cannot be opened or written. Give this user the right to its"
        " folder, or name another under [records] folder.",
    ),
    ("SQLITE_IOERR", "The disk with the kept chats fails, or is full. Check it; try again."),
)
"""What SQLite calls it, or how that begins, and what to do."""

_POSTGRES = (
    ("23505", _TWICE),
    (
        "42501",
        "The database gives Soleus no right to that. Ask whoever runs it for the right to create a"
        " schema, or for one called soleus_records that is its own (docs/records.md).",
    ),
    ("53100", "The disk of the database is full. Make room there; what was there before stays."),
    ("53", "The database has no room left for Soleus: connections or memory. Try again later."),
    (
        "25006",
        "This database is a copy that can only be read. Name the main one in SOLEUS_RECORDS_URL.",
    ),
    ("55P03", "The database is busy. Try again in a moment."),
    ("22", "The database cannot keep a character of that text. It needs the encoding UTF8."),
    ("XX", "The database says that its own files are damaged. Ask whoever runs it."),
)
"""Beginnings of the server's own codes (PostgreSQL manual, appendix A)."""

_AWAY = (
    "No PostgreSQL lets Soleus in at the address in SOLEUS_RECORDS_URL. Is it running, and are the"
    " address, the database, the name and the password right?"
)


def refused(error: BaseException | None) -> RecordsError:
    """Why something failed, told by the code that the database's own error carries."""
    if name := str(getattr(error, "sqlite_errorname", "")):
        return RecordsError(_of_sqlite(name))
    if code := getattr(error, "sqlstate", None):
        return RecordsError(_of_postgres(str(code)))
    return RecordsError(_AWAY)


def _of_sqlite(name: str) -> str:
    return next(
        (plain for begins, plain in _SQLITE if name.startswith(begins)),
        f"The file of kept chats refused a step (its code: {name}).",
    )


def _of_postgres(code: str) -> str:
    if code.startswith(("08", "57P")):
        return _AWAY
    return next(
        (plain for begins, plain in _POSTGRES if code.startswith(begins)),
        f"The database of kept chats refused a step (its code: {code}).",
    )
