"""An operator and a reader at /shelf, in a real Chromium: with keys, with a finger, without JS."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.apart import apart
from tests.ui.conftest import DESKTOP, PHONE
from tests.ui.shelf_keeping import CALVES
from tests.ui.shelf_site import PASSWORD
from tests.ui.test_access_in_browser import SMALL_TARGETS, serious

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
SHEET = FilePayload(
    name="heel drops.md",
    mimeType="text/markdown",
    buffer=b"# Heel drops\n\n## Steps\n\n1. Stand on a step.\n2. Sink slowly.\n",
)
EMPTY = FilePayload(
    name="a-name-as-long-as-scanners-give-them-2019-05-31-final.pdf",
    mimeType="application/pdf",
    buffer=b"",
)
DROP = """
([name, words]) => {
  const files = new DataTransfer();
  files.items.add(new File([words], name, { type: "text/markdown" }));
  for (const kind of ["dragover", "drop"]) {
    document.body.dispatchEvent(
      new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
  }
}
"""
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  if (!one.hadRecentInput) window.shifted += one.value;
})).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with apart("tests.ui.serve_shelf", PASSWORD=PASSWORD, DOCUMENTS="14") as url:
        yield url


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens the shelf as a new visitor; fails if a page talks elsewhere or breaks its policy."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options: object) -> Page:
        chosen: Any = {"viewport": DESKTOP, **options}
        context = browser.new_context(**chosen)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if "Policy" in said.text else None,
        )
        page.on(
            "request",
            lambda asked: None if asked.url.startswith(site) else complaints.append(asked.url),
        )
        page.add_init_script(SHIFTS)
        page.goto(f"{site}/shelf")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


FILES_HAVE_FOCUS = "document.activeElement?.id === 'files'"
"""A page behind another has its focus all the same, which `to_be_focused` would not see."""


def enter(page: Page) -> None:
    page.get_by_label("The operator’s password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in to change the shelf").press("Enter")
    expect(page.get_by_text("You can change this shelf.")).to_be_visible()


def undo(page: Page) -> None:
    """Leave the shelf as it was for the next test."""
    page.get_by_role("link", name="Back to the shelf").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone:")).to_be_visible()


def fine(page: Page) -> None:
    """Nothing is wrong with how a view looks and works."""
    assert serious(page) == []
    assert not page.evaluate(WIDER)
    assert page.evaluate("window.shifted") == 0
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_every_view_can_be_used_by_everybody(
    visit: Visit, viewport: dict[str, int], scheme: str
) -> None:
    page = visit(viewport=viewport, color_scheme=scheme)
    page.locator("summary").first.click()
    fine(page)
    page.goto(page.url.replace("/shelf", "/shelf?document=calves"))
    fine(page)
    page.get_by_role("link", name="All documents").click()
    enter(page)
    fine(page)
    page.set_input_files("#files", [SHEET, EMPTY])
    page.get_by_role("button", name="Look before it goes live").click()
    page.locator("summary").first.click()
    fine(page)
    assert page.evaluate(SMALL_TARGETS) == []
    page.get_by_label("Title").fill(" ")
    page.get_by_role("button", name="Put on the shelf").click()
    expect(page.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    fine(page)
    page.get_by_label("Title").fill("Heel drops")
    page.get_by_role("button", name="Put on the shelf").click()
    expect(page.get_by_text("1 document put on the shelf.")).to_be_visible()
    fine(page)
    undo(page)


def test_a_file_that_is_dropped_anywhere_is_looked_at_before_it_goes_live(visit: Visit) -> None:
    page = visit()
    enter(page)
    page.evaluate(DROP, ["calf-care.md", CALVES])
    page.wait_for_function(FILES_HAVE_FOCUS)
    page.get_by_role("button", name="Look before it goes live").click()
    expect(page.get_by_label("Title")).to_have_value("Calf care for Riverside Harriers")
    expect(page.get_by_role("row", name="calf-care.md")).to_contain_text("will be added")
    page.get_by_role("button", name="Put on the shelf").click()
    expect(page.get_by_text("1 document put on the shelf.")).to_be_visible()
    page.get_by_role("link", name="Back to the shelf").click()
    page.get_by_label("Find a document").fill("riverside")
    page.get_by_label("Find a document").press("Enter")
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("link", name="Remove “Calf care for Riverside Harriers”").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("is off the shelf.")).to_be_visible()


def test_everything_works_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the shelf")).to_be_focused()
    expect(page.get_by_text("Skip to the shelf")).to_be_in_viewport()
    page.get_by_label("The operator’s password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("You can change this shelf.")).to_be_visible()
    page.get_by_label("Or the address of a page or a sitemap").focus()
    page.keyboard.type("https://club.example/calves")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Address")).to_have_value("https://club.example/calves")
    page.get_by_role("button", name="Throw this away").press("Enter")
    expect(page.get_by_text("You can change this shelf.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_progress_is_shown_and_the_page_stays_usable(visit: Visit, site: str, script: bool) -> None:
    page = visit(java_script_enabled=script)
    enter(page)
    page.set_input_files("#files", [SHEET, EMPTY])
    page.request.get(f"{site}/hold")
    try:
        page.get_by_role("button", name="Look before it goes live").click()
        expect(page.get_by_text("1 of 2")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_have_attribute("max", "2")
        other = visit()
        expect(other.get_by_text("documents.")).to_be_visible()
    finally:
        page.request.get(f"{site}/let-go")
    expect(page.get_by_label("Title")).to_have_value("Heel drops")
    page.get_by_role("button", name="Throw this away").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("The operator’s password")).to_be_visible()


def test_without_javascript_one_reads_and_adds_a_file(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.get_by_label("Find a document").fill("relay")
    page.get_by_role("button", name="Find").click()
    page.locator("summary").click()
    expect(page.get_by_text("My calf locked solid")).to_be_visible()
    page.get_by_role("link", name="Link to this passage").first.click()
    expect(page.locator(".passage--pointed")).to_contain_text("My calf locked solid")
    page.get_by_role("link", name="All documents").click()
    enter(page)
    page.set_input_files("#files", SHEET)
    page.get_by_role("button", name="Look before it goes live").click()
    page.get_by_role("button", name="Put on the shelf").click()
    expect(page.get_by_text("1 document put on the shelf.")).to_be_visible()
    undo(page)


def test_what_is_too_much_is_said_before_it_is_sent(visit: Visit) -> None:
    page = visit()
    enter(page)
    page.evaluate("document.getElementById('files').dataset.all = String(262144 + 10)")
    page.set_input_files("#files", SHEET)
    expect(page.locator("#files-said")).to_contain_text("Choose fewer.")
    page.get_by_role("button", name="Look before it goes live").click()
    page.wait_for_function(FILES_HAVE_FOCUS)
    expect(page.get_by_text("You can change this shelf.")).to_be_visible()


def test_the_chat_leads_to_the_shelf_and_back(visit: Visit, site: str) -> None:
    page = visit()
    page.get_by_role("link", name="Ask a question").click()
    page.wait_for_selector("body.ready")
    link = page.get_by_role("link", name="The shelf")
    expect(link).to_have_attribute("href", "./shelf")
    with page.context.expect_page() as opened:
        link.click()
    expect(opened.value.locator("h1")).to_have_text("What is on the shelf")
