"""Thumbs, and a chat deleted, on the real page of a club that keeps chats."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import DESKTOP, PHONE, OpenPage, ask, serving
from tests.ui.test_access_in_browser import SMALL_TARGETS, serious

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def keeping() -> Iterator[str]:
    with serving("kept") as url:
        yield url


def kept(url: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = httpx.get(f"{url}kept").json()
    return found


def thumb(page: Page, url: str, asked: str, wanted: object) -> None:
    for _ in range(1200):  # a busy machine is slow, not wrong
        if [each["thumb"] for each in kept(url) if each["asked"] == asked] == [wanted]:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{kept(url)}")


def test_a_reader_says_what_they_thought_and_is_thanked(open_page: OpenPage, keeping: str) -> None:
    page = open_page(keeping)
    ask(page, "calf cramp one")
    no = page.get_by_role("button", name="No", exact=True)
    expect(page.get_by_label("What was missing, or wrong?")).to_be_hidden()
    no.click()
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#spoken")).to_contain_text("Thank you. That was noted.")
    thumb(page, keeping, "calf cramp one", ["down", ""])
    page.get_by_label("What was missing, or wrong?").fill("nothing on taping")
    page.get_by_role("button", name="Send").click()
    thumb(page, keeping, "calf cramp one", ["down", "nothing on taping"])
    expect(page.get_by_label("What was missing, or wrong?")).to_have_count(0)
    expect(page.locator(".thought__told")).to_have_text("Thank you. That was noted.")
    yes = page.get_by_role("button", name="Yes", exact=True)
    yes.click()
    expect(no).to_have_attribute("aria-pressed", "false")
    thumb(page, keeping, "calf cramp one", ["up", "nothing on taping"])
    expect(yes).to_have_attribute("aria-pressed", "true")


def test_a_thumb_that_is_not_noted_does_not_look_as_if_it_were(
    open_page: OpenPage, keeping: str
) -> None:
    page = open_page(keeping)
    ask(page, "calf cramp gone")
    page.locator(".thought").evaluate("(one) => { one.dataset.turn = 'swept away'; }")
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator(".thought__told")).to_contain_text("not kept any more")
    expect(page.locator(".thumb[aria-pressed=true]")).to_have_count(0)
    expect(page.get_by_label("What was missing, or wrong?")).to_be_hidden()


def test_no_chat_is_deleted_while_an_answer_to_it_is_coming(
    open_page: OpenPage, keeping: str
) -> None:
    page = open_page(keeping)
    ask(page, "echo and then")
    page.locator("#kept summary").click()
    delete = page.get_by_role("button", name="Delete this chat")
    expect(delete).to_be_visible()
    page.fill("#question textarea", "a long story")
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".turn:nth-child(2) .s")
    expect(page.locator("#kept details")).to_have_attribute("open", "")
    expect(delete).to_be_hidden()
    page.click("#stop")
    expect(delete).to_be_visible()


def test_a_chat_has_a_code_and_can_be_deleted(open_page: OpenPage, keeping: str) -> None:
    page = open_page(keeping)
    line = page.locator("#kept")
    expect(line).to_have_text("Your questions are kept for 30 days; names we notice are masked.")
    ask(page, "calf cramp two")
    ask(page, "echo three")
    mine = [
        each["chat"] for each in kept(keeping) if each["asked"] in {"calf cramp two", "echo three"}
    ]
    assert len(mine) == 2
    assert len(set(mine)) == 1
    line.locator("summary").click()
    code = line.locator("strong").inner_text()
    assert len(code) == 14
    delete = page.get_by_role("button", name="Delete this chat")
    delete.click()
    assert len([each for each in kept(keeping) if each["chat"] == mine[0]]) == 2
    page.get_by_role("button", name="Delete for good?").click()
    expect(page.locator("#spoken")).to_contain_text("2 questions were deleted.")
    expect(line.locator("strong")).to_have_count(0)
    expect(line).to_contain_text("2 questions were deleted.")
    expect(page.locator(".thought")).to_have_count(0)
    expect(page.locator("#question textarea")).to_be_focused()
    assert [each for each in kept(keeping) if each["chat"] == mine[0]] == []
    ask(page, "echo four")
    [four] = [each for each in kept(keeping) if each["asked"] == "echo four"]
    assert four["chat"] not in {"", mine[0]}
    expect(page.locator(".turn:last-child .lead")).to_contain_text("calf cramp two / echo three")


def test_an_emergency_asks_for_no_thumb(open_page: OpenPage, keeping: str) -> None:
    page = open_page(keeping)
    ask(page, "my leg is swollen")
    expect(page.locator(".thought")).to_have_count(0)


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"]
)
def test_everybody_can_use_them(
    open_page: OpenPage, keeping: str, viewport: dict[str, int], scheme: str
) -> None:
    page = open_page(keeping, viewport=viewport, color_scheme=scheme)
    ask(page, "calf cramp")
    page.get_by_role("button", name="Yes", exact=True).click()
    page.locator("#kept summary").click()
    assert serious(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
