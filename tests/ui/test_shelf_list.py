"""What everybody reads at /shelf: every document, every passage, nothing but text."""

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.about import PageInfo, render_hero, render_standing_line
from assistant.ui.shelf_html import address, frame
from assistant.ui.shelf_keeper import ShelfDocument
from assistant.ui.shelf_list import (
    DOCUMENTS_A_PAGE,
    PASSAGES_AT_ONCE,
    listing,
    render_document,
    render_list,
)
from assistant.ui.shelf_passages import PASSAGES_A_PAGE, render_passages
from corpus import DocumentKind, Span, TrustTier
from index import Passage, PassageSentence
from tests.ui.shelf import DOCUMENTS
from tests.ui.shelf_keeping import CALVES, DAY, THREAD, cut, document, furnished
from tests.ui.test_render import Read, values

NASTY = """</title><script>alert(1)</script>"onmouseover='alert(2)' <img src=x onerror=alert(3)>"""
TAGS = frozenset(
    "html head title body header main nav section form label input button h1 h2 p a ol ul li div dl"
    " dt dd span b details summary".split()
)


class Page(Read):
    """A whole page or a part of one; tags without an end are let through."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag in {"meta", "link", "input", "img"}:
            self.open.pop()


def many(number: int) -> list[ShelfDocument]:
    return [document(f"d-{n}", title=f"Document {n}") for n in range(number)]


def long_text(sections: int) -> tuple[Passage, ...]:
    text = "".join(f"## Part {n}\n\nWords of part {n}.\n\n" for n in range(sections))
    return cut(document(), text)


@given(st.integers(0, 45), st.integers(-3, 12))
def test_every_document_stands_on_exactly_one_page(number: int, page: int) -> None:
    documents = many(number)
    pages = listing(documents, "", 1).pages
    shown = [each for n in range(1, pages + 1) for each in listing(documents, "", n).documents]
    assert shown == documents
    there = listing(documents, "", page)
    assert 1 <= there.page <= pages
    assert len(there.documents) <= DOCUMENTS_A_PAGE


@given(st.text(max_size=300))
def test_a_search_finds_what_holds_all_of_its_words(search: str) -> None:
    documents = [document("a", title="Calf care"), document("b", title="Hills", author="C. Alf")]
    found = listing(documents, search, 1)
    words = search[:200].casefold().split()
    for each in documents:
        said = each.details
        text = f"{said.title} {said.author} {said.address} {said.kind} {each.id}".casefold()
        assert (each in found.documents) == all(word in text for word in words)


def test_the_list_of_ten_thousand_documents_is_one_small_page() -> None:
    html = render_list(listing(many(10_000), "", 500), lambda _: long_text(2))
    assert html.count('class="card"') == DOCUMENTS_A_PAGE
    assert len(html) < 60_000
    assert "Page 500 of 1,000" in html
    assert "10,000 documents." in html


def test_the_first_passages_are_folded_away_and_the_others_a_link_away() -> None:
    shown = listing([document()], "", 1)
    html = render_list(shown, lambda _: long_text(PASSAGES_AT_ONCE + 3))
    assert html.count("passage__text") == PASSAGES_AT_ONCE
    assert f"All {PASSAGES_AT_ONCE + 3} passages" in html
    assert "All" not in render_list(shown, lambda _: long_text(PASSAGES_AT_ONCE))


def test_a_document_is_described_in_plain_words() -> None:
    relay = document(
        title="Cramp at the relay",
        kind=DocumentKind.FORUM_THREAD,
        tier=TrustTier.FORUM,
        author="a runner",
        published="2019-05-31",
        address="https://forum.example/relay",
    )
    text = Read(render_document(relay, cut(relay, THREAD))).text
    for said in (
        "Forum thread",
        "A runner telling other runners what they did; nobody checked it.",
        "a runner",
        "2019-05-31",
        "https://forum.example/relay",
        "its author’s own words",
        "26 November 2026",
        "2 passages, as the index sees them",
        "My calf locked solid on the third leg of the relay. Anybody else had that?",
        "Same here last spring.",
    ):
        assert said in text
    ours = render_document(document(own=False), ())
    assert "our summary, not its author’s words" in ours
    assert "author, date, address" in ours


def test_what_is_for_the_operator_is_shown_to_nobody_else() -> None:
    private = replace(document(), origin="file:there/notes.md", remarks=("2 links were dropped",))
    for operator in (True, False):
        html = render_document(private, (), operator=operator)
        html += render_list(listing([private], "", 1), lambda _: (), operator=operator)
        for said in ("notes.md", "2 links were dropped", "edit=", "remove="):
            assert (said in html) == operator
    bundled = render_document(document(own=False), (), operator=True)
    assert "cannot be changed here" in bundled
    assert "edit=" not in bundled


def test_every_passage_has_a_link_that_leads_to_it() -> None:
    passages = long_text(PASSAGES_A_PAGE * 2 + 5)
    for number in (0, PASSAGES_A_PAGE - 1, PASSAGES_A_PAGE, len(passages) - 1):
        span = passages[number].span
        at = f"{span.start}-{span.end}"
        html = render_document(document(), passages, at=at)
        assert f'<div class="passage passage--pointed" id="p-{at}">' in html
        assert unescape(html).count(f"?document=calf-care&passage={at}#p-{at}") == 1
        assert "has been cut anew" not in html
        assert f"Words of part {number}." in html
    ids = values(Page(html), "id")
    assert len(ids) == len(set(ids)) == 5


def test_a_link_survives_a_passage_that_is_cut_otherwise() -> None:
    passages = long_text(3)
    start = passages[1].span.start
    html = render_document(document(), passages, at=f"{start}-{start + 4}")
    assert "has been cut anew" in html
    assert f'passage--pointed" id="p-{start}-' in html


@pytest.mark.parametrize("at", ["99999999-5", "x", "-", "1e3-2", "9" * 400, "²-3"])
def test_a_link_to_nothing_says_so(at: str) -> None:
    html = render_document(document(), long_text(3), at=at)
    assert "no longer here" in html
    assert "pointed" not in html


def test_a_document_that_is_not_in_the_index_says_so() -> None:
    assert "does not hold this document yet" in render_document(document(), None)
    assert "does not hold this document yet" in render_list(
        listing([document()], "", 1), lambda _: None
    )


def test_a_numbered_procedure_shows_every_number() -> None:
    text = "## Steps\n\n1. Stand still.\n2. Breathe out. Then in.\n3. Walk.\n"
    made = document()
    (passage,) = cut(made, text)
    html = render_passages([passage])
    for line in ("Stand still.", "Breathe out. Then in.", "Walk."):
        assert f">{line}</li>" in html
    assert re.findall(r'value="(\d)"', html) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("said", "linked"),
    [
        ("https://club.example/a?b=1&c=2", True),
        ("HTTP://club.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//club.example", False),
        ("https://", False),
        ("http://[", False),
        ("club newsletter, spring 2019", False),
        (' https://club.example" onclick="alert(1)', True),
    ],
)
def test_only_addresses_of_the_web_become_links(said: str, linked: bool) -> None:
    read = Read(address(said))
    assert ("a" in read.tags) == linked
    assert read.text == said
    assert not [name for name, _ in read.attributes if name.startswith("on")]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=80))
def test_whatever_is_on_the_shelf_stays_text(said: str) -> None:
    said = said or NASTY
    hostile = replace(
        document(said, title=said, author=said, address=said, published=said),
        origin=said,
        remarks=(said,),
    )
    span = Span(said, 0, len(said))
    passage = Passage(
        span,
        said,
        said,
        hostile.details.kind,
        hostile.details.tier,
        hostile.wording,
        said,
        said,
        (PassageSentence(span, said, None),),
    )
    body = render_document(hostile, [passage], operator=True)
    body += render_list(listing([hostile], "", 1), lambda _: [passage], operator=True)
    page = Page(frame(PageInfo(name=said, operator=said), said, body))
    assert page.open == []
    assert set(page.tags) <= TAGS | {"meta", "link", "img", "script"}
    assert page.tags.count("script") == 1
    assert page.tags.count("img") == 1
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert not [v for v in values(page, "href") if v.lower().startswith(("javascript", "data:"))]


def test_the_first_page_leads_to_the_shelf_where_there_is_one() -> None:
    shown = PageInfo(documents=DOCUMENTS * 9, shelf_page=True)
    for html in (render_standing_line(shown), render_hero(shown, ())):
        assert 'href="./shelf"' in html
    assert render_hero(shown, ()).count("shelf__title") == 12
    hidden = PageInfo(documents=DOCUMENTS * 9)
    assert "./shelf" not in render_standing_line(hidden) + render_hero(hidden, ())
    assert render_hero(hidden, ()).count("shelf__title") == 27


def test_the_shelf_in_memory_is_what_the_page_is_tried_with() -> None:
    keeper = furnished(2)
    assert [each.own for each in keeper.documents()] == [False, False, True, True]
    assert keeper.documents()[2].added == DAY
    assert "Riverside" in CALVES
