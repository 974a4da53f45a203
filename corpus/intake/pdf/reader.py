"""PDF into lines with their sizes and places: the only door to pypdf.

pypdf is pure Python, so a hostile file can at worst be slow or raise, never crash whoever serves
the page; its own limits on unpacking hold, and ours on how much of it is read.
"""

import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import (
    BrokenFileError,
    HostileFileError,
    IntakeError,
    NoTextError,
    ProtectedFileError,
)
from corpus.intake.draft import Draft
from corpus.intake.guesses import is_a_program_s_name, is_a_program_s_title, iso_date
from corpus.intake.patience import Patience
from corpus.intake.pdf.drawing import Drawing
from corpus.intake.pdf.lines import PdfLine, without_running_lines
from corpus.intake.pdf.text import markdown_of_lines, title_of_lines

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 2_000
_LARGEST_PAGE = 2 * 2**20
"""Bytes of drawing instructions on one page, unpacked; a map may have half of that."""
_LARGEST_SUM = 64 * 2**20
_FEW_LETTERS = 20
_SMALLEST = 2.0
"""Points. Letters below that are there for machines."""


def read_pdf(content: bytes, patience: Patience) -> Draft:
    """The text of a PDF, its lines mended into paragraphs.

    Raises:
        ProtectedFileError: it opens only with a password.
        NoTextError: its pages are pictures.
        BrokenFileError: it is damaged.
        HostileFileError: it unpacks to more than any document, or takes too long.
        TooLargeError: it holds more text than any document.
    """
    name = patience.name
    reader = _opened(name, content)
    pages: list[tuple[PdfLine, ...]] = []
    drawing = Drawing(patience)
    try:
        for page in _pages(name, reader):
            pages.append(tuple(_lines(page, drawing)))
            drawing.end_page()
        facts = {key: str(value) for key, value in (reader.metadata or {}).items()}
    except IntakeError:
        raise
    except Exception as problem:  # a damaged PDF raises whatever the damage leads to
        raise _broken(name) from problem
    if sum(line.letters for page in pages for line in page) < _FEW_LETTERS:
        raise NoTextError(
            f"{name} holds no text: its pages are pictures, as from a scanner. Run text "
            "recognition (OCR) over it first, or type its words into a .txt file."
        )
    draft = _draft(pages, facts)
    return replace(draft, remarks=(*draft.remarks, *drawing.remarks()))


def _draft(pages: list[tuple[PdfLine, ...]], facts: Mapping[str, str]) -> Draft:
    lines = without_running_lines(pages)
    bare = [str(n) for n, page in enumerate(pages, start=1) if not any(x.letters for x in page)]
    title, author = facts.get("/Title", "").strip(), facts.get("/Author", "").strip()
    return Draft(
        text=markdown_of_lines(lines),
        title=title_of_lines(lines) if is_a_program_s_title(title) else title,
        author="" if is_a_program_s_name(author) else author,
        published=iso_date(facts.get("/CreationDate", "")),
        remarks=(f"Without text, so left out: page {', '.join(bare[:20])}.",) if bare else (),
    )


def _opened(name: str, content: bytes) -> "PdfReader":
    from pypdf import PdfReader  # lazily: it takes a moment, and most files are no PDF
    from pypdf.errors import DependencyError

    log = logging.getLogger("pypdf")
    if not log.handlers:  # what it has to say of a damaged file is ours to say, in one line
        log.addHandler(logging.NullHandler())
    try:
        reader = PdfReader(io.BytesIO(content))
        opens = not reader.is_encrypted or bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        opens = False
    except Exception as problem:  # as above
        raise _broken(name) from problem
    if not opens:
        raise ProtectedFileError(
            f"{name} is protected with a password. Save a copy without protection and add that."
        )
    return reader


def _pages(name: str, reader: "PdfReader") -> Iterator["PageObject"]:
    total = 0
    for number, page in enumerate(reader.pages, start=1):
        contents = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        total += size
        if number > MOST_PAGES or size > _LARGEST_PAGE or total > _LARGEST_SUM:
            raise HostileFileError(
                f"{name} has more than {MOST_PAGES:,} pages, or unpacks to far more than text "
                "needs. Split it, or add its text as a .txt file."
            )
        yield page


def _lines(page: "PageObject", drawing: Drawing) -> Iterator[PdfLine]:
    """The lines of a page in the order in which it draws them."""
    fragments: list[tuple[str, float, float, float, bool]] = []

    def take(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] or tm[1]) * abs(cm[3] or cm[1])
        name = str(font.get("/BaseFont", "")) if isinstance(font, dict) else ""
        bold = any(word in name.lower() for word in ("bold", "black", "heavy", "semibold"))
        fragments.append((text, x, y, abs(size * scale), bold))

    page.extract_text(
        visitor_text=take,
        visitor_operand_before=drawing.before,
        visitor_operand_after=drawing.after,
    )
    line: list[tuple[str, float, float, float, bool]] = []
    for text, x, y, size, bold in fragments:
        first, *rest = text.split("\n")
        line.append((first, x, y, size, bold))
        for more in rest:
            yield from _joined(line)
            line = [(more, x, y, size, bold)]
    yield from _joined(line)


def _joined(fragments: list[tuple[str, float, float, float, bool]]) -> Iterator[PdfLine]:
    """Fragments of one line as one line; its size is that of most of its letters."""
    said = [each for each in fragments if each[0].strip() and each[3] >= _SMALLEST]
    text = " ".join("".join(each[0] for each in fragments if each[3] >= _SMALLEST).split())
    if not said or not text:
        return
    longest = max(said, key=lambda each: len(each[0].strip()))
    _, x, y, _, _ = said[0]
    bold = all(each[4] for each in said if any(map(str.isalnum, each[0])))
    yield PdfLine(text, x, y, round(longest[3], 1), bold=bold)


def _broken(name: str) -> BrokenFileError:
    return BrokenFileError(
        f"{name} is a damaged PDF. Open it and save or print it as a PDF anew, then add that."
    )
