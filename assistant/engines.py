"""Where the index is kept, by the settings: files on this machine or a club's PostgreSQL."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.settings import EngineName, Settings

if TYPE_CHECKING:
    from index.engine import Engine


def engine_of(
    settings: Settings,
    name: EngineName | None = None,
    environment: Mapping[str, str] | None = None,
) -> "Engine":
    """The engine of that name (default: the one in the settings); nothing is opened yet.

    Raises PassageIndexError when PostgreSQL is wanted and its address or what speaks to it is
    missing.
    """
    if (name or settings.index.engine) == "postgres":
        from index.postgres import URL_VARIABLE, open_postgres

        variables = os.environ if environment is None else environment
        return open_postgres(variables.get(URL_VARIABLE, ""), settings.index.postgres_schema)
    from index.faiss_engine import FaissEngine

    return FaissEngine(settings.index.folder)
