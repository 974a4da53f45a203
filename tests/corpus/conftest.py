"""A small shelf on disk that a test may break as it likes."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document, load_documents
from corpus.loader import SHELF

ENTRY = """
[[text]]
id = "{id}"
file = "{id}.md"
title = "{id}, a text"
kind = "{kind}"
tier = "forum"
wording = "author's own"
sha256 = "{sha256}"
author = "unnamed"
address = "unknown"
published = "unknown"
topics = [{{ name = "{id}", question = "What of {id}?" }}]
"""

MakeShelf = Callable[..., Path]


@pytest.fixture
def make_shelf(tmp_path: Path) -> MakeShelf:
    """Writes texts (id to content) and their catalog; returns the folder."""

    def make(texts: dict[str, str | bytes], kind: str = "article") -> Path:
        root = tmp_path / "shelf"
        (root / "texts").mkdir(parents=True)
        entries = []
        for name, content in texts.items():
            raw = content.encode() if isinstance(content, str) else content
            (root / "texts" / f"{name}.md").write_bytes(raw)
            sha256 = hashlib.sha256(raw).hexdigest()
            entries.append(ENTRY.format(id=name, kind=kind, sha256=sha256))
        (root / "catalog.toml").write_text("".join(entries), encoding="utf-8")
        return root

    return make


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    """The bundled shelf."""
    return load_documents()


@pytest.fixture(scope="session")
def source_texts() -> Path:
    """The folder of the texts we restate, which the project itself never holds."""
    folder = SHELF.parent.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the source texts are not here to compare with (they are never shipped)")
    return folder
