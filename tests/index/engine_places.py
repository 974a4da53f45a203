"""Where the engines under test keep their index: a folder, a schema of a real database."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from index.engine import Engine
from index.faiss_engine import FaissEngine
from index.postgres import open_postgres
from index.postgres.engine import PostgresEngine
from tests.postgres_server import PostgresServer

ENGINES = ("faiss", "postgres")
LARGE = 0
"""Passages compared one by one where a shelf is to count as large whatever it holds."""

_number = count()


class Place(Protocol):
    """A place for one index; each engine made here stands for a process of its own."""

    def engine(self, exact_passages: int | None = None) -> Engine:
        """An engine that looks at this place, with its own notion of a small shelf."""


@dataclass(frozen=True, slots=True)
class FaissPlace:
    root: Path

    def engine(self, exact_passages: int | None = None) -> Engine:
        if exact_passages is None:
            return FaissEngine(self.root)
        return FaissEngine(self.root, exact_passages=exact_passages)


@dataclass(frozen=True, slots=True)
class PostgresPlace:
    url: str
    schema: str

    def engine(self, exact_passages: int | None = None) -> Engine:
        if exact_passages is None:
            return open_postgres(self.url, self.schema)
        return PostgresEngine(self.url, self.schema, exact_passages=exact_passages)


def new_place(kind: str, request: pytest.FixtureRequest) -> Callable[[], Place]:
    """What makes places where nothing was ever built."""
    if kind == "faiss":
        folders: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
        return lambda: FaissPlace(folders.mktemp("index") / "artifacts")
    server: PostgresServer = request.getfixturevalue("postgres")
    return lambda: PostgresPlace(server.url(), f"soleus_{next(_number)}")
