"""What every view of the page /shelf is made of: its frame, its fields, its links."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode, urlsplit

from assistant.ui.about import PageInfo
from assistant.ui.gate import LOOK, SHELF


def frame(about: PageInfo, title: str, body: str, *, up: str = ".", again: bool = False) -> str:
    """A whole page. `up`: the way from its address to the server's root.

    `again`: whether a browser without JavaScript should ask anew every two seconds.
    """
    anew = '<noscript><meta http-equiv="refresh" content="2"></noscript>' if again else ""
    by = f' <span class="top__by">at {escape(about.operator)}</span>' if about.operator else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"{anew}<title>{escape(title)} · {escape(about.name)}</title>"
        f'<link rel="icon" type="image/svg+xml" href="{up}{LOOK}/mark.svg">'
        f'<link rel="stylesheet" href="{up}{LOOK}/shelf.css">'
        f'<script src="{up}{LOOK}/shelf.js" defer></script></head><body>'
        '<a class="skip" href="#main">Skip to the shelf</a><header class="top">'
        f'<div class="top__in"><img class="top__mark" src="{up}{LOOK}/mark.svg" alt="" width="44"'
        f' height="44"><p class="top__name"><a href="{up}{SHELF}">{escape(about.name)}{by}</a></p>'
        f'<a class="top__ask" href="{up}/">Ask a question</a></div></header>'
        f'<main id="main"><h1>{escape(title)}</h1>{body}</main></body></html>'
    )


def to(**query: object) -> str:
    """The address of a view of this page, for an attribute."""
    asked = urlencode({name: str(value) for name, value in query.items()})
    return escape(f".{SHELF}?{asked}" if asked else f".{SHELF}")


def address(said: str) -> str:
    """An address as a link if it is one of the web, else as text: no other kind can be followed."""
    try:
        parts = urlsplit(said)
        web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        web = False
    if not web:
        return escape(said)
    return f'<a href="{escape(said)}" rel="noreferrer noopener nofollow">{escape(said)}</a>'


def form(action: str, csrf: str, inside: str, *, kind: str = "", files: bool = False) -> str:
    """A form that changes something; it proves that this page was its source."""
    shape = ' enctype="multipart/form-data"' if files else ""
    name = f' class="{kind}"' if kind else ""
    return (
        f'<form method="post" action=".{SHELF}/{action}"{shape}{name}>'
        f"{hidden('csrf', csrf)}{inside}</form>"
    )


def hidden(name: str, value: str) -> str:
    """A field nobody sees."""
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def button(words: str, kind: str = "") -> str:
    """What sends a form."""
    return f'<button class="button {kind}">{escape(words)}</button>'


def field(
    name: str, label: str, value: str, *, wrong: str = "", hint: str = "", kind: str = "text"
) -> str:
    """One line to type, with its label, a hint, and what is wrong with what was typed."""
    tied, said = _said(name, wrong, hint)
    return (
        f'<div class="field"><label for="{escape(name)}">{escape(label)}</label>'
        f'<input type="{kind}" id="{escape(name)}" name="{escape(name)}" value="{escape(value)}"'
        f"{tied}>{said}</div>"
    )


def choice(
    name: str, label: str, value: str, options: Mapping[str, str], *, wrong: str = ""
) -> str:
    """One of several, with its label."""
    tied, said = _said(name, wrong, "")
    listed = "".join(
        f'<option value="{escape(key)}"{" selected" if key == value else ""}>{escape(words)}'
        "</option>"
        for key, words in options.items()
    )
    return (
        f'<div class="field"><label for="{escape(name)}">{escape(label)}</label>'
        f'<select id="{escape(name)}" name="{escape(name)}"{tied}>{listed}</select>{said}</div>'
    )


def _said(name: str, wrong: str, hint: str) -> tuple[str, str]:
    """What stands below a field, and the attributes that tie it to the field."""
    words = wrong or hint
    if not words:
        return "", ""
    kind = "field__wrong" if wrong else "field__hint"
    invalid = ' aria-invalid="true"' if wrong else ""
    own = escape(f"{name}-said")
    return (
        f' aria-describedby="{own}"{invalid}',
        f'<p class="{kind}" id="{own}">{escape(words)}</p>',
    )


def several(number: int, one: str, many: str = "") -> str:
    """A number with its noun, e.g. "1 document", "1,200 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def items(lines: Iterable[str], kind: str) -> str:
    """A list of plain lines; nothing where there is none."""
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="{kind}">{listed}</ul>' if listed else ""


def pages_of(number: int, a_page: int) -> int:
    """Pages that so many things fill; at least one."""
    return max(1, -(-number // a_page))


def pager(page: int, pages: int, **query: object) -> str:
    """The way to the pages before and after; nothing where there is one page only."""
    if pages <= 1:
        return ""
    before = f'<a href="{to(**query, page=page - 1)}" rel="prev">Before</a>' if page > 1 else ""
    after = f'<a href="{to(**query, page=page + 1)}" rel="next">Next</a>' if page < pages else ""
    return (
        f'<nav class="pager" aria-label="Pages"><span>{before}</span>'
        f"<span>Page {page:,} of {pages:,}</span><span>{after}</span></nav>"
    )
