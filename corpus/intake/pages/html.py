"""A page of the web, read as an article or as a forum's thread."""

import re

from corpus.errors import NoTextError
from corpus.intake.draft import Draft
from corpus.intake.encodings import decoded
from corpus.intake.pages.facts import facts_of, without_byline
from corpus.intake.pages.main_part import main_part
from corpus.intake.pages.markup import Element, Page, parse_html
from corpus.intake.pages.posts import posts_of
from corpus.intake.pages.writer import markdown_of

_CHARSET = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s{0,9}=\s{0,9}[\"']?([\w-]{2,40})", re.I | re.A
)
_HEAD = 4096
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_FEW_WORDS = 5
"""Below this a page says nothing: its words are pictures, or a program writes them."""


def read_html(name: str, content: bytes, charset: str = "") -> Draft:
    """The text of a page, or its posts; `charset` is what its server says of its encoding.

    Raises:
        NoTextError: it says nothing by itself.
        UnknownFormatError: its encoding cannot be told.
        HostileFileError: it has more parts than any page.
    """
    text = decoded(content, name, charset or _charset_in(content))
    page = parse_html(text.text, name)
    posts = posts_of(page.body)
    main = main_part(page.body)
    facts = facts_of(page, page.body if posts else main.element)
    markdown = "" if posts else markdown_of(without_byline(main.element, facts))
    if not posts and _words(markdown) < _FEW_WORDS:
        raise NoTextError(
            f"{name} has no text of its own: its words are pictures, or a program puts them there. "
            "Copy them out of the browser into a .txt file."
        )
    return Draft(
        text=markdown,
        posts=posts,
        title=facts.title,
        author="" if posts else facts.author,
        published=facts.published,
        address=facts.address,
        remarks=(*text.remarks, *_remarks(page, 0 if posts else main.comments)),
    )


def _charset_in(content: bytes) -> str:
    """What a page itself says of its encoding, or ""."""
    found = _CHARSET.search(content, 0, _HEAD)
    return found[1].decode("ascii") if found else ""


def _words(markdown: str) -> int:
    """How many words there are; a letter of a script without blanks counts as one."""
    return len(markdown.split()) + len(_UNSPACED.findall(markdown))


def _remarks(page: Page, comments: int) -> tuple[str, ...]:
    remarks = []
    if page.hidden_words:
        remarks.append(f"{page.hidden_words} words that the page hides were left out.")
    if comments:
        remarks.append("Readers' comments below the text were left out.")
    return tuple(remarks)


def markdown_of_fragment(text: str, name: str) -> str:
    """Markdown of HTML that is all text: what a word processor, a book or a forum wrote.

    Raises:
        HostileFileError: it has more parts than any page.
    """
    return markdown_of(_whole(text, name))


def _whole(text: str, name: str) -> Element:
    return parse_html(text, name).body
