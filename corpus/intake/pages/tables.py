"""Tables as sentences: a row reads "Day: Monday; Session: calf raises." and stands by itself."""

import re
from collections.abc import Callable

from corpus.intake.pages.markup import Element

Row = tuple[Element, ...]
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_LONGEST_HEAD = 30
_LONGEST_CELL = 300
"""Characters. Longer cells are columns of a page, not of a table."""


def rows_of(table: Element) -> tuple[Row, ...]:
    """The rows of a table with their cells; those of tables within it are not taken for its own."""
    parts = [each for each in _elements(table) if each.tag in _PARTS]
    rows = [row for part in (*parts, table) for row in _elements(part) if row.tag == "tr"]
    cells = (tuple(c for c in _elements(row) if c.tag in ("td", "th")) for row in rows)
    return tuple(row for row in cells if row)


def table_lines(
    rows: tuple[Row, ...],
    words_of: Callable[[Element], str],
    has_blocks: Callable[[Element], bool],
) -> list[str] | None:
    """A line for each row, or None where the table only lays out the page.

    Args:
        rows: its rows.
        words_of: the words of a cell.
        has_blocks: whether a cell holds paragraphs or lists of its own.
    """
    width = max((len(row) for row in rows), default=0)
    cells = [cell for row in rows for cell in row]
    if width < 2 or any(_is_column(cell, words_of, has_blocks) for cell in cells):
        return None
    said = [[words_of(cell).rstrip(" .;") for cell in row] for row in rows]
    heads: list[str] = []
    if len(rows) > 1 and (all(cell.tag == "th" for cell in rows[0]) or _are_heads(said)):
        heads, said, rows = said[0], said[1:], rows[1:]
    lines = [
        row_line(values, heads, names_row=row[0].tag == "th")
        for values, row in zip(said, rows, strict=True)
    ]
    return [line for line in lines if line]


def _are_heads(said: list[list[str]]) -> bool:
    """Whether the first of three or more columns' rows names these, though it is not marked so."""
    first, *others = said
    named = all(
        word and len(word) <= _LONGEST_HEAD and not any(map(str.isdigit, word)) for word in first
    )
    return named and len(first) >= 3 and all(len(row) == len(first) for row in others)


def row_line(values: list[str], heads: list[str], *, names_row: bool) -> str:
    """A row as a sentence.

    Args:
        values: its cells.
        heads: the cells of the table's head; none if it has no head.
        names_row: whether the first cell is a heading of the row.
    """
    labelled = len(heads) == len(values)
    parts = [
        f"{head.rstrip(':')}: {value}" if labelled and head and value else value
        for head, value in zip(heads if labelled else values, values, strict=True)
    ]
    filled = [part for part in parts if part]
    if not filled:
        return ""
    if values[0] and len(filled) > 1 and (names_row or (not labelled and len(values) == 2)):
        label = values[0].rstrip(":")
        return f"{label}: {'; '.join(filled[1:])}{_stop(filled[-1])}"
    return f"{'; '.join(filled)}{_stop(filled[-1])}"


def _stop(words: str) -> str:
    return "" if re.search(r"[.!?…]\Z", words) else "."


def _is_column(
    cell: Element, words_of: Callable[[Element], str], has_blocks: Callable[[Element], bool]
) -> bool:
    inner = [each.tag for each in cell.walk() if each is not cell]
    if "table" in inner or any(tag in inner for tag in ("ul", "ol", "h1", "h2", "h3", "h4")):
        return True
    return len(words_of(cell)) > _LONGEST_CELL or (has_blocks(cell) and inner.count("p") > 1)


def _elements(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]
