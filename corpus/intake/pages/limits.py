"""Whether markup is built to exhaust a parser, told by counting before any parser sees it.

An HTML parser's work grows with the square of how many elements stand open at one time and of how
many attributes one element has. No page needs thousands of either.
"""

import re

from corpus.errors import HostileFileError

MOST_UNCLOSED = 5_000
"""Elements that stand open at one time."""
MOST_ATTRIBUTES = 300
"""Attributes of one element."""
_TAG = re.compile(r"<!--|<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
)
_TEXT_ONLY = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in "script style textarea title xmp iframe noembed noframes".split()
}
_COMMENT_END = re.compile(r"-->|--!>")
_NEEDS_NO_END = frozenset(
    """area base br col command dd dt embed hr img input li link meta option p param source tbody
    td tfoot th thead tr track wbr""".split()
)


def refuse_exhausting(text: str, name: str) -> None:
    """Reads over the tags of `text`; `name` is for the message.

    Raises:
        HostileFileError: more elements stand open, or one has more attributes, than we parse.
    """
    unclosed = at = 0
    while match := _TAG.search(text, at):
        at, tag = match.end(), (match.group(2) or "").lower()
        if not tag:
            at = _after(_COMMENT_END, text, at - 2)  # "<!-->" is a whole comment
            continue
        at = _behind_attributes(text, at, name)
        if match.group(1):
            unclosed -= tag not in _NEEDS_NO_END and unclosed > 0
        elif tag in _TEXT_ONLY:
            at = _after(_TEXT_ONLY[tag], text, at)
        elif tag not in _NEEDS_NO_END:
            unclosed += 1
        if unclosed > MOST_UNCLOSED:
            raise too_much(name)


def too_much(name: str) -> HostileFileError:
    """What to raise about a page that has too much of everything."""
    return HostileFileError(
        f"{name} has more parts, or more within one another, than a page needs. Add its text as a "
        ".txt file instead."
    )


def _behind_attributes(text: str, at: int, name: str) -> int:
    seen = 0
    while match := _ATTRIBUTE.match(text, at):
        at = match.end()
        seen += 1
        if seen > MOST_ATTRIBUTES:
            raise too_much(name)
    return at


def _after(end: re.Pattern[str], text: str, at: int) -> int:
    match = end.search(text, at)
    return match.end() if match else len(text)
