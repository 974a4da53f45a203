"""Lines of a PDF mended into Markdown: paragraphs joined, words put together, headings found.

A PDF knows places, not paragraphs. A paragraph ends where the distance to the next line is larger
than usual, where an item of a list begins, or where a sentence ends well before the margin.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.intake.lines import heading, is_like_heading, own_words
from corpus.intake.pdf.lines import PdfLine, body_size, usual_gap

_LARGER = 1.15
"""How many times the size of the text a heading is, at least."""
_LONGEST_HEADING = 120
_WIDER_GAP = 1.25
_SHORT_LINE = 0.7
_ITEM = re.compile(r"\s*(?:[•·‣▪●◦○■➢✓–-]|\d{1,2}[.)]|[a-z][.)])(?=\s|$)")
_MARK_ALONE = re.compile(r"\s*(?:[•·‣▪●◦○■➢✓–-]|\d{1,2}[.)])\s*\Z")
_ENDS = re.compile(r"[.!?:;…][)\"'”’]?\s*\Z")
_BROKEN_WORD = re.compile(r"([^\W\d_]{2,})-\Z")
_REST_OF_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in one document."""

    size: float
    gap: float
    width: float
    """Characters of a full line."""
    top_size: float
    """The largest size of a heading."""
    hyphenated: frozenset[str]
    """Words with hyphens that stand within a line, so that a hyphen at its end is known for one."""


def markdown_of_lines(lines: Sequence[PdfLine]) -> str:
    """The lines of a whole document as Markdown."""
    measures = _measured(lines)
    return "\n\n".join(text for text in _texts(lines, measures) if text)


def title_of_lines(lines: Sequence[PdfLine]) -> str:
    """The first of the largest headings at the beginning, or ""."""
    measures = _measured(lines)
    begin = [line for line in lines[:12] if _is_heading(line, measures)]
    largest = max((line.size for line in begin), default=0.0)
    title = [line.text for line in begin if line.size == largest]
    return " ".join(title[:2]) if largest > measures.size else "".join(title[:1])


def _measured(lines: Sequence[PdfLine]) -> _Measures:
    size = body_size(lines)
    text = [line for line in lines if line.size == size]
    lengths = sorted(len(line.text) for line in text)
    large = [line.size for line in lines if line.size >= _LARGER * size]
    inside = {
        w.lower() for line in lines for w in re.findall(r"\b[^\W\d_]+-[^\W\d_]+\b", line.text)
    }
    return _Measures(
        size=size,
        gap=usual_gap(text),
        width=lengths[(len(lengths) * 3) // 4] if lengths else 0,
        top_size=max(large, default=0.0),
        hyphenated=frozenset(inside),
    )


def _texts(lines: Sequence[PdfLine], measures: _Measures) -> Iterator[str]:
    paragraph: list[PdfLine] = []
    for line in lines:
        if paragraph and _ends_before(paragraph, line, measures):
            yield _text(paragraph, measures)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield _text(paragraph, measures)


def _ends_before(paragraph: Sequence[PdfLine], line: PdfLine, measures: _Measures) -> bool:
    """Whether a paragraph ends before `line`."""
    last = paragraph[-1]
    if _MARK_ALONE.match(last.text):
        return False
    if _is_heading(last, measures) or _is_heading(line, measures):
        same = last.size == line.size and last.bold == line.bold and not line.new_page
        return not (same and 0 < last.y - line.y < 1.6 * line.size and _is_heading(last, measures))
    if _ITEM.match(line.text):
        return True
    ended = bool(_ENDS.search(last.text))
    short = len(last.text) < _SHORT_LINE * measures.width
    if line.new_page or line.y > last.y:  # a new page or column: only its words can tell
        return ended or (short and line.text[:1].isupper())
    wide = last.y - line.y > _WIDER_GAP * measures.gap * max(last.size, line.size)
    indented = line.x > paragraph[0].x + line.size and not _ITEM.match(paragraph[0].text)
    return wide or (ended and (short or indented))


def _is_heading(line: PdfLine, measures: _Measures) -> bool:
    if not line.letters or len(line.text) > _LONGEST_HEADING or _ITEM.fullmatch(line.text):
        return False
    if line.size >= _LARGER * measures.size:
        return any(map(str.isalpha, line.text))
    return line.bold and line.size >= measures.size and is_like_heading(line.text)


def _text(paragraph: Sequence[PdfLine], measures: _Measures) -> str:
    words = paragraph[0].text
    for line in paragraph[1:]:
        words = _joined(words, line.text, measures.hyphenated)
    if _is_heading(paragraph[0], measures):
        return heading(words, 1 if paragraph[0].size == measures.top_size else 2)
    return own_words(words)


def _joined(above: str, below: str, hyphenated: frozenset[str]) -> str:
    """Two lines as one; a word that was broken at the end of the first is mended."""
    broken, rest = _BROKEN_WORD.search(above), _REST_OF_WORD.match(below)
    if not (broken and rest and rest.group()[0].islower()):
        return f"{above} {below}"
    if f"{broken.group(1)}-{rest.group()}".lower() in hyphenated:
        return above + below
    return above[:-1] + below
