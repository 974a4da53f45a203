"""What a page says of itself: title, author, date, address. What it does not say stays unsaid."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from corpus.intake.guesses import iso_date, short_title
from corpus.intake.pages.main_part import names_of, without
from corpus.intake.pages.markup import Element, Page
from corpus.intake.pages.writer import words_of
from corpus.intake.tidy import one_line

_SITE_NAME = re.compile(r"\s+(?:[|–—»·•]|::|-)\s+")
_RE = re.compile(r"(?:re|aw|fwd?)\s*:\s*", re.IGNORECASE)
_BY = re.compile(r"(?:written |posted |words )?by:?\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|@|\d{3}", re.IGNORECASE)
_MAY_BE_BYLINE = frozenset({"p", "div", "span", "time", "address", "small", "em", "li"})
_LONGEST_BYLINE = 120
_DATE_WORDS = re.compile(
    r"\b(?:by|written|posted|published|updated|last|on|at|in|from|author|date|words|minutes?|mins?"
    r"|read|reading|time|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|am|pm|st|nd"
    r"|rd|th|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|gmt|utc|bst)\b|\d+(?:st|nd|rd|th)?",
)
_LONGEST_NAME = 80
_DEEPEST_JSON = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; "" where it says nothing."""

    title: str
    author: str
    published: str
    address: str


def facts_of(page: Page, text: Element) -> Facts:
    """The facts of a page whose text stands in `text`."""
    told = list(_told(page.head))
    return Facts(
        title=_title(page, text, told),
        author=_author(page, text, told),
        published=_published(page, text, told),
        address=_address(page.head),
    )


def without_byline(text: Element, facts: Facts) -> Element:
    """A text without the lines that only say who wrote it and when: those are no sentences."""
    names = [each for each in facts.author.lower().split(", ") if each]

    def is_byline(each: Element) -> bool:
        if each.tag not in _MAY_BE_BYLINE or each.letters > _LONGEST_BYLINE:
            return False
        words = left = words_of(each).lower()
        for name in names:
            left = left.replace(name, " ")
        told = left != words or bool(iso_date(words)) or any(e.tag == "time" for e in each.walk())
        return told and not any(map(str.isalpha, _DATE_WORDS.sub(" ", left)))

    return without(text, is_byline) if names or facts.published else text


def _title(page: Page, text: Element, told: list[Mapping[str, object]]) -> str:
    headings = [words_of(each) for each in text.walk() if each.tag == "h1"]
    headings = [each for each in headings if each]
    named = page.head.get("title", ("",))[0]
    choices = [
        *(headings if len(headings) == 1 else ()),
        *(str(each["headline"]) for each in told if isinstance(each.get("headline"), str)),
        *page.head.get("meta og:title", ()),
        *headings[:1],
        max(_SITE_NAME.split(one_line(named))[:1], key=len),
    ]
    return next((t for c in choices if (t := short_title(_RE.sub("", c.strip(), count=1)))), "")


def _author(page: Page, text: Element, told: list[Mapping[str, object]]) -> str:
    choices = [
        *(_names_in(each.get("author")) for each in told),
        *page.head.get("meta author", ()),
        *page.head.get("meta article:author", ()),
        *page.head.get("meta dc.creator", ()),
        *page.head.get("meta parsely-author", ()),
        *(words_of(each) for each in text.walk() if _says_author(each)),
    ]
    for choice in choices:
        name = _BY.sub("", one_line(choice), count=1).strip(" ,|·")
        if name and len(name) <= _LONGEST_NAME and not _NO_NAME.search(name):
            return name
    return ""


def _says_author(element: Element) -> bool:
    attributes = element.attributes
    return (
        attributes.get("rel", "").lower() == "author"
        or attributes.get("itemprop", "").lower() == "author"
        or (bool(names_of(element) & {"byline", "author-name"}) and _begins_by(element))
    )


def _begins_by(element: Element) -> bool:
    return bool(_BY.match(words_of(element)))


def _published(page: Page, text: Element, told: list[Mapping[str, object]]) -> str:
    keys = (
        "article:published_time",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "date",
        "pubdate",
        "publish-date",
    )
    times = [each for each in text.walk() if each.tag == "time"]
    props = [e for e in text.walk() if e.attributes.get("itemprop", "").lower() == "datepublished"]
    choices = [
        *(str(each.get("datePublished", "")) for each in told),
        *(value for key in keys for value in page.head.get(f"meta {key}", ())),
        *(
            e.attributes.get("content") or e.attributes.get("datetime") or words_of(e)
            for e in props
        ),
        *(each.attributes.get("datetime") or words_of(each) for each in times),
    ]
    return next((found for choice in choices if (found := iso_date(choice))), "")


def _address(head: Mapping[str, tuple[str, ...]]) -> str:
    choices = (*head.get("link canonical", ()), *head.get("meta og:url", ()))
    return next((c.strip() for c in choices if re.match(r"https?://[^\s<>\"]+\Z", c.strip())), "")


def _told(head: Mapping[str, tuple[str, ...]]) -> Iterator[Mapping[str, object]]:
    """Whatever the page's JSON-LD says of an article or a post."""
    for source in head.get("json", ()):
        try:
            read: object = json.loads(source)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(read, _DEEPEST_JSON)


def _articles_in(read: object, depth: int) -> Iterator[Mapping[str, object]]:
    if isinstance(read, list) and depth:
        for each in cast("list[object]", read):
            yield from _articles_in(each, depth - 1)
    elif isinstance(read, dict) and depth:
        if re.search(r"Article|Posting|Report|WebPage", str(read.get("@type", ""))):
            yield read
        yield from _articles_in(read.get("@graph"), depth - 1)


def _names_in(read: object) -> str:
    if isinstance(read, list):
        return ", ".join(name for each in read if (name := _names_in(each)))
    if isinstance(read, dict):
        read = read.get("name")
    return read if isinstance(read, str) else ""
