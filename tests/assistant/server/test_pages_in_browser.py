"""Pages for people beside the chat, in a real browser: a passage, the interface described."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.server.described import DESCRIBED
from tests.assistant.server.served import Served
from tests.ui import scripted
from tests.ui.conftest import DESKTOP, PHONE, browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser
SECOND = scripted.RELEASE.sentences[1]
PASSAGE = f"/api/v1/passages/{scripted.RELEASE.id}?start={SECOND.span.start}&end={SECOND.span.end}"


@pytest.fixture(params=[(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Served) -> Iterator[Page]:
    """A page on which nothing may go wrong, and nothing may be fetched from elsewhere."""
    viewport, scheme = request.param
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("console", lambda told: trouble.append(told.text) if told.type == "error" else None)
    opened.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((server.url, "data:")) else trouble.append(asked.url)
        ),
    )
    yield opened
    context.close()
    assert trouble == []


def test_a_link_to_a_passage_is_read_by_everybody(page: Page, server: Served) -> None:
    page.goto(f"{server.url}{PASSAGE}")
    expect(page.locator("mark")).to_have_text(SECOND.text)
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] == []
    width = page.viewport_size
    assert width is not None
    assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
    assert page.get_by_role("link", name="Ask a question").get_attribute("href") == "../../../"


def test_the_interface_is_described_to_people(page: Page, server: Served) -> None:
    page.goto(f"{server.url}{DESCRIBED}")
    page.locator(".opblock-summary-path", has_text="/api/v1/chat").first.click()
    expect(page.get_by_text("The reply (docs/reply.schema.json)")).to_be_visible()
