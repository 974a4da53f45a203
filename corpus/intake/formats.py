"""Which format a file is in: its content decides, and its name where the content leaves it open."""

import io
import json
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from corpus.errors import BrokenFileError, ProtectedFileError, UnknownFormatError
from corpus.intake.encodings import WHAT_WE_READ


class Format(StrEnum):
    """A format that we read."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "Word document"
    EPUB = "EPUB"
    CSV = "CSV"


_ENDINGS = {
    "": Format.TEXT,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".epub": Format.EPUB,
    ".csv": Format.CSV,
}
_MEDIA_TYPES = {
    "text/plain": Format.TEXT,
    "text/markdown": Format.MARKDOWN,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/pdf": Format.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.DOCX,
    "application/epub+zip": Format.EPUB,
    "text/csv": Format.CSV,
}
_PACKED = frozenset({Format.PDF, Format.DOCX, Format.EPUB})
"""Formats that are known by their first bytes; a file without these is none of them."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KNOWN_OTHERS = (
    (b"{\\rtf", "a rich text file (.rtf). Save it as .docx."),
    (b"\x89PNG", "a picture. Soleus reads words only: type them into a .txt file."),
    (b"\xff\xd8\xff", "a picture. Soleus reads words only: type them into a .txt file."),
    (b"GIF8", "a picture. Soleus reads words only: type them into a .txt file."),
    (b"\x1f\x8b", "a packed file (.gz). Unpack it first."),
    (b"Rar!", "a packed file (.rar). Unpack it first."),
    (b"7z\xbc\xaf", "a packed file (.7z). Unpack it first."),
)
_HTML_HEAD = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?>(?:<!--.*?-->\s*+)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def format_of(name: str, content: bytes, media_type: str = "") -> Format:
    """The format of `content`, which is called `name` and was sent as `media_type`.

    Raises:
        UnknownFormatError: none that we read.
        ProtectedFileError: a Word document that is locked with a password.
        BrokenFileError: its name promises a format that its content is not.
    """
    marked = _by_first_bytes(name, content)
    if marked is not None:
        return marked
    told = _told(name, media_type)
    if told in (Format.TEXT, None) and _is_data(content):
        raise UnknownFormatError(f"{name} is data (JSON), no text. {WHAT_WE_READ}")
    if told in _PACKED:
        raise BrokenFileError(f"{name} is no {told}, or a damaged one. Save or export it anew.")
    if told in (Format.TEXT, None) and _HTML_HEAD.match(content.removeprefix(b"\xef\xbb\xbf")):
        return Format.HTML
    if told is None:
        raise UnknownFormatError(f"{name} is in a format that is not read here. {WHAT_WE_READ}")
    return told


def _is_data(content: bytes) -> bool:
    text = content.strip()
    if (text[:1], text[-1:]) not in ((b"{", b"}"), (b"[", b"]")):
        return False
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _told(name: str, media_type: str) -> Format | None:
    """What name and sender say it is. A page's address often ends in something of its own."""
    media_type = media_type.partition(";")[0].strip().lower()
    if media_type.endswith(("/json", "+json")):
        return None
    sent = _MEDIA_TYPES.get(media_type)
    ending = _ENDINGS.get(PurePosixPath(name.replace("\\", "/")).suffix.lower())
    if sent is Format.TEXT and ending is not None:  # servers send Markdown and CSV as plain text
        return ending
    return sent or ending


def _by_first_bytes(name: str, content: bytes) -> Format | None:
    if b"%PDF-" in content[:1024]:
        return Format.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(name, content)
    if content.startswith(_OLD_OFFICE):
        raise _old_office(name, content)
    for head, what in _KNOWN_OTHERS:
        if content.startswith(head):
            raise UnknownFormatError(f"{name} is {what}")
    return None


def _packed(name: str, content: bytes) -> Format:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise BrokenFileError(f"{name} is damaged or cut off. Save or export it anew.") from problem
    if "META-INF/container.xml" in names:
        return Format.EPUB
    if any(member.startswith("word/") for member in names):
        return Format.DOCX
    raise UnknownFormatError(
        f"{name} is a packed file that is neither a Word document nor an EPUB. {WHAT_WE_READ}"
    )


def _old_office(name: str, content: bytes) -> UnknownFormatError | ProtectedFileError:
    if _ENCRYPTED in content:
        return ProtectedFileError(
            f"{name} is locked with a password. Save a copy without one and add that."
        )
    return UnknownFormatError(f"{name} is in the old Word format (.doc). Save it as .docx.")
