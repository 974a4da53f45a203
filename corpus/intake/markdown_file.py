"""Markdown as people write it, reduced to what the shelf is made of.

What markup only decorates goes and its words stay: emphasis, links, code. What a reader of the
rendered page would never see goes for good: comments, pictures, hidden HTML.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.intake.draft import Draft
from corpus.intake.guesses import iso_date, short_title
from corpus.intake.lines import own_words
from corpus.intake.pages.limits import refuse_exhausting
from corpus.intake.pages.tables import row_line
from corpus.intake.pages.visible import Style, is_hidden

_FRONT = re.compile(r"---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(r"([A-Za-z_-]{2,30})\s*:\s*(.*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)/?>")
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,100}\])")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,500})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\))?[^()\n]{0,200}\)"
    r"|\[[^\[\]\n]{0,100}\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\n]{1,40}\]:?")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:\s*\S+.*")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\1(?![\w*])"
    r"|(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])\3(?![\w_])"
    r"|(?<!~)(~~)(?=[^\s~])([^~\n]{1,2000}?)(?<=[^\s~])~~(?!~)"
    r"|(?<!`)(`{1,2})(?!`)([^`\n]{1,2000}?)(?<!`)\7(?!`)"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_SAVED = 0xE000
"""Where escaped characters wait, among those that belong to nobody (tidy text has none)."""
_SAVES = re.compile(f"[{chr(_SAVED)}-{chr(_SAVED + 0x7F)}]")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})[^`]*\Z")
_TABLE_RULE = re.compile(r" {0,3}\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*\Z")
_CELLS = re.compile(r"(?<!\\)\|")
_ENDS_LINE = frozenset(
    {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
)


def draft_of_markdown(text: str, name: str) -> Draft:
    """A draft of tidy Markdown; what its front matter says of it is believed.

    Raises:
        HostileFileError: its HTML has more parts than any page.
    """
    front = _FRONT.match(text)
    facts = dict(_facts(front.group(1))) if front else {}
    body = text[front.end() :] if front else text
    return Draft(
        text=plain_markdown(body, name),
        title=short_title(facts.get("title", "")),
        author=facts.get("author") or facts.get("authors") or facts.get("by", ""),
        published=iso_date(facts.get("date") or facts.get("published", "")),
        address=_address(facts),
    )


def plain_markdown(text: str, name: str) -> str:
    """Markdown of which only headings, lists and quotations are left.

    Raises:
        HostileFileError: its HTML has more parts than any page.
    """
    refuse_exhausting(text, name)
    seen = _without_hidden(_COMMENT.sub("", text))
    lines = _tables(_AUTOLINK.sub(r"\1", seen).split("\n"))
    kept = (line for line in lines if not (_FENCE.fullmatch(line) or _DEFINITION.fullmatch(line)))
    return "\n".join(_undecorated(line) for line in kept)


def _facts(front: str) -> Iterator[tuple[str, str]]:
    for line in front.split("\n"):
        match = _FACT.fullmatch(line.strip())
        if match and match.group(2):
            yield match.group(1).lower(), match.group(2).strip().strip("\"'[]").strip()


def _address(facts: Mapping[str, str]) -> str:
    choices = (
        facts.get(key, "") for key in ("url", "source", "canonical", "canonical_url", "link")
    )
    return next((each for each in choices if re.match(r"https?://\S+\Z", each)), "")


def _undecorated(line: str) -> str:
    """A line without pictures, and with the words of links and emphasis only."""
    line = _ESCAPE.sub(lambda match: chr(_SAVED + ord(match[1])), line)
    line = _FOOTNOTE.sub("", _LINK.sub(r"\1", _PICTURE.sub("", line)))
    for _ in range(3):  # bold within italics within bold, and no further
        undone = _EMPHASIS.sub(lambda m: next(g for g in (m[2], m[4], m[6], m[8]) if g), line)
        if undone == line:
            break
        line = undone
    return _SAVES.sub(lambda match: chr(ord(match[0]) - _SAVED), line)


def _without_hidden(text: str) -> str:
    """HTML within Markdown: hidden elements go, of others the words stay."""
    parts: list[str] = []
    at, hidden_in, depth = 0, "", 0
    for match in _TAG.finditer(text):
        tag, closes = match.group(1).lower(), match.group().startswith("</")
        if not hidden_in:
            parts.append(text[at : match.start()])
            parts.append("\n" if tag in _ENDS_LINE else "")
            if not closes and _hides(tag, match.group(2)):
                hidden_in, depth = tag, 1
        elif tag == hidden_in:
            depth += -1 if closes else 1
            hidden_in = hidden_in if depth else ""
        at = match.end()
    if not hidden_in:
        parts.append(text[at:])
    return "".join(parts)


_VOID = frozenset(
    "area base br col embed frame hr img input link meta param source track wbr".split()
)


def _hides(tag: str, attributes: str) -> bool:
    if tag in _VOID:
        return False
    told = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes)}
    return is_hidden(tag, told, Style(), on_colour=False)


def _tables(lines: Sequence[str]) -> Iterator[str]:
    """Lines with the rows of tables as items of a list."""
    heads: list[str] = []
    inside = False
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if "|" in line and not inside and _TABLE_RULE.fullmatch(below) and "-" in below:
            heads, inside = _cells(line), True
            yield ""
        elif inside and _TABLE_RULE.fullmatch(line):
            continue
        elif inside and "|" in line:
            row = row_line(_cells(line), heads, names_row=False)
            yield f"- {row}" if row else ""
        else:
            inside = False
            yield line


def _cells(line: str) -> list[str]:
    return [own_words(cell) for cell in _CELLS.split(line.strip().strip("|"))]
