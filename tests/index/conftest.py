"""What the tests of the index share: the real encoder and the real shelf, made once."""

from pathlib import Path

import pytest

from corpus import Document, load_documents, load_out_of_scope
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
    real_artifacts: Path,
) -> ShelfIndex:
    """The five texts and the known questions, indexed by the bundled encoder, opened again."""
    return open_index(shelf, encoder, real_artifacts, out_of_scope=load_out_of_scope())
