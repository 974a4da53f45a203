"""What we say about each text on the shelf, validated, and the digests that vouch for its bytes."""

import hashlib
import os
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from corpus.datafile import DataModel, Line, Slug, parse_data, read_data
from corpus.document import DocumentKind, Provenance, Topic, TrustTier, Wording
from corpus.errors import InvalidCatalogError, MissingTextError

CATALOG_NAME = "catalog.toml"
TEXTS_NAME = "texts"

_ENTRY = re.compile(r"(?m)^(?=\[\[text\]\])")
_FILE = re.compile(r'(?m)^file\s*=\s*"([^"]+)"')
_SHA256 = re.compile(r'(?m)^(sha256\s*=\s*")[^"]*(")')


class TopicEntry(DataModel):
    """Something a text covers, with a question that it really answers."""

    name: Line
    question: Line


class CatalogEntry(DataModel):
    """All we know of one text. "unknown" is a proper answer to where and when."""

    id: Slug
    file: Annotated[str, StringConstraints(pattern=r"^[^/\\.][^/\\]*\.md$")]
    title: Line
    kind: DocumentKind
    tier: TrustTier
    wording: Wording
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    author: Line
    address: Line
    published: Literal["unknown"] | date
    retrieved: date | None = None
    topics: Annotated[tuple[TopicEntry, ...], Field(min_length=1)]

    @property
    def provenance(self) -> Provenance:
        """Where the text comes from."""
        return Provenance(self.author, self.address, str(self.published), self.retrieved)

    @property
    def shown_topics(self) -> tuple[Topic, ...]:
        """The topics as the rest of the house knows them."""
        return tuple(Topic(each.name, each.question) for each in self.topics)


class Catalog(DataModel):
    """Every text of one shelf; ids, files and example questions stand once each."""

    text: tuple[CatalogEntry, ...] = ()

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        named = {
            "id": [entry.id for entry in self.text],
            "file": [entry.file for entry in self.text],
            "question": [topic.question for entry in self.text for topic in entry.topics],
        }
        for what, values in named.items():
            twice = sorted({value for value in values if values.count(value) > 1})
            if twice:
                raise ValueError(f"{what} used twice: {', '.join(twice)}")
        return self


def read_catalog(root: Path) -> Catalog:
    """The catalog of the shelf in the folder `root`.

    Raises:
        InvalidCatalogError: there is none, or it does not parse or validate.
    """
    return read_data(root / CATALOG_NAME, Catalog)


def digest_of(content: bytes) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def refresh_digests(root: Path) -> tuple[str, ...]:
    """Writes the digest of each text as it is now into the catalog, and changes nothing else.

    Returns the ids whose digest changed. The catalog is replaced in one move, or not at all.

    Raises:
        InvalidCatalogError: the catalog does not parse, or an entry has no `sha256` line.
        MissingTextError: a cataloged text is not there.
    """
    path = root / CATALOG_NAME
    before = read_catalog(root)
    with path.open(encoding="utf-8", newline="") as file:  # keep the line ends as they are
        content = file.read()
    renewed = "".join(_with_digest(block, root) for block in _ENTRY.split(content))
    after = parse_data(renewed, path.name, Catalog)
    changed = tuple(
        new.id for old, new in zip(before.text, after.text, strict=True) if old.sha256 != new.sha256
    )
    if changed:
        _replace(path, renewed.encode("utf-8"))
    return changed


def _with_digest(block: str, root: Path) -> str:
    """One `[[text]]` block of the catalog with the digest of the text's present bytes."""
    named = _FILE.search(block)
    if named is None:
        return block
    text = root / TEXTS_NAME / named[1]
    if not text.is_file():
        raise MissingTextError(
            f"{named[1]} is in {CATALOG_NAME} but not in {TEXTS_NAME}/. "
            "Put the file back or take its entry out."
        )
    renewed, count = _SHA256.subn(rf"\g<1>{digest_of(text.read_bytes())}\g<2>", block)
    if count != 1:
        raise InvalidCatalogError(
            f'{CATALOG_NAME}: the entry of {named[1]} needs one line of its own, sha256 = "...".'
        )
    return renewed


def _replace(path: Path, content: bytes) -> None:
    """Puts `content` in place of the file in one move: a crash leaves the old file whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        aside.chmod(path.stat().st_mode)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
