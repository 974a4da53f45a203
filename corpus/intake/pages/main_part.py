"""Which part of a page is the text somebody came for: menus, banners and teasers are left out.

Told by what browsers' reader views go by: elements that say what they are (nav, footer, role),
names of classes that say it in words, and lists that are all links. Nothing that holds a good part
of the page is ever left out on account of a name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.intake.pages import markup
from corpus.intake.pages.markup import Element

_TAGS = frozenset({"nav", "footer", "aside", "menu", "search"})
_ROLES = frozenset(
    """alert alertdialog banner complementary contentinfo dialog menu menubar navigation search
    tablist toolbar tooltip""".split()
)
_NAMES = frozenset(
    """ad ads advert advertisement advertisements adsbygoogle banner breadcrumb breadcrumbs cookie
    cookies consent gdpr ccpa footer masthead menu modal nav navbar navigation newsletter-signup
    pager pagination popup promo promoted recommended related related-posts sharedaddy share
    sharing share-buttons sidebar skip social socials sponsor sponsored subscribe subscription
    tag-cloud tags toc toolbar widget widgets outbrain taboola author-box byline-box read-next
    more-stories trending most-read print-button donate signup sign-up login""".split()
)
_COMMENTS = frozenset({"comments", "comment-list", "commentlist", "respond", "disqus_thread"})
_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.IGNORECASE)
_OF_THE_SITE = re.compile(
    r"best viewed (?:in|with|at|using)|you are (?:the )?visitor (?:number|no)|visitors since"
    r"|(?:page|site) (?:is |was )?(?:proudly )?hosted\b.*\bby\b|get your own (?:free )?(?:web)?page"
    r"|sign (?:our|my|the) guest ?book",
    re.IGNORECASE | re.DOTALL,
)
_FEW_LETTERS = 90
_NEVER = frozenset({"body", "html", "main", "article", "h1"})
_LARGE_PART = 0.4
"""Share of a page's letters; what holds more is the text, whatever it is called."""
_ENOUGH = 0.5
"""Share of the letters left that a marked main part must hold to be taken for all of it."""
_LINKS = 0.7
"""Share of letters in links from which a block is a menu."""
_LINKS_OF_SMALL = 0.5
_SMALL_BLOCK = 300
"""Letters of a block that is a menu already with this lesser share: others greet beside it."""
_FEWEST_LINKS = 3
_MAY_BE_MENU = frozenset({"ul", "ol", "div", "section", "table", "tr", "td", "p", "center"})
_SHORT_LINK = 60
"""Characters of a menu's links, at the median."""


@dataclass(frozen=True, slots=True)
class MainPart:
    """What is left of a page."""

    element: Element
    comments: int
    """Letters of readers' comments that were left out."""


def main_part(body: Element) -> MainPart:
    """The part of a page that is its text."""
    whole = body.letters
    comments = [each for each in body.walk() if _names_of(each) & _COMMENTS]
    left = without(body, lambda each: _is_beside(each, whole))
    return MainPart(_marked_part(left) or left, sum(each.letters for each in comments))


def without(element: Element, left_out: Callable[[Element], bool]) -> Element:
    """A copy of an element without whatever within it is `left_out`."""
    children = tuple(
        child if isinstance(child, str) else without(child, left_out)
        for child in element.children
        if isinstance(child, str) or not left_out(child)
    )
    return markup.element(element.tag, element.attributes, children)


def names_of(element: Element) -> set[str]:
    """Lower-case words of an element's classes and id: each whole, and what its hyphens join."""
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    names = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names).lower().replace("_", "-")
    return {part for whole in _WORDS.findall(names) for part in (whole, *whole.split("-"))}


def _names_of(element: Element) -> set[str]:
    """Whole names only: "has-comments" is a page with comments, not those."""
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    return set(names.lower().split())


def _is_beside(element: Element, whole: int) -> bool:
    """Whether an element stands beside the text: a menu, a banner, comments, a list of links."""
    if element.tag in _NEVER:
        return False
    if _names_of(element) & _COMMENTS:
        return True
    named = (
        element.tag in _TAGS
        or element.attributes.get("role", "").strip().lower() in _ROLES
        or bool(names_of(element) & _NAMES)
        or (element.tag == "header" and not _has_title(element))
    )
    if _is_of_the_site(element):
        return True
    if not (named or _is_menu(element)):
        return False
    return element.letters <= _LARGE_PART * whole or element.tag in ("nav", "footer")


def _has_title(element: Element) -> bool:
    return any(each.tag in ("h1", "h2", "time") for each in element.walk())


def _is_of_the_site(element: Element) -> bool:
    """Whether a few words speak of the site and how to look at it, as on home pages of old."""
    return 0 < element.letters <= _FEW_LETTERS and bool(_OF_THE_SITE.search(element.words()))


def _is_menu(element: Element) -> bool:
    """Whether a list or block is little else than short links."""
    share = _LINKS if element.tag == "p" or element.letters > _SMALL_BLOCK else _LINKS_OF_SMALL
    if element.tag not in _MAY_BE_MENU or element.linked <= share * element.letters:
        return False
    links = sorted(len(" ".join(e.words().split())) for e in element.walk() if e.tag == "a")
    return len(links) >= _FEWEST_LINKS and links[len(links) // 2] <= _SHORT_LINK


def _marked_part(body: Element) -> Element | None:
    """What the page itself marks as its text, if that is most of it."""
    least = _ENOUGH * body.letters
    marked = [each for each in body.walk() if _is_marked(each) and each.letters >= least]
    return min(marked, key=lambda each: each.letters, default=None)


def _is_marked(element: Element) -> bool:
    return (
        element.tag in ("main", "article")
        or element.attributes.get("role", "").lower() == "main"
        or element.attributes.get("itemprop", "").lower() == "articlebody"
    )
