"""What is known of one of a club's own documents, and how it is named."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from corpus.datafile import Line, Slug
from corpus.document import DocumentKind, Provenance, TrustTier, Wording

PARSER_VERSION = 1
"""Raise it whenever `corpus/parse.py` would cut the same text into other sentences."""

WORDING = Wording.AUTHORS_OWN
"""A club's documents are quoted as they were published."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

_LONGEST_SLUG = 40
_SHORTEST_MARK = 6
"""Hexadecimal digits of the origin's digest in an id. No bundled document's id ends like that."""
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document's line in the catalogue."""

    id: Slug
    """Stable for as long as the origin is the same, whatever becomes of title and text."""
    title: Line
    kind: DocumentKind
    author: Line
    published: Line
    """ISO date, or "unknown"."""
    address: Line
    tier: TrustTier
    origin: Line
    """Where its bytes came from: "file:…" with the absolute path, "url:…", "upload:…" with the
    file's name."""
    origin_digest: Sha256
    """SHA-256 of those bytes."""
    text_digest: Sha256
    """SHA-256 of the text as it is kept; the name of its file."""
    words_digest: Sha256
    """The same with all white space made alike: tells a text under another name."""
    added: date
    """Day (UTC) on which it came to the shelf, or changed last."""
    part: str = ""
    """Which of several documents that come from there; empty where it holds one."""
    folder: str = ""
    """The folder or sitemap that brought it; empty for a document given by itself."""
    stamp: str = ""
    """Size and time of the file when it was read; empty where they prove nothing."""
    edited: tuple[str, ...] = ()
    """Fields that the operator has set: no later reading changes them."""
    remarks: tuple[str, ...] = ()
    """What whoever looks after the shelf should know, a plain line each."""

    @property
    def provenance(self) -> Provenance:
        """Where its text comes from, as the rest of the house knows it."""
        retrieved = self.added if self.origin.startswith("url:") else None
        return Provenance(self.author, self.address, self.published, retrieved)

    @property
    def shape_digest(self) -> str:
        """SHA-256 of all that the index keeps of it. Cheap: nothing is read or parsed."""
        shaped = [
            PARSER_VERSION,
            self.id,
            self.title,
            self.kind,
            self.tier,
            WORDING,
            self.text_digest,
            self.author,
            self.address,
            self.published,
        ]
        return hashlib.sha256(json.dumps(shaped).encode()).hexdigest()


def new_id(title: str, origin: str, part: str, taken: Container[str]) -> str:
    """An id for a document that is not on the shelf yet: words of its title, a mark of its origin.

    `taken`: ids that are in use.
    """
    mark = hashlib.sha256(f"{origin}\n{part}".encode("utf-8", "surrogatepass")).hexdigest()
    slug = slug_of(title)
    names = (f"{slug}-{mark[:length]}" for length in range(_SHORTEST_MARK, len(mark) + 1))
    return next(name for name in names if name not in taken)


def digests_of(text: str) -> tuple[str, str]:
    """The `text_digest` and the `words_digest` of a text."""
    as_kept, alike = text.encode(), " ".join(text.split()).encode()
    return hashlib.sha256(as_kept).hexdigest(), hashlib.sha256(alike).hexdigest()


def slug_of(title: str) -> str:
    """The words of a title in lower-case Latin letters, digits and hyphens; never empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = ""
    for word in _WORD.findall(plain):
        if len(slug) + len(word) >= _LONGEST_SLUG:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or "document"
