"""Plain text as Markdown: a heading is told by how it stands, a list by how its lines begin."""

import re
from collections.abc import Iterator, Sequence

from corpus.intake.lines import heading, is_like_heading, own_words

_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*\Z")
_MARKED = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
_ITEM = re.compile(r"\s*(?:[•·‣▪●◦○■➢✓*+–-]|\d{1,2}[.)])\s+\S")
_QUOTED = re.compile(r"\s*>+\s?")
_LONG_LINE = 110
"""Characters: a line longer than that was not broken by hand, so each line is a paragraph."""
_CAPITALS = re.compile(r"[^a-zß-ÿ]*[A-Z]{3}[^a-zß-ÿ]*\Z")
_LEAST_PROSE = 40
"""Characters of a paragraph that a heading may stand above."""


def markdown_of_plain(text: str) -> str:
    """`text`, which is tidy, as Markdown. Its words stay; what only decorates goes."""
    blocks = list(_blocks(text))
    written: list[str] = []
    for number, block in enumerate(blocks):
        below = blocks[number + 1] if number + 1 < len(blocks) else ()
        written.append(_written(block, below, first=not written))
    return "\n\n".join(each for each in written if each)


def _blocks(text: str) -> Iterator[tuple[str, ...]]:
    """Lines that stand together."""
    lines = text.split("\n")
    apart = max(map(len, lines), default=0) > _LONG_LINE
    block: list[str] = []
    for line in lines:
        blank = not line.strip()
        if block and (blank or (apart and not _ITEM.match(line) and not _UNDERLINE.match(line))):
            yield tuple(block)
            block = []
        if not blank:
            block.append(line)
    if block:
        yield tuple(block)


def _written(block: Sequence[str], below: Sequence[str], *, first: bool) -> str:
    head = _heading(block, below, first=first)
    if head is not None:
        title, rest = head
        return "\n\n".join(each for each in (title, _paragraph(rest)) if each)
    return _paragraph(block)


def _heading(
    block: Sequence[str], below: Sequence[str], *, first: bool
) -> tuple[str, Sequence[str]] | None:
    """The heading that a block begins with and the rest of the block, if it begins with one."""
    marked = _MARKED.match(block[0])
    if marked:
        return heading(marked.group(2), len(marked.group(1))), block[1:]
    if len(block) > 1 and _UNDERLINE.match(block[1]) and not _ITEM.match(block[0]):
        return heading(block[0], 1 if first else 2), block[2:]
    line = block[0].strip()
    alone = len(block) == 1 and not _ITEM.match(line)
    if alone and below and _stands_above(line, " ".join(below), 14 if first else 10):
        return heading(line, 1 if first else 2), ()
    return None


def _stands_above(line: str, below: str, most_words: int) -> bool:
    if _CAPITALS.fullmatch(line) and len(line) <= 80:
        return True
    prose = len(below) >= _LEAST_PROSE or below[-1:] in (".", "!", "?", ":")
    return is_like_heading(line, most_words) and (prose or bool(_ITEM.match(below)))


def _paragraph(block: Sequence[str]) -> str:
    """Lines of a paragraph or a list, each without what would make it something else."""
    lines: list[str] = []
    for line in block:
        words = own_words(line)
        if words and _QUOTED.match(line):
            lines.append(f"> {words}")
        elif words:
            nested = bool(lines) and bool(_ITEM.match(line))
            indent = len(line) - len(line.lstrip(" ")) if nested else 0
            lines.append(" " * min(indent, 6) + words)
    return "\n".join(lines)
