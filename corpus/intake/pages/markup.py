"""HTML into a tree of our own: the only door to selectolax.

Its Lexbor parser mends broken markup as browsers do. What a page's reader never sees does not get
into the tree, nor does anything nested so deep or numerous that it was built to exhaust us.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.intake.pages.limits import refuse_exhausting, too_much
from corpus.intake.pages.visible import (
    NEVER_SHOWN,
    Style,
    is_for_screen_readers,
    is_hidden,
    stands_on_colour,
    style_of,
)

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre
    search section summary table tbody td tfoot th thead tr ul caption""".split()
)
"""Elements that begin a line of their own."""
DEEPEST = 100
"""Elements within one another; whatever is deeper stands in the last of these."""
MOST_NODES = 400_000
"""Elements and stretches of text in one page; a long book's chapter has a tenth."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element that can be seen."""

    tag: str
    """Lower case."""
    attributes: Mapping[str, str]
    children: tuple["Element | str", ...]
    letters: int
    """Letters and digits within it; counted once, since a page's parts are weighed often."""
    linked: int
    """How many of them stand in links."""
    holds_blocks: bool
    """Whether anything within it begins a line of its own."""

    def walk(self) -> Iterator["Element"]:
        """This element and all within it, in reading order."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(c for c in reversed(element.children) if isinstance(c, Element))

    def words(self) -> str:
        """All text within it, as it stands; blocks are not kept apart."""
        parts: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                waiting.extend(reversed(node.children))
        return "".join(parts)


def element(tag: str, attributes: Mapping[str, str], children: Iterable[Element | str]) -> Element:
    """An element, with its letters counted."""
    inside = tuple(children)
    letters = linked = 0
    blocks = False
    for child in inside:
        if isinstance(child, str):
            letters += sum(map(str.isalnum, child))
        else:
            letters += child.letters
            linked += child.linked
            blocks = blocks or child.holds_blocks or child.tag in BLOCKS
    return Element(tag, attributes, inside, letters, letters if tag == "a" else linked, blocks)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page."""

    body: Element
    head: Mapping[str, tuple[str, ...]]
    """What its head says: "title", "meta NAME", "link REL", and "json" for its JSON-LD."""
    hidden_words: int
    """How many words stood in elements that are never shown, scripts, forms and labels aside."""


@dataclass(slots=True)
class _Open:
    """An element that is being read."""

    tag: str
    attributes: dict[str, str]
    on_colour: bool
    children: list[Element | str]


def parse_html(text: str, name: str) -> Page:
    """The page in `text`; `name` is for the message.

    Raises:
        HostileFileError: it has more elements than any page, or more within one another.
    """
    from selectolax.lexbor import LexborHTMLParser  # lazily: a C library, and often not needed

    refuse_exhausting(text, name)
    parser = LexborHTMLParser(text)
    root = parser.root
    if root is None:
        return Page(element("body", {}, ()), {}, 0)
    head, style = _head_of(parser)
    builder = _Builder(style, name)
    body = builder.build(root)
    return Page(body, head, builder.hidden_words)


def _head_of(parser: object) -> tuple[dict[str, tuple[str, ...]], Style]:
    """What the head says, and what the page's own rules hide."""
    facts: dict[str, list[str]] = {}
    css = parser.css  # type: ignore[attr-defined]
    for node in css("title"):
        facts.setdefault("title", []).append(node.text())
    for node in css("meta[content]"):
        attributes = _attributes(node)
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if key:
            facts.setdefault(f"meta {key.strip().lower()}", []).append(attributes["content"])
    for node in css("link[rel][href]"):
        attributes = _attributes(node)
        facts.setdefault(f"link {attributes['rel'].lower()}", []).append(attributes["href"])
    for node in css("script[type]"):
        if _attributes(node)["type"].strip().lower() == "application/ld+json":
            facts.setdefault("json", []).append(node.text())
    style = style_of("\n".join(node.text() for node in css("style")))
    return {key: tuple(values) for key, values in facts.items()}, style


def _attributes(node: "LexborNode") -> dict[str, str]:
    return {name.lower(): value or "" for name, value in node.attributes.items()}


class _Builder:
    """Copies a parsed page into elements, from the outside in, without calling itself."""

    def __init__(self, style: Style, name: str) -> None:
        self.hidden_words = 0
        self._style = style
        self._name = name
        self._nodes = 0

    def build(self, root: "LexborNode") -> Element:
        opened = [_Open("body", {}, on_colour=False, children=[])]
        path: list[LexborNode] = []
        node: LexborNode | None = root.first_child
        while node is not None or path:
            if node is None:
                self._close(opened, len(path))
                node = path.pop().next
                continue
            self._count()
            if self._enters(node, opened, len(path) + 1):
                path.append(node)
                node = node.first_child
            else:
                node = node.next
        [body] = opened
        return element(body.tag, body.attributes, body.children)

    def _enters(self, node: "LexborNode", opened: list[_Open], depth: int) -> bool:
        """Takes a node in; whether its children are to be read next."""
        parent = opened[-1]
        if node.is_text_node:
            parent.children.append(node.text_content or "")
        if not node.is_element_node or node.tag in (None, "head"):
            return False
        tag, attributes = str(node.tag).lower(), _attributes(node)
        if is_hidden(tag, attributes, self._style, on_colour=parent.on_colour):
            self._hide(tag, attributes, node)
            return False
        if depth <= DEEPEST:
            on_colour = stands_on_colour(attributes, inherited=parent.on_colour)
            opened.append(_Open(tag, attributes, on_colour=on_colour, children=[]))
        return True

    def _close(self, opened: list[_Open], depth: int) -> None:
        if depth <= DEEPEST:
            done = opened.pop()
            opened[-1].children.append(element(done.tag, done.attributes, done.children))

    def _hide(self, tag: str, attributes: Mapping[str, str], node: "LexborNode") -> None:
        if tag not in NEVER_SHOWN and not is_for_screen_readers(attributes):
            self.hidden_words += len(node.text(separator=" ").split())

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise too_much(self._name)
