"""What the tests of the index share: the real encoder and the real shelf, made once."""

from pathlib import Path

import pytest

from corpus import Document
from corpus.loader import load_documents
from index.build import build_index
from index.encoders import SentenceTransformerEncoder
from index.opening import open_index
from index.shelf_index import ShelfIndex


@pytest.fixture(scope="session")
def encoder() -> SentenceTransformerEncoder:
    """The bundled encoder; loads once, at first use."""
    return SentenceTransformerEncoder()


@pytest.fixture(scope="session")
def shelf() -> tuple[Document, ...]:
    """The five texts."""
    return load_documents()


@pytest.fixture(scope="session")
def real_index(
    shelf: tuple[Document, ...],
    encoder: SentenceTransformerEncoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> ShelfIndex:
    """The five texts, indexed by the bundled encoder and opened again."""
    root: Path = tmp_path_factory.mktemp("artifacts")
    build_index(shelf, encoder, root)
    return open_index(shelf, encoder, root)
