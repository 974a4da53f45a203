"""The way in for files: whatever a club has, as text that could stand on the shelf.

A file's content decides what it is. Each format has a reader of its own, which hands over Markdown
or posts; here these are cleared of what a site puts around them, given what is known of their
origin, and looked at once more: nothing gets out of here that has no sentence to quote.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

from corpus.document import DocumentKind
from corpus.errors import (
    BrokenFileError,
    EmptyFileError,
    HostileFileError,
    IntakeError,
    NoTextError,
    TooLargeError,
)
from corpus.intake.draft import Draft
from corpus.intake.encodings import Decoded, decoded
from corpus.intake.formats import Format, format_of
from corpus.intake.guesses import first_words, is_a_title, short_title, title_of_name
from corpus.intake.markdown_file import draft_of_markdown
from corpus.intake.packed.docx import read_docx
from corpus.intake.packed.epub import read_epub
from corpus.intake.pages.html import read_html
from corpus.intake.paragraphs import with_breaks
from corpus.intake.patience import Patience, patience_with
from corpus.intake.pdf.reader import read_pdf
from corpus.intake.plain import markdown_of_plain
from corpus.intake.posts_csv import read_csv
from corpus.intake.reading import UNKNOWN, Reading
from corpus.intake.threads import (
    read_thread,
    thread_markdown,
    thread_of,
    without_furniture,
)
from corpus.intake.tidy import one_line, tidy
from corpus.parse import parse_sections

LARGEST = 20 * 2**20
"""Bytes; a larger file is refused unread."""
_LONGEST_NAME = 80


def read_file(path: Path, *, name: str | None = None) -> tuple[Reading, ...]:
    """What stands in the file at `path`: one reading, of a table of posts one for each thread.

    Args:
        path: the file. It is read, never changed.
        name: what it is called in messages and, if nothing better is found, as a title; by
            default the name in its path.

    Raises:
        IntakeError: nothing can be made of it, and why, in one line.
    """
    called = name or path.name
    try:
        if not path.is_file():
            raise BrokenFileError(f"{_called(called)} is not there, or no file. Check the path.")
        _refuse_size(called, path.stat().st_size)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as problem:
        raise BrokenFileError(
            f"{_called(called)} cannot be read ({problem.strerror}). Check that you may open it."
        ) from problem
    return read_bytes(called, content)


def read_bytes(
    name: str,
    content: bytes,
    *,
    address: str = UNKNOWN,
    media_type: str = "",
    charset: str = "",
    clock: Callable[[], float] = monotonic,
) -> tuple[Reading, ...]:
    """What stands in `content`, as `read_file` returns it.

    Args:
        name: what it is called, with its ending.
        content: its bytes.
        address: where it was fetched from, if it was.
        media_type: what the server said it is.
        charset: in which encoding the server said it is; believed only where the bytes are no
            UTF-8 and make sense in it.
        clock: tells seconds, to know when a file has taken too long.

    Raises:
        IntakeError: nothing can be made of it, and why, in one line.
    """
    called = _called(name)
    _refuse_size(called, len(content))
    if not content.strip(b"\0 \t\r\n\f\v"):
        raise EmptyFileError(f"{called} is empty. Add a file with text in it.")
    try:
        patience = patience_with(called, clock)
        kind = format_of(called, content, media_type)
        drafts = _drafts(content, kind, patience, charset)
        readings = [_reading(draft, address, patience) for draft in drafts]
    except (MemoryError, RecursionError) as problem:
        raise HostileFileError(
            f"{called} is too large or too intricate to be read. Split it, or add its text as a "
            ".txt file."
        ) from problem
    found = tuple(reading for reading in readings if reading is not None)
    if not found:
        raise NoTextError(f"{called} holds no sentence that could be quoted. Add one with text.")
    return found


def _drafts(content: bytes, kind: Format, patience: Patience, charset: str) -> tuple[Draft, ...]:
    if kind is Format.CSV:
        return read_csv(content, patience, charset)
    if kind is Format.PDF:
        return (read_pdf(content, patience),)
    if kind is Format.DOCX:
        return (read_docx(patience.name, content),)
    if kind is Format.EPUB:
        return (read_epub(content, patience),)
    if kind is Format.HTML:
        return (read_html(patience.name, content, charset),)
    text = decoded(content, patience.name, charset)
    patience.weigh(len(text.text))
    return (_of_markdown(text, patience) if kind is Format.MARKDOWN else _of_plain(text),)


def _of_markdown(text: Decoded, patience: Patience) -> Draft:
    tidied = tidy(text.text)
    draft = draft_of_markdown(tidied.text, patience.name)
    return replace(draft, remarks=(*text.remarks, *tidied.remarks))


def _of_plain(text: Decoded) -> Draft:
    return Draft(text=text.text, plain=True, remarks=text.remarks)


def _reading(draft: Draft, address: str, patience: Patience) -> Reading | None:
    """What becomes of a draft, or None if it says nothing."""
    patience.weigh(len(draft.text) or sum(len(post.text) for post in draft.posts))
    title, kind, text, remarks = _settled(draft)
    patience.go_on()
    text = with_breaks(tidy(text).text)
    sections = parse_sections(text, kind)
    if not any(map(str.isalnum, "".join(text[s.start : s.end] for s in sections))):
        return None
    return Reading(
        title=_title(patience.name, draft, title, text),
        kind=kind,
        text=text + "\n",
        author=one_line(draft.author)[:_LONGEST_NAME] or UNKNOWN,
        address=address if address != UNKNOWN else draft.address or UNKNOWN,
        published=draft.published or UNKNOWN,
        remarks=tuple(dict.fromkeys((*draft.remarks, *remarks))),
    )


def _settled(draft: Draft) -> tuple[str, DocumentKind, str, tuple[str, ...]]:
    """Title, kind, Markdown and remarks of a draft, as a thread if it is one."""
    tidied = tidy(draft.text)
    if draft.posts:
        thread = thread_of(draft.title or None, draft.posts)
    else:
        found = read_thread(tidied.text) if draft.may_be_thread else None
        if found is None:
            text, remarks = without_furniture(tidied.text)
            text = markdown_of_plain(text) if draft.plain else text
            return "", DocumentKind.ARTICLE, text, (*tidied.remarks, *remarks)
        thread = found
    remarks = (*tidied.remarks, *thread.remarks)
    return thread.title or "", DocumentKind.FORUM_THREAD, thread_markdown(thread), remarks


def _title(name: str, draft: Draft, of_thread: str, text: str) -> str:
    """The best title there is: said by the file, by its first heading, by its name."""
    first = text.lstrip().split("\n", 1)[0]
    heading = first.lstrip("#").strip() if first.startswith("#") else ""
    if heading.lower() in ("original poster", "reply 1"):
        heading = ""
    named = title_of_name(name)
    said = named if is_a_title(named) else first_words(text)
    choices = (draft.title, of_thread, heading, said, named, name)
    return next((title for each in choices if (title := short_title(each))), "Untitled")


def _refuse_size(name: str, size: int) -> None:
    if size > LARGEST:
        raise TooLargeError(
            f"{_called(name)} has {size / 2**20:.0f} MB; at most {LARGEST // 2**20} MB are read. "
            "Split it, or add its text as a .txt file."
        )


def _called(name: str) -> str:
    """A name as it may stand in a message: one line, not too long."""
    line = one_line(name) or "The file"
    return line if len(line) <= _LONGEST_NAME else "…" + line[1 - _LONGEST_NAME :]


__all__ = ["LARGEST", "IntakeError", "read_bytes", "read_file"]
