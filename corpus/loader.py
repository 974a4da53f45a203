"""Joins the texts with their catalog into documents, or refuses the shelf and says why."""

from pathlib import Path

from corpus.asked import with_asked
from corpus.catalog import (
    CATALOG_NAME,
    TEXTS_NAME,
    CatalogEntry,
    digest_of,
    read_catalog,
)
from corpus.document import Document
from corpus.errors import (
    AlteredTextError,
    InvalidCatalogError,
    MissingTextError,
    UncatalogedTextError,
)
from corpus.parse import parse_sections

SHELF = Path(__file__).resolve().parent
"""The folder of the bundled shelf."""


def load_documents(root: Path | None = None) -> tuple[Document, ...]:
    """Every document on the shelf in the folder `root` (default: the bundled one), by catalog.

    Raises:
        InvalidCatalogError: the catalog does not validate, or a text is empty or not UTF-8.
        UncatalogedTextError: a text is there that the catalog does not know.
        MissingTextError: a cataloged text is not there.
        AlteredTextError: a text's bytes are not those the catalog vouches for.
    """
    root = SHELF if root is None else root
    catalog = read_catalog(root)
    _refuse_strays(root, {entry.file for entry in catalog.text})
    return tuple(_load(root, entry) for entry in catalog.text)


def _refuse_strays(root: Path, cataloged: set[str]) -> None:
    texts = root / TEXTS_NAME
    there = {path.name for path in texts.iterdir()} if texts.is_dir() else set()
    # Dot files (.gitkeep, .DS_Store) are the file system's business and never texts.
    strays = sorted(name for name in there - cataloged if not name.startswith("."))
    if strays:
        raise UncatalogedTextError(
            f"{TEXTS_NAME}/ holds {', '.join(strays)}, unknown to {CATALOG_NAME}. "
            "Add an entry for it (corpus/README.md says how) or move it away."
        )


def _load(root: Path, entry: CatalogEntry) -> Document:
    path = root / TEXTS_NAME / entry.file
    if not path.is_file():
        raise MissingTextError(
            f"{entry.file} is in {CATALOG_NAME} but not in {TEXTS_NAME}/. "
            f"Put the file back (git checkout -- {path}) or take its entry out."
        )
    content = path.read_bytes()
    if digest_of(content) != entry.sha256:
        raise AlteredTextError(
            f"{entry.file} is not the text that {CATALOG_NAME} vouches for. If you changed it on "
            f"purpose, run: python -m corpus digest. If not: git checkout -- {path}"
        )
    return with_asked(_document(entry, _decoded(content, entry.file)), root)


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InvalidCatalogError(
            f"{file} is not UTF-8 (byte {problem.start}). Save it as UTF-8, "
            "then run: python -m corpus digest"
        ) from problem


def _document(entry: CatalogEntry, text: str) -> Document:
    sections = parse_sections(text, entry.kind, untitled=entry.title)
    if not sections:
        raise InvalidCatalogError(
            f"{entry.file} has no sentence to quote. Write its text or take its entry out of "
            f"{CATALOG_NAME}."
        )
    return Document(
        id=entry.id,
        title=entry.title,
        kind=entry.kind,
        tier=entry.tier,
        wording=entry.wording,
        text=text,
        digest=entry.sha256,
        provenance=entry.provenance,
        topics=entry.shown_topics,
        sections=sections,
    )
