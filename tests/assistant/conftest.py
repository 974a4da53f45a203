"""What the tests of the assistant share: the real shelf, encoder and index, made once."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.guard.contacts import read_contacts
from assistant.guard.guard import Guard, open_guard
from assistant.pipeline import Assistant
from assistant.reading.lexicon import Lexicon, read_lexicon
from assistant.reading.reader import Reader
from assistant.reading.spelling import Speller
from assistant.reading.words import words_in
from assistant.release import Topics, read_topics
from assistant.settings import IndexSettings, Settings
from assistant.wire import open_assistant
from corpus import Document, load_documents
from index.encoders import SentenceTransformerEncoder
from tests.conftest import RememberingEncoder


@dataclass(frozen=True)
class Built:
    """An index of the real shelf in a folder of the tests."""

    folder: Path
    encoder: SentenceTransformerEncoder
    settings: Settings


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    """The bundled shelf."""
    return load_documents()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The lexicon that is shipped."""
    return read_lexicon()


@pytest.fixture(scope="session")
def shelf_words(documents: tuple[Document, ...]) -> frozenset[str]:
    """Every word of the shelf, lower case."""
    return frozenset(word.text for each in documents for word in words_in(each.text))


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon, shelf_words: frozenset[str]) -> Reader:
    """A reader of the real lexicon and shelf; needs neither index nor encoder."""
    return Reader(lexicon, Speller(lexicon.words, shelf_words))


@pytest.fixture(scope="session")
def guard() -> Guard:
    """The guard that is shipped, for the United Kingdom."""
    return open_guard(read_contacts("UK"))


@pytest.fixture(scope="session")
def topics() -> Topics:
    """The topics that are shipped."""
    return read_topics()


@pytest.fixture(scope="session")
def built(
    real_artifacts: Path,
    remembering_encoder: RememberingEncoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    """The real shelf, indexed by the bundled encoder."""
    folder = tmp_path_factory.mktemp("built") / "artifacts"
    shutil.copytree(real_artifacts, folder)
    return Built(folder, remembering_encoder, Settings(index=IndexSettings(folder=folder)))


@pytest.fixture(scope="session")
def assistant(built: Built, guard: Guard) -> Assistant:
    """The assistant as it is shipped, for the United Kingdom."""
    return open_assistant(built.settings, built.encoder, guard=guard)
