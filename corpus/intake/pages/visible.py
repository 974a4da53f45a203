"""Which elements of a page its reader never sees. Instructions to programs like to hide in those.

The rules are those by which a browser shows nothing: elements that hold no text to read, the
`hidden` attribute, and declarations in `style` attributes and simple style rules. A name for
"only for screen readers" counts as hidden too, since such words label buttons and links.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

NEVER_SHOWN = frozenset(
    """area audio base button canvas col colgroup datalist embed frame frameset iframe input link
    map math meta meter nextid noembed noframes noscript object optgroup option param progress rp
    rt script select source style svg template textarea track video xmp applet basefont bgsound
    command content dialog keygen menuitem output picture portal shadow slot""".split()
)
_HIDING_NAMES = frozenset(
    """d-none hidden hide invisible is-hidden sr-only screen-reader-text screenreader skip-link
    skiplink u-hidden visually-hidden visuallyhidden""".split()
)
_HIDING = re.compile(
    r"""display\s*:\s*none
    |visibility\s*:\s*(?:hidden|collapse)
    |opacity\s*:\s*(?:0++(?:\.0*+)?+|\.0++)\s*(?:%|;|!|$)
    |font-size\s*:\s*(?:0(?:px|pt|em|rem|%)?|0*+\.[0-2]\d*+(?:em|rem)|[01](?:\.\d+)?(?:px|pt|%))\s*(?:;|!|$)
    |(?:left|right|top|bottom|text-indent|margin(?:-\w+)?)\s*:\s*-\d{3,}
    |clip\s*:\s*rect\(\s*0\w*[\s,]+0\w*[\s,]+0
    |clip-path\s*:\s*inset\(\s*(?:50|100)%
    |transform\s*:[^;]{0,200}?scale\(\s*0\s*\)
    |(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$)
    |(?:^|[;{\s])color\s*:\s*transparent""",
    re.VERBOSE | re.IGNORECASE,
)
_FLAT_ONLY = re.compile(r"overflow(?:-[xy])?\s*:\s*hidden|position\s*:\s*absolute", re.IGNORECASE)
_FLAT = re.compile(r"(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$)", re.IGNORECASE)
_WHITE = r"(?:#fff(?:fff)?\b|#f[ef]f[ef]f[ef]\b|white\b|rgba?\(\s*25[45][\s,]+25[45][\s,]+25[45])"
_WHITE_INK = re.compile(rf"(?:^|[;\s])color\s*:\s*{_WHITE}", re.IGNORECASE)
_PAPER = re.compile(r"background(?:-color|-image)?\s*:\s*([^;]+)", re.IGNORECASE)
_PALE = re.compile(rf"\s*(?:{_WHITE}|transparent|none|inherit|initial)", re.IGNORECASE)
_LONGEST_SELECTOR, _LONGEST_RULE = 400, 2_000
_SIMPLE_NAME = re.compile(r"[a-z0-9]*([.#][\w-]+)\Z", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\0{0,4}([0-9a-f]{2})(?:\s|(?![0-9a-f]))", re.IGNORECASE)
"""A letter by its number: "d\69splay". Only ASCII ones can spell a property."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a page's own style rules hide, as far as they are simple (".note", "#plant")."""

    hiding: frozenset[str] = frozenset()
    """Names with their mark: ".note" for a class, "#plant" for an id."""


def style_of(sheets: str) -> Style:
    """Reads the text of a page's style elements."""
    hiding = set()
    for rule in _COMMENT.sub("", sheets).split("}"):
        head, _, body = rule.rpartition("{")
        if len(body) <= _LONGEST_RULE and _hides(body):
            for selector in head.rpartition("{")[2][-_LONGEST_SELECTOR:].split(","):
                match = _SIMPLE_NAME.fullmatch(selector.strip())
                if match:
                    hiding.add(match.group(1).lower())
    return Style(frozenset(hiding))


def is_hidden(tag: str, attributes: Mapping[str, str], style: Style, *, on_colour: bool) -> bool:
    """Whether a browser would show nothing of an element.

    Args:
        tag: its name in lower case.
        attributes: its attributes, names in lower case.
        style: what the page's own rules hide.
        on_colour: whether it stands on a coloured ground, where white letters can be read.
    """
    if tag in NEVER_SHOWN or "hidden" in attributes:
        return True
    if attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    if is_for_screen_readers(attributes) or _names(attributes) & style.hiding:
        return True
    inline = _COMMENT.sub("", attributes.get("style", ""))
    if _hides(inline):
        return True
    white = _WHITE_INK.search(inline) or re.match(_WHITE, attributes.get("color", ""), re.I)
    return bool(white) and not (on_colour or stands_on_colour(attributes))


def is_for_screen_readers(attributes: Mapping[str, str]) -> bool:
    """Whether an element is hidden by the name that pages give to labels read out aloud."""
    return bool(_names(attributes) & _HIDING_NAMES_MARKED)


def stands_on_colour(attributes: Mapping[str, str], *, inherited: bool = False) -> bool:
    """Whether an element's own ground is coloured; without one, that of what it stands in."""
    ground = attributes.get("bgcolor", "")
    match = _PAPER.search(attributes.get("style", ""))
    ground = match.group(1) if match else ground
    if not ground.strip():
        return inherited or "background" in attributes
    return not _PALE.match(ground)


def _hides(declarations: str) -> bool:
    declarations = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), declarations)
    for match in _HIDING.finditer(declarations):
        if not _FLAT.fullmatch(match.group().strip()) or _FLAT_ONLY.search(declarations):
            return True
    return False


def _names(attributes: Mapping[str, str]) -> set[str]:
    names = {f".{name.lower()}" for name in attributes.get("class", "").split()}
    if attributes.get("id"):
        names.add(f"#{attributes['id'].lower()}")
    return names


_HIDING_NAMES_MARKED = frozenset(f".{name}" for name in _HIDING_NAMES)
