"""Single lines of Markdown: what may begin one, when the words are a text's own and no markup."""

import re

_MARK = re.compile(
    r"#{1,6}(?=\s|$)\s*|(?:>\s?)+"
    r"|(?P<bullet>(?:[•·‣▪●◦○■□➢➤►✓✔❖∙⁃]|–(?=\s)|—(?=\s))\s*(?=\S))"
)
_MOST_BULLETS = 3
"""Of one line; further ones are left out."""
_RULE = re.compile(r"\s*(?:[-=_*~+#][ \t]*)+\Z")
_NUMBER_ONLY = re.compile(r"\d{1,9}[.)]\Z")
_LONG_NUMBER = re.compile(r"(\d{3,9})([.)])(?=\s)")


def own_words(line: str) -> str:
    """One line of a text as one line of Markdown that is neither heading, quotation nor rule.

    A bullet of any shape becomes "- "; "1." stays, since a list typed by hand is a list. A year at
    the head of a line is no item of one. "" if the line says nothing.
    """
    line = line.strip()
    at = bullets = 0
    while mark := _MARK.match(line, at):
        at = mark.end()
        bullets += mark.lastgroup == "bullet"
    words = line[at:]
    if not words or _RULE.fullmatch(words) or _NUMBER_ONLY.fullmatch(words):
        words = ""
    words = _LONG_NUMBER.sub(r"\1 \2", words, count=1) if _LONG_NUMBER.match(words) else words
    return "- " * min(bullets, _MOST_BULLETS) + words


def heading(words: str, level: int) -> str:
    """A heading, or a paragraph where the words are too many for one; "" if there are none."""
    words = " ".join(words.split()).strip("# ")
    if not words:
        return ""
    return own_words(words) if len(words) > LONGEST_HEADING else f"{'#' * level} {words}"


LONGEST_HEADING = 160
"""Characters."""


def is_like_heading(line: str, most_words: int = 10) -> bool:
    """Whether a line that stands alone reads like a heading: short, capitalised, no full stop."""
    words = line.split()
    return (
        0 < len(words) <= most_words
        and len(line) <= 8 * most_words
        and (line[0].isupper() or line[0].isdigit())
        and line[-1] not in ".!?:;,…-–\"'”’)"
        and "," not in line
        and any(character.isalpha() for character in line)
    )
