"""Settings of what is kept of chats."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from assistant.settings_folder import OwnFolder
from assistant.settings_part import Part

RECORDS_URL_VARIABLE = "SOLEUS_RECORDS_URL"
"""No setting: the address of a database holds a password."""


class RecordsSettings(Part):
    """What is kept of chats: nothing, unless the club says so (docs/records.md)."""

    keep: bool = False
    """Whether masked questions, what became of them, and readers' thumbs are kept."""
    folder: OwnFolder = Path()
    """Where, unless SOLEUS_RECORDS_URL names a PostgreSQL: in a folder "records" in here."""
    days: int = Field(default=30, ge=1, le=365)
    """How long; after that they are deleted."""
    questions: bool = True
    """Whether any text is kept; if not, only what became of questions, and thumbs."""


def records_url(environment: Mapping[str, str] | None = None) -> str:
    """The address of the PostgreSQL that keeps chats, from the environment (default: this
    process's); empty where a file keeps them.
    """
    variables = os.environ if environment is None else environment
    return variables.get(RECORDS_URL_VARIABLE, "").strip()
