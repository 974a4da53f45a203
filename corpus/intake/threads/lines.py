"""Lines of a text in one shape, and what Markdown would take in them for structure.

Nothing here changes a word. White space of every kind becomes blanks and line feeds, and what would
make a heading out of a post's words ("# my plan", a row of dashes under a line) is taken away: no
backslashes are put in, since readers are shown the text as it stands.
"""

import re
from collections.abc import Iterable, Sequence

QUOTE_MARK = "> "

_BROKEN_AT = 45
"""A line shorter than this, in characters, was not broken because it was full."""

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00\u00ad\u200b-\u200d\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\n]")
_RULE = re.compile(r"\s*(?:[-=_*~•·]\s*)+\Z")
_MARKER = re.compile(r"\s*(?:[-+*>]|[0-9]{1,9}[.)])(?=\s|\Z)|\s*>")
_HEADING = re.compile(r"\s*#+(?:\s+|\Z)")
_WORD = re.compile(r"\w+")


def lines_of(text: str) -> list[str]:
    """Lines of `text` without invisible characters, without white space at their ends."""
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    return [_BLANKS.sub(" ", line.expandtabs(4)).rstrip() for line in text.split("\n")]


def words_of(text: str) -> list[str]:
    """Words in lower case; "don't" and "don’t" are one and the same."""
    return _WORD.findall(text.replace("’", "").replace("'", "").casefold())


def plain_words(text: str) -> str:
    """Words of `text`, one blank before, between and after: to look for a phrase in."""
    return f" {' '.join(words_of(text))} "


def indent_of(line: str) -> int:
    """Blanks a line begins with."""
    return len(line) - len(line.lstrip())


def is_rule(line: str) -> bool:
    """Whether a line only draws something: "-----", "* * *"."""
    return bool(line.strip()) and _RULE.match(line) is not None


def is_quoted(line: str) -> bool:
    """Whether a line is marked as somebody else's words."""
    return line.lstrip().startswith(">")


def unquoted(line: str) -> str:
    """A line without any quotation marks of the "> " kind."""
    return line.lstrip("> ")


def ends_a_sentence(line: str) -> bool:
    """Whether nothing is left open at the end of a line."""
    return line.rstrip("\"'”’)*_ ").endswith((".", "!", "?", "…", ":"))


def goes_on(above: str, line: str) -> bool:
    """Whether `line` looks like the rest of a sentence that began in the line above it."""
    begins_small = line.lstrip()[:1].islower()
    return begins_small and len(above) >= _BROKEN_AT and not ends_a_sentence(above)


def paragraphs(lines: Iterable[str]) -> list[list[str]]:
    """Stretches of lines with no empty one among them."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [each for each in found if each]


def stripped(lines: Sequence[str]) -> list[str]:
    """Lines without empty ones at their ends."""
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = next((n for n in range(len(lines), start, -1) if lines[n - 1].strip()), start)
    return list(lines[start:end])


def dedented(lines: list[str]) -> list[str]:
    """Lines moved to the left together; the first one, which stood behind a mark, by itself."""
    margin = min((indent_of(line) for line in lines[1:] if line), default=0)
    return [line.strip() if not number else line[margin:] for number, line in enumerate(lines)]


def without_headings(lines: Iterable[str]) -> list[str]:
    """Lines in which Markdown finds no heading, with no empty ones at the ends or in a row."""
    kept: list[str] = []
    for line in lines:
        plain = _unheaded(line)
        plain = plain if plain.strip("> ") else ""
        if plain or (kept and kept[-1]):
            kept.append(plain)
    return kept[:-1] if kept and not kept[-1] else kept


def _unheaded(line: str) -> str:
    """One line without what makes it, or the line above it, a heading."""
    start = 0
    while marker := _MARKER.match(line, start):
        start = marker.end()
    if is_rule(line):
        return ""
    if is_quoted(line) and is_rule(unquoted(line)):
        return ""
    end = start
    while mark := _HEADING.match(line, end):
        end = mark.end()
    body = line[end:]
    if is_rule(body):
        return line[:start].rstrip()
    gap = " " if start and end > start else ""
    return f"{line[:start]}{gap}{body}".rstrip()
