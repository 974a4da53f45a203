"""Lines of a PDF's pages, without what stands on every page: running titles and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_ZONE = 3
"""How many lines at the top and at the bottom of a page may be running ones."""
_SHARE = 0.4
"""Share of the pages that repeat a running line: left and right pages may have their own."""
_FEWEST_PAGES = 3
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite)?\s*[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|von)\s*\d{1,4})?\s*[-–|]?",
    re.IGNORECASE,
)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line as it is drawn."""

    text: str
    x: float
    """Points from the left."""
    y: float
    """Points from the bottom."""
    size: float
    """Points, of most of its letters."""
    bold: bool = False
    new_page: bool = False

    @property
    def letters(self) -> int:
        """How many letters and digits it has."""
        return sum(map(str.isalnum, self.text))


def without_running_lines(pages: Sequence[Sequence[PdfLine]]) -> tuple[PdfLine, ...]:
    """All lines of all pages in order, running titles, footers and page numbers left out."""
    running = _running(pages)
    left = []
    for page in pages:
        top, bottom = _zones(page)
        first = True
        for line in page:
            outer = line in top[:1] or line in bottom[:1]
            if outer and _PAGE_NUMBER.fullmatch(line.text.strip()):
                continue
            if (line in top or line in bottom) and _shape(line) in running:
                continue
            left.append(PdfLine(line.text, line.x, line.y, line.size, line.bold, new_page=first))
            first = False
    return tuple(left)


def _running(pages: Sequence[Sequence[PdfLine]]) -> set[tuple[str, float]]:
    """Shapes of lines that stand at the edge of many pages."""
    seen: Counter[tuple[str, float]] = Counter()
    for page in pages:
        top, bottom = _zones(page)
        seen.update({_shape(line) for line in (*top, *bottom)})
    least = max(_FEWEST_PAGES, _SHARE * len(pages)) if len(pages) > 2 else len(pages) + 1
    return {shape for shape, count in seen.items() if count >= least and len(shape[0]) <= _LONGEST}


def _zones(page: Sequence[PdfLine]) -> tuple[list[PdfLine], list[PdfLine]]:
    """The lines at the top of a page and those at its bottom, the outermost first."""
    by_height = sorted(page, key=lambda line: -line.y)
    return by_height[:_ZONE], by_height[::-1][:_ZONE]


def _shape(line: PdfLine) -> tuple[str, float]:
    """A line without its numbers, and its size: the title on a cover is no running title."""
    return re.sub(r"\d+", "#", " ".join(line.text.lower().split())), line.size


def usual_gap(lines: Sequence[PdfLine]) -> float:
    """The commonest distance between two lines of running text, in sizes of their letters."""
    gaps: Counter[float] = Counter()
    for above, below in pairwise(lines):
        gap = above.y - below.y
        if not below.new_page and above.size == below.size and 0 < gap < 4 * above.size:
            gaps[round(gap / above.size, 1)] += 1
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=1.2)


def body_size(lines: Sequence[PdfLine]) -> float:
    """The size of most letters, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += line.letters
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)
