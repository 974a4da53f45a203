"""The same search over PostgreSQL with pgvector, for a club that runs one already.

    engine ─▶ commit ─▶ taking, counting ─▶ tables ─▶ driver (psycopg)
       │         └────▶ sweep
       └───▶ snapshot ─▶ finding, weighing

A snapshot is a generation number. Every row knows, through its document, in which generation that
came and went, so an older snapshot keeps answering from older rows while newer ones are written,
for days if need be and over any number of connections. A transaction held open would do the same
for one connection at the price of a database that cannot tidy up meanwhile.
"""

from typing import TYPE_CHECKING

from index.errors import PassageIndexError

if TYPE_CHECKING:
    from index.postgres.engine import PostgresEngine

URL_VARIABLE = "SOLEUS_POSTGRES_URL"
"""Where the address of the database is read from, and the only place: it holds a password."""


def open_postgres(url: str, schema: str = "soleus") -> "PostgresEngine":
    """The engine in a database. Connects to nothing yet.

    Args:
        url: "postgresql://name:password@host:5432/database".
        schema: Where in the database its tables are; made at the first commit.

    Raises:
        PassageIndexError: there is no address, or what is needed to reach one is not installed.
    """
    if not url.strip():
        raise PassageIndexError(
            f"No database is named. Put its address into the environment: {URL_VARIABLE}="
            "postgresql://name:password@host:5432/database"
        )
    try:
        from index.postgres.engine import PostgresEngine
    except ImportError as error:
        raise PassageIndexError(
            "What Soleus needs to speak to PostgreSQL is not installed. Run: .venv/bin/python -m"
            ' pip install --constraint constraints.txt --editable ".[postgres]"'
        ) from error
    return PostgresEngine(url, schema)
