"""Books in EPUB: a package of pages, read in the order that its spine names."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree

from corpus.errors import HostileFileError, NoTextError, ProtectedFileError
from corpus.intake.draft import Draft
from corpus.intake.encodings import decoded
from corpus.intake.guesses import iso_date
from corpus.intake.packed.package import Packed, damaged, open_packed
from corpus.intake.pages.html import markdown_of_fragment
from corpus.intake.patience import Patience

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT = re.compile(r"\.(?:otf|ttf|woff2?)\Z", re.IGNORECASE)
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbncx+xml"})
_MOST_CHAPTERS = 1_000
_BESIDE = re.compile(r"\b(?:nav|toc|cover|titlepage|copyright|colophon)\b", re.IGNORECASE)


def read_epub(content: bytes, patience: Patience) -> Draft:
    """The text of a book, chapter after chapter.

    Raises:
        BrokenFileError: it is damaged.
        HostileFileError: it is built to exhaust whoever opens it.
        NoTextError: its pages are pictures.
        ProtectedFileError: it is protected against copying.
        TooLargeError: it is longer than any book that is read.
    """
    name = patience.name
    packed = open_packed(name, content)
    _refuse_protected(packed)
    book = _package(packed)
    parts: list[str] = []
    for part in _chapters(packed, *book):
        parts.append(part)
        patience.weigh(sum(map(len, parts)))
    text = "\n\n".join(filter(None, parts))
    if not any(map(str.isalnum, text)):
        raise NoTextError(f"{name} holds no text: its pages are pictures. Type its words in.")
    facts = _facts(book[1])
    return Draft(
        text=text,
        title=facts.get("title", ""),
        author=facts.get("creator", ""),
        published=iso_date(facts.get("date", "")),
        may_be_thread=False,
    )


def _refuse_protected(packed: Packed) -> None:
    root = _xml(packed, _ENCRYPTION)
    for each in root.iter() if root is not None else ():
        address = each.get("URI", "")
        if _local(each) == "CipherReference" and not _FONT.search(address):
            raise ProtectedFileError(
                f"{packed.file_name} is protected against copying (DRM). Add an unprotected copy."
            )


def _package(packed: Packed) -> tuple[str, ElementTree.Element]:
    """Where the book's list of parts stands, and the list."""
    container = _xml(packed, _CONTAINER)
    for each in container.iter() if container is not None else ():
        path = each.get("full-path", "")
        if _local(each) == "rootfile" and path in packed.names:
            root = _xml(packed, path)
            if root is not None:
                return path, root
    raise damaged(packed.file_name)


def _chapters(packed: Packed, path: str, root: ElementTree.Element) -> Iterator[str]:
    items = {e.get("id", ""): e for e in root.iter() if _local(e) == "item"}
    spine = [e for e in root.iter() if _local(e) == "itemref" and e.get("linear") != "no"]
    named = [each.get("idref", "") for each in spine]
    if len(set(named)) < len(named):  # each chapter of a book is read once
        raise HostileFileError(
            f"{packed.file_name} names a chapter more than once, as no book does. Save it anew."
        )
    for each in spine[:_MOST_CHAPTERS]:
        item = items.get(each.get("idref", ""))
        if item is None or item.get("media-type", "") not in _PAGES or _is_beside(item):
            continue
        member = posixpath.normpath(
            posixpath.join(posixpath.dirname(path), unquote(item.get("href", "").partition("#")[0]))
        )
        page = packed.read(member)
        if page:
            yield markdown_of_fragment(decoded(page, packed.file_name).text, packed.file_name)


def _is_beside(item: ElementTree.Element) -> bool:
    """Whether a part is a list of chapters, a cover or an imprint, by what it is called."""
    called = f"{item.get('properties', '')} {item.get('id', '')}".replace("_", " ")
    return bool(_BESIDE.search(called))


def _facts(root: ElementTree.Element) -> dict[str, str]:
    """The first title, creator and date that the book names."""
    facts: dict[str, str] = {}
    for each in root.iter():
        if _local(each) in ("title", "creator", "date") and (each.text or "").strip():
            facts.setdefault(_local(each), (each.text or "").strip())
    return facts


def _xml(packed: Packed, member: str) -> ElementTree.Element | None:
    content = packed.read_xml(member)
    try:
        return ElementTree.fromstring(content) if content else None  # noqa: S314  (read over)
    except ElementTree.ParseError as problem:
        raise damaged(packed.file_name) from problem


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
