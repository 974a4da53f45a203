"""Reads Markdown into sections and sentences, each an exact stretch of characters.

The only door to markdown-it, which finds the blocks (headings, paragraphs, list items), and to
sentencex, which cuts their words into sentences. Line numbers of blocks are turned back into
characters of the text as it was given, so nothing is rewritten: CRLF, tabs and any script stay as
they are. Code, HTML and link definitions are read as ordinary text: a document that somebody
indented by accident must not lose its words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.document import DocumentKind, Section, Sentence

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_ROLE = re.compile(r"original poster|reply [0-9]+")
_READ_AS_TEXT = ("reference", "html_block", "code", "fence")
_DEEPEST = 100
"""Lists and quotations nested in one another; markdown-it's own 20 would drop words below that."""
_LANGUAGE = "en"
LONGEST_CUT = 5_000
"""Characters; the time that cutting takes grows with the square of them."""
_SEEMS_TO_END = (". ", ".\n", "! ", "!\n", "? ", "?\n", "… ", "…\n")


def parse_sections(text: str, kind: DocumentKind, untitled: str = "") -> tuple[Section, ...]:
    """Sections of `text` that say something, in reading order.

    A section spans from its first to its last sentence. Text before any heading stands in a
    section headed `untitled`. A heading with nothing under it makes no section.
    """
    sections = []
    for heading, sentences in _Reader(text).read():
        if sentences:
            name = untitled if heading is None else heading
            start, end = sentences[0].start, sentences[-1].end
            sections.append(Section(name, speaker_under(name, kind), start, end, tuple(sentences)))
    return tuple(sections)


def speaker_under(heading: str, kind: DocumentKind) -> str:
    """Role of who speaks under a heading.

    An article has one author. In a thread the heading names the role; what follows a comma only
    tells posts of one speaker apart ("Original poster, follow-up" is the original poster). Any
    other heading may be a user's name and is never taken for a role.
    """
    if kind is DocumentKind.ARTICLE:
        return "author"
    role = heading.partition(",")[0].strip().lower()
    return role if _ROLE.fullmatch(role) else "unnamed poster"


def sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of running text, in order, without white space around it.

    Every character that is not white space lies in exactly one sentence. A text longer than
    `LONGEST_CUT` characters is cut stretch by stretch.
    """
    start = 0
    for piece in (piece for stretch in _stretches(text) for piece in _sentences(stretch)):
        words = piece.strip()
        if words:
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(words)
        start += len(piece)


def _sentences(text: str) -> list[str]:
    import sentencex  # lazily: `import corpus` must not wait for it

    pieces: list[str] = sentencex.segment(_LANGUAGE, text)
    # A cutter that drops or mends a character cannot be cited from.
    return pieces if "".join(pieces) == text else [text]


def _stretches(text: str) -> Iterator[str]:
    """`text` in stretches that can be cut without waiting, in order, nothing left out.

    Each ends behind a sentence if one seems to end in its second half, else between words.
    """
    at = 0
    while len(text) - at > LONGEST_CUT:
        stretch = text[at : at + LONGEST_CUT]
        end = max(map(stretch.rfind, _SEEMS_TO_END)) + 2
        if end < LONGEST_CUT // 2:
            end = max(map(stretch.rfind, " \n\t")) + 1 or LONGEST_CUT
        yield stretch[:end]
        at += end
    yield text[at:]


@dataclass
class _Steps:
    """Where we stand in numbered lists; the outermost one counts the steps."""

    numbers: list[int] = field(default_factory=list)

    def follow(self, token: "Token") -> None:
        if token.type == "ordered_list_open":
            # "0." starts some lists; a step is counted from 1.
            self.numbers.append(max(int(token.attrs.get("start", 1)), 1) - 1)
        elif token.type == "ordered_list_close":
            self.numbers.pop()
        elif token.type == "list_item_open" and token.info and len(self.numbers) == 1:
            self.numbers[0] += 1

    @property
    def current(self) -> int | None:
        return self.numbers[0] if self.numbers else None


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [match.span() for match in _LINE.finditer(text)]

    def read(self) -> Iterator[tuple[str | None, list[Sentence]]]:
        """Each heading (None before the first) with the sentences under it."""
        heading: str | None = None
        sentences: list[Sentence] = []
        steps = _Steps()
        in_heading = False
        for token in _blocks(self._text):
            steps.follow(token)
            if token.type == "heading_open":
                yield heading, sentences
                in_heading, sentences = True, []
            elif token.type == "heading_close":
                in_heading = False
            elif token.type == "inline" and in_heading:
                heading = " ".join(token.content.split())
            elif token.type == "inline":
                sentences.extend(self._sentences(token, steps.current))
        yield heading, sentences

    def _sentences(self, token: "Token", step: int | None) -> Iterator[Sentence]:
        for start, end in self._stretches(token):
            for first, last in sentence_bounds(self._text[start:end]):
                yield Sentence(start + first, start + last, step)

    def _stretches(self, token: "Token") -> Iterator[tuple[int, int]]:
        """Stretches of a paragraph with only white space between their lines.

        Inside a quotation block ("> ") each line is a stretch of its own, since the marker that
        opens the next line is nobody's words.
        """
        start, end = -1, -1
        for line_start, line_end in self._line_contents(token):
            if start >= 0 and not self._text[end:line_start].strip():
                end = line_end
                continue
            if start >= 0:
                yield start, end
            start, end = line_start, line_end
        if start >= 0:
            yield start, end

    def _line_contents(self, token: "Token") -> Iterator[tuple[int, int]]:
        """Where each line of a block's content stands in the text, markers left out."""
        first, last = token.map or (0, 0)
        lines = iter(self._lines[first:last])
        for content in _stripped(token.content.split("\n")):
            for start, end in lines:
                raw = self._text[start:end].replace("\0", "\ufffd").rstrip()
                if raw.endswith(content):
                    yield start + len(raw) - len(content), start + len(raw)
                    break


def _stripped(lines: Sequence[str]) -> Iterator[str]:
    return (line.strip() for line in lines if line.strip())


def _blocks(text: str) -> "list[Token]":
    """Block tokens of CommonMark, in reading order; inline markup is left alone."""
    from markdown_it import MarkdownIt  # lazily: `import corpus` must not wait for it

    reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    return reader.disable([*_READ_AS_TEXT, "inline"]).parse(text)
