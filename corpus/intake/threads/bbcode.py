"""BBCode, the mark-up of forums, turned into plain Markdown.

A bracket is a tag only where a closing one of its name stands too ("[b]…[/b]"), or where its name
is one of the few that stand alone: "[sic]", "[1]" and "my [right] calf" are words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.intake.threads.lines import QUOTE_MARK

_TAG = re.compile(r"\[(/?)(\*|[a-z][a-z0-9]{0,14})((?:=|[ ])[^\[\]\n]{0,200})?\]", re.IGNORECASE)
_LISTS = frozenset({"list", "ul", "ol"})
_ITEMS = frozenset({"*", "li"})
_MEDIA = frozenset({"img", "youtube", "video", "media", "attach", "attachment"})
_ALONE = _LISTS | _ITEMS | {"quote", "hr"}
_LONGEST_ADDRESS = 500
_DEEPEST = 5
"""Quotations and lists nested deeper than this are written as if they were this deep."""


@dataclass(slots=True)
class _List:
    """A list that is open."""

    numbered: bool
    items: int = 0


@dataclass(slots=True)
class _Quotation:
    """What has been written since a quotation was opened; the outermost is the text itself."""

    parts: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)


@dataclass(slots=True)
class _Writer:
    """One reading of one text."""

    open: list[_Quotation] = field(default_factory=lambda: [_Quotation()])
    deeper: int = 0
    """Quotations open inside the deepest one that is still told apart."""
    links: int = 0
    media: int = 0

    def write(self, words: str) -> None:
        self.open[-1].parts.append(words)

    def tag(self, closes: bool, name: str, value: str) -> None:
        """Does what one tag asks for; one that nothing is known of does nothing."""
        if name == "quote":
            self.close_quotation() if closes else self.open_quotation()
        elif name in _LISTS:
            self.close_list() if closes else self.open_list(numbered=name == "ol" or bool(value))
        elif name in _ITEMS and not closes:
            self.item(name)
        elif name == "hr":
            self.write("\n\n")
        elif name in {"url", "email"} and value and not closes:
            self.links += 1

    def open_list(self, *, numbered: bool) -> None:
        self.open[-1].lists.append(_List(numbered))

    def close_list(self) -> None:
        if self.open[-1].lists:
            self.open[-1].lists.pop()
        self.write("\n\n")

    def item(self, name: str) -> None:
        lists = self.open[-1].lists
        if not lists:
            self.write("[*]" if name == "*" else "\n- ")
            return
        parts, latest = self.open[-1].parts, lists[-1]
        while parts and not parts[-1].strip("\n"):
            parts.pop()  # the source may have broken the line here itself
        latest.items += 1
        gap = "\n" if latest.items > 1 else "\n\n"
        indent = "   " * min(len(lists) - 1, _DEEPEST)
        self.write(f"{gap}{indent}{latest.items}. " if latest.numbered else f"{gap}{indent}- ")

    def open_quotation(self) -> None:
        if len(self.open) > _DEEPEST:
            self.deeper += 1
        else:
            self.open.append(_Quotation())

    def close_quotation(self) -> None:
        """Words between the tags get the mark of a quotation; a tag too many gets nothing."""
        if self.deeper:
            self.deeper -= 1
        elif len(self.open) > 1:
            self.settle("".join(self.open.pop().parts), "")

    def settle(self, quoted: str, after: str) -> None:
        lines = [f"{QUOTE_MARK}{line}".rstrip() for line in quoted.strip().split("\n")]
        self.write("\n\n" + "\n".join(lines) + "\n\n" + after)

    def finish(self) -> str:
        """The whole; a quotation that nobody closed ends with its paragraph."""
        while len(self.open) > 1:
            quoted, gap, after = "".join(self.open.pop().parts).strip().partition("\n\n")
            self.settle(quoted, gap + after)
        return "".join(self.open[0].parts)


def from_bbcode(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with its tags carried out or left out, and remarks on what went with them.

    Lists become Markdown lists, quotations lines with "> ", links their words. Pictures and films
    go. A text without tags comes back as it is.
    """
    tags = list(_tags(text))
    if not tags:
        return text, ()
    writer, end, media = _Writer(), 0, ""
    for match in tags:
        closes, name = bool(match[1]), match[2].lower()
        words = text[end : match.start()]
        if media and closes and name == media and _is_address(words):
            writer.media += 1
        else:
            writer.write(words)
        media = name if name in _MEDIA and not closes else ""
        writer.tag(closes, name, match[3] or "")
        end = match.end()
    writer.write(text[end:])
    return writer.finish(), tuple(_remarks(writer))


def _tags(text: str) -> Iterator[re.Match[str]]:
    found = list(_TAG.finditer(text))
    opened = {match[2].lower() for match in found if not match[1]}
    closed = {match[2].lower() for match in found if match[1]}
    for match in found:
        name = match[2].lower()
        if name in _ALONE or (name in opened and name in closed):
            yield match


def _is_address(words: str) -> bool:
    return len(words) <= _LONGEST_ADDRESS and len(words.split()) <= 1


def _remarks(writer: _Writer) -> Iterator[str]:
    if writer.links:
        yield f"{writer.links} link(s) left out; the words they stood behind are kept."
    if writer.media:
        yield f"{writer.media} picture(s) or film(s) left out."
