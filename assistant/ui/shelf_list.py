"""What everybody may read: the documents on the shelf, with their passages in the index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from assistant.ui import words
from assistant.ui.gate import SHELF
from assistant.ui.shelf_html import address, items, pager, pages_of, several, to
from assistant.ui.shelf_keeper import UNKNOWN, ShelfDocument
from assistant.ui.shelf_passages import (
    PASSAGES_A_PAGE,
    link_note,
    place_of,
    render_passages,
)
from corpus import DocumentKind, Wording
from index import Passage

DOCUMENTS_A_PAGE = 10
PASSAGES_AT_ONCE = 4
"""Passages shown under a document in the list, before one has to follow a link."""
LONGEST_SEARCH = 200
"""Characters of a search that are looked at."""

PassagesOf = Callable[[str], Sequence[Passage] | None]

_NOT_YET = (
    '<p class="small">The index does not hold this document yet, or is still loading. Look again in'
    " a minute.</p>"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of what was found."""

    documents: tuple[ShelfDocument, ...]
    found: int
    of: int
    """Documents on the whole shelf."""
    search: str
    page: int
    """From 1."""

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return pages_of(self.found, DOCUMENTS_A_PAGE)


def listing(documents: Sequence[ShelfDocument], search: str, page: int) -> Listing:
    """The documents that hold every word of `search` in title, author, address or kind.

    A page that does not exist becomes the nearest that does.
    """
    search = " ".join(search[:LONGEST_SEARCH].split())
    wanted = search.casefold().split()
    found = [each for each in documents if all(word in _searched(each) for word in wanted)]
    page = min(max(page, 1), pages_of(len(found), DOCUMENTS_A_PAGE))
    start = (page - 1) * DOCUMENTS_A_PAGE
    shown = tuple(found[start : start + DOCUMENTS_A_PAGE])
    return Listing(shown, len(found), len(documents), search, page)


def _searched(document: ShelfDocument) -> str:
    said = document.details
    return f"{said.title} {said.author} {said.address} {said.kind} {document.id}".casefold()


def render_list(shown: Listing, passages_of: PassagesOf, *, operator: bool = False) -> str:
    """A page of documents with a search above and the way on below."""
    cards = "".join(
        f'<li class="card">{_card(each, operator)}{_folded(each, passages_of(each.id))}</li>'
        for each in shown.documents
    )
    listed = f'<ol class="cards">{cards}</ol>' if cards else ""
    query = {"q": shown.search} if shown.search else {}
    return f"{_search(shown)}{listed}{pager(shown.page, shown.pages, **query)}"


def _search(shown: Listing) -> str:
    if shown.search:
        found = f"{several(shown.found, 'document')} of {shown.of:,} with “{escape(shown.search)}”."
        found += f' <a href="{to()}">Show all</a>'
    else:
        found = f"{several(shown.of, 'document')}." if shown.of else "The shelf is empty."
    return (
        f'<form class="search" role="search" method="get" action=".{SHELF}">'
        '<label for="q">Find a document</label><div class="search__line">'
        f'<input type="search" id="q" name="q" maxlength="{LONGEST_SEARCH}"'
        f' value="{escape(shown.search)}"><button class="button">Find</button></div></form>'
        f'<p class="found">{found}</p>'
    )


def _card(document: ShelfDocument, operator: bool) -> str:
    """Head of a document in the list."""
    title = (
        f'<h2 class="card__title"><a href="{to(document=document.id)}">'
        f"{escape(document.details.title)}</a></h2>"
    )
    return f"{_badge(document)}{title}{_facts(document, operator)}{_tools(document, operator)}"


def _badge(document: ShelfDocument) -> str:
    article = document.details.kind is DocumentKind.ARTICLE
    kind, label = ("article", "Article") if article else ("forum", "Forum thread")
    return f'<p class="card__kind"><span class="badge badge--{kind}">{label}</span></p>'


def _facts(document: ShelfDocument, operator: bool) -> str:
    """Who, when, where, whose words, how far to trust it."""
    said = document.details
    ours = document.wording is Wording.OUR_SUMMARY
    asked = (
        ("Author", "author", said.author, escape(said.author)),
        ("Published", "date", said.published, escape(said.published)),
        ("Address", "address", said.address, address(said.address)),
    )
    rows = [(name, shown) for name, _, value, shown in asked if value != UNKNOWN]
    if missing := ", ".join(what for _, what, value, _ in asked if value == UNKNOWN):
        rows.append(("Not known", missing))
    whose = "our summary, not its author’s words" if ours else "its author’s own words"
    rows.append(("Wording", whose))
    if document.added:
        rows.append(("Added", escape(words.day(document.added))))
    if operator and document.origin:
        rows.append(("Read from", escape(document.origin)))
    listed = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    remarks = items(document.remarks, "remarks") if operator else ""
    return f'<p class="tier">{escape(words.tier_note(said.tier))}</p><dl>{listed}</dl>{remarks}'


def _tools(document: ShelfDocument, operator: bool) -> str:
    if not operator:
        return ""
    if not document.own:
        return '<p class="small">Came with Soleus; it cannot be changed here.</p>'
    about = escape(document.details.title)
    return (
        f'<p class="tools"><a class="button" href="{to(edit=document.id)}">Edit'
        f'<span class="sr-only"> “{about}”</span></a>'
        f'<a class="button button--grave" href="{to(remove=document.id)}">Remove'
        f'<span class="sr-only"> “{about}”</span></a></p>'
    )


def _folded(document: ShelfDocument, passages: Sequence[Passage] | None) -> str:
    """The first passages, behind a fold."""
    if passages is None:
        return _NOT_YET
    rest = len(passages) - PASSAGES_AT_ONCE
    more = (
        f'<p><a href="{to(document=document.id)}">All {several(len(passages), "passage")}</a></p>'
        if rest > 0
        else ""
    )
    about = f'<span class="sr-only"> of “{escape(document.details.title)}”</span>'
    return (
        f"<details><summary>{several(len(passages), 'passage')}{about}</summary>"
        f"{render_passages(passages[:PASSAGES_AT_ONCE])}{more}</details>"
    )


def render_document(
    document: ShelfDocument,
    passages: Sequence[Passage] | None,
    *,
    page: int = 1,
    at: str = "",
    operator: bool = False,
) -> str:
    """One document with its passages. `at`: where the passage stands that a link points to, as
    "120-480"; it decides the page, also when passages were cut anew since the link was made.
    """
    head = f'<div class="card">{_badge(document)}{_facts(document, operator)}'
    head += f"{_tools(document, operator)}</div>"
    back = f'<p class="back"><a href="{to()}">All documents</a></p>'
    if passages is None:
        return f"{back}{head}{_NOT_YET}"
    place = place_of(passages, at)
    pages = pages_of(len(passages), PASSAGES_A_PAGE)
    page = place // PASSAGES_A_PAGE + 1 if place is not None else min(max(page, 1), pages)
    start = (page - 1) * PASSAGES_A_PAGE
    shown = render_passages(
        passages[start : start + PASSAGES_A_PAGE],
        named=True,
        pointed=None if place is None else passages[place],
    )
    way = pager(page, pages, document=document.id)
    count = several(len(passages), "passage")
    return (
        f"{back}{head}<h2>{count}, as the index sees them</h2>{link_note(passages, place, at)}"
        f"{shown}{way}"
    )
