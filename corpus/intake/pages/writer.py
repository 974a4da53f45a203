"""Writes elements as the Markdown that the shelf is made of: headings, lists, rows, plain words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.intake.lines import heading, is_like_heading, own_words
from corpus.intake.pages import markup
from corpus.intake.pages.markup import BLOCKS, Element
from corpus.intake.pages.tables import rows_of, table_lines

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BOLD = frozenset({"b", "strong"})
_DEEPEST_LIST = 6
_DEEPEST_QUOTE = 3
_PARAGRAPH_ENDS = re.compile(r"(?<![ \t])(?:[ \t]*+\n){2,}[ \t]*+")
_ENDS_LINE = re.compile(r"[.!?:;…)\"”]\Z")
_BEGINS_ITEM = re.compile(r"\s*(?:[-•·*+–]|\d{1,2}[.)])\s")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_NUMBER = re.compile(r"\d{1,4}\Z")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page we are."""

    lists: int = 0
    quotes: int = 0
    inside: bool = False
    """In a list item, a cell or a quotation, where bold words are no heading."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of Markdown without blank lines around it."""

    text: str
    mark: str = ""
    """What the items of a list begin with: "-", "+", "." or ")"; "" for anything else."""
    typed: bool = False
    """A list only in that somebody typed a number or a dash."""


def markdown_of(element: Element) -> str:
    """All that can be read in an element, as Markdown, in reading order."""
    return "\n\n".join(block.text for block in _blocks(element, _Place()))


def words_of(element: Element) -> str:
    """All that can be read in an element, in one line."""
    return " ".join(" ".join(_inline(element, pre=False)).split())


def has_blocks(element: Element) -> bool:
    """Whether anything within the element begins a line of its own."""
    return element.holds_blocks


def _blocks(element: Element, place: _Place) -> list[_Block]:
    blocks: list[_Block] = []
    run: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element) and (child.tag in BLOCKS or has_blocks(child)):
            blocks.extend(_apart(list(_paragraphs(run)), blocks))
            run = []
            inside = _block(child, place, blocks[-1].mark if blocks else "")
            blocks.extend(_apart(inside, blocks))
        else:
            run.append(child)
    blocks.extend(_apart(list(_paragraphs(run)), blocks))
    return blocks


def _apart(typed: list[_Block], before: list[_Block]) -> list[_Block]:
    """Blocks of which the first, if it is a typed item, does not go on with a list before it."""
    if typed and before and typed[0].mark and typed[0].mark == before[-1].mark:
        first = typed[0].text
        if typed[0].typed and not before[-1].typed:
            other = {".": ")", ")": ".", "-": "+", "+": "-"}[typed[0].mark]
            first = re.sub(r"^(\d*)[-+.)]", rf"\g<1>{other}", first)
            return [_Block(first, other, typed=True), *typed[1:]]
    return typed


def _block(element: Element, place: _Place, before: str) -> list[_Block]:
    """One element's blocks; `before` is the mark of a list right above it."""
    tag = element.tag
    if tag in _HEADINGS or tag == "summary":
        level = _HEADINGS.get(tag, 4)
        text = heading(words_of(element), level)
        return [_Block(own_words(text) if place.inside else text)] if text else []
    if tag in _LISTS:
        return _list(element, place, before)
    if tag == "table":
        return _table(element, place, before)
    if tag == "dl":
        return _definitions(element, place)
    if tag == "blockquote":
        return _quotation(element, place)
    if tag == "pre":
        return list(_lines_as_paragraphs("".join(_inline(element, pre=True))))
    if tag in ("p", "div") and not place.inside and _is_bold_line(element):
        return [_Block(heading(words_of(element), 3))]
    return _blocks(element, place)


def _is_bold_line(element: Element) -> bool:
    """Whether a paragraph is one short line in bold: a heading, to whoever typed it."""
    if has_blocks(element):
        return False
    solid = [c for c in element.children if not isinstance(c, str) or c.strip()]
    bold = all(isinstance(child, Element) and child.tag in _BOLD for child in solid)
    return bool(solid) and bold and is_like_heading(words_of(element))


def _list(element: Element, place: _Place, before: str) -> list[_Block]:
    if place.lists >= _DEEPEST_LIST:
        return _blocks(element, place)
    ordered = element.tag == "ol"
    marks = (".", ")") if ordered else ("-", "+")
    mark = marks[1] if before == marks[0] else marks[0]
    number = _whole(element.attributes.get("start", ""), 1)
    lines: list[str] = []
    head = ""
    for child, text in _items(element, _Place(place.lists + 1, place.quotes, inside=True)):
        if child.tag in _LISTS and lines:  # a list right in a list belongs to the item above
            lines.append("\n" + " " * len(head) + _indented(text, len(head)))
            continue
        number = _whole(child.attributes.get("value", ""), number)
        head = f"{number}{mark} " if ordered else f"{mark} "
        lines.append(head + _indented(text, len(head)))
        number += 1
    return [_Block("\n".join(lines), mark)] if lines else []


def _items(element: Element, place: _Place) -> Iterator[tuple[Element, str]]:
    """What stands in a list, with its Markdown, as far as it says anything."""
    for child in element.children:
        item = markup.element("li", {}, (child,)) if isinstance(child, str) else child
        blocks = _block(item, place, "") if item.tag in _LISTS else _blocks(item, place)
        if blocks:
            yield item, "\n\n".join(block.text for block in blocks)


def _indented(text: str, width: int) -> str:
    """Lines after the first moved right, under the words of the item they belong to."""
    return re.sub(r"\n(?=[^\n])", "\n" + " " * width, text)


def _whole(text: str, default: int) -> int:
    return int(text) if _NUMBER.fullmatch(text.strip()) else default


def _table(element: Element, place: _Place, before: str) -> list[_Block]:
    rows = rows_of(element)
    lines = table_lines(rows, words_of, has_blocks)
    inside = _Place(place.lists, place.quotes, inside=True)
    if lines is None:  # a table that only lays out the page
        cells = [cell for row in rows for cell in row]
        return [block for cell in cells for block in _blocks(cell, place)]
    caption = [c for c in element.children if isinstance(c, Element) and c.tag == "caption"]
    told = [block for each in caption for block in _blocks(each, inside)]
    mark = "+" if before == "-" and not told else "-"
    text = "\n".join(f"{mark} {line}" for line in lines)
    return [*told, _Block(text, mark)] if text else told


def _definitions(element: Element, place: _Place) -> list[_Block]:
    """Terms with what is said of each behind a colon."""
    inside = _Place(place.lists, place.quotes, inside=True)
    blocks: list[_Block] = []
    terms: list[str] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "dt":
            terms.append(words_of(child).rstrip(" :"))
            continue
        if isinstance(child, Element) and child.tag == "div":  # each pair may have one around it
            told = _definitions(child, place)
        else:
            told = _blocks(markup.element("dd", {}, (child,)), inside)
        if told and terms and not told[0].mark:
            told[0] = _Block(f"{', '.join(filter(None, terms))}: {told[0].text}")
            terms = []
        blocks.extend(told)
    return [*blocks, *(_Block(own_words(term)) for term in terms if own_words(term))]


def _quotation(element: Element, place: _Place) -> list[_Block]:
    deeper = _Place(place.lists, place.quotes + 1, inside=True)
    blocks = _blocks(element, deeper)
    if place.quotes >= _DEEPEST_QUOTE or not blocks:
        return blocks
    text = "\n\n".join(block.text for block in blocks)
    return [_Block("\n".join(f"> {line}".rstrip() for line in text.split("\n")))]


def _paragraphs(run: list[Element | str]) -> Iterator[_Block]:
    """Words between blocks, as paragraphs: two line breaks in a row end one."""
    text = "".join(_inline(markup.element("span", {}, run), pre=False))
    for paragraph in _PARAGRAPH_ENDS.split(text):
        yield from _lines_as_paragraphs(paragraph)


def _lines_as_paragraphs(text: str) -> Iterator[_Block]:
    """Lines that were broken by hand: one that ends a sentence, or begins an item, is closed."""
    open_line = ""
    for raw in text.split("\n"):
        line = own_words(" ".join(raw.split()))
        if open_line and (not line or _ENDS_LINE.search(open_line) or _BEGINS_ITEM.match(line)):
            yield _Block(open_line, _mark_of(open_line), typed=True)
            open_line = ""
        open_line = f"{open_line} {line}".strip()
    if open_line:
        yield _Block(open_line, _mark_of(open_line), typed=True)


def _mark_of(line: str) -> str:
    match = re.match(r"([-+])\s|\d{1,9}([.)])\s", line)
    return (match.group(1) or match.group(2)) if match else ""


def _inline(element: Element, *, pre: bool) -> Iterator[str]:
    """Words of an element, with a line feed for each line break that is meant."""
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node if pre else _WHITE.sub(" ", node)
        elif node.tag == "br":
            yield "\n"
        elif node.tag == "sup" and _is_footnote_mark(node):
            continue
        else:
            around = (
                ("“", "”") if node.tag == "q" else (" ", " ") if node.tag in BLOCKS else ("", "")
            )
            waiting.append(around[1])
            waiting.extend(reversed(node.children))
            waiting.append(around[0])


def _is_footnote_mark(element: Element) -> bool:
    return any(each.tag == "a" for each in element.walk()) and bool(
        re.fullmatch(r"\s*\[?(?:\d{1,3}|[a-z*†‡])\]?\s*", element.words())
    )
