"""The frame, for websites that allow no scripts: it works, also where nothing may be stored."""

import httpx
import pytest
from playwright.sync_api import Locator, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import BODY, FRAME, House
from tests.assistant.widget.visiting import Visitor, begin
from tests.ui import scripted

pytestmark = pytest.mark.browser
NO_STORAGE = """
for (const name of ["sessionStorage", "localStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
}
"""


def page_with_frame(house: House, path: str = "/", query: str = "") -> str:
    style = "width: 100%; height: 640px; border: 0"
    address = f"{house.url}{FRAME}{query}"
    frame = f'<iframe src="{address}" title="Ask about calf pain" style="{style}"></iframe>'
    return house.put(frame, body=BODY, path=path)


def use(chat: Locator) -> None:
    """Asks, looks at a source, and asks on."""
    begin(chat, "hot calf")
    expect(looking.sources(chat)).to_have_count(8)
    expect(looking.calls(chat)).to_have_count(2)
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_have_text(scripted.RELEASE.sentences[0].text)
    looking.back(chat).click()
    begin(chat, "echo and now")
    expect(chat).to_contain_text("hot calf / echo and now")


def test_in_a_frame_it_is_there_at_once_and_fills_it(visit: Visitor, house: House) -> None:
    page = visit(page_with_frame(house))
    chat = page.frame_locator("iframe").locator("body")
    expect(chat).to_contain_text("What’s up with your calf?")
    expect(looking.question(chat)).to_be_in_viewport(ratio=1)
    expect(looking.close(chat)).to_have_count(0)
    use(chat)
    assert page.frames[1].evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    assert page.frames[1].evaluate("localStorage.length") == 0


def test_its_words_are_the_website_s_and_nobody_s_who_only_links_to_it(
    visit: Visitor, house: House
) -> None:
    query = "?title=Ask+the+Lamplighters&greeting=Hello+from+the+track&theme=dark"
    page = visit(page_with_frame(house, "/worded", query))
    inside = page.frame_locator("iframe").locator("body")
    expect(inside).to_contain_text("Ask the Lamplighters")
    expect(inside).to_contain_text("Hello from the track")
    linked = visit(f"{house.url}{FRAME}{query}").locator("body")
    expect(linked).to_contain_text("What’s up with your calf?")
    expect(linked).not_to_contain_text("Lamplighters")
    expect(linked).not_to_contain_text("Hello from the track")


def test_it_works_where_nothing_may_be_stored(visit: Visitor, house: House) -> None:
    page = visit(page_with_frame(house), script=NO_STORAGE)
    use(page.frame_locator("iframe").locator("body"))


def test_the_bubble_works_where_nothing_may_be_stored(visit: Visitor, house: House) -> None:
    page = visit(house.put(path="/bubble"), script=NO_STORAGE)
    use(looking.opened(page))


def test_on_a_website_that_is_not_on_the_list_the_browser_shows_no_frame(
    visit: Visitor, house: House
) -> None:
    page_with_frame(house, "/framed")
    page = visit(f"{house.club.elsewhere}/framed")
    for _ in range(400):  # a busy machine is slow, not wrong
        if page.frames[1].url:
            break
        page.wait_for_timeout(50)
    assert page.frames[1].url.startswith("chrome-error:")
    ancestors = httpx.get(f"{house.url}{FRAME}").headers["content-security-policy"]
    assert f"frame-ancestors 'self' {house.club.url}" in ancestors
    assert "'unsafe" not in ancestors
