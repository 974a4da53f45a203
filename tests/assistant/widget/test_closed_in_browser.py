"""Closed by its reader or by the browser: the focus is back where it was, and it opens again."""

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask, told, wait_for_event
from tests.ui import scripted
from tests.ui.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
VIEWS = pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=["desktop", "phone"])
BUTTON = """<script>document.querySelector("#join").addEventListener("click", async () => {
  const chat = document.querySelector("soleus-chat"); %s })</script>"""
OPEN = BUTTON % "chat.open();"
ASK = BUTTON % 'await chat.open(); await chat.ask("knee");'
BROWSER_CLOSES = "(chat) => chat.shadowRoot.querySelector('dialog').close()"


def own_button(visit: Visitor, house: House, script: str, view: dict[str, int]) -> Page:
    """A page whose own button opens the chat, after that was pressed."""
    page = visit(house.put(house.tag(bubble="off"), script), viewport=view)
    expect(page.locator("soleus-chat")).to_be_attached()
    page.locator("#join").focus()
    page.keyboard.press("Enter")
    chat = looking.ready(looking.chat(page))
    expect(page.locator("#join")).not_to_be_focused()
    expect(chat).to_be_visible()
    return page


@VIEWS
@pytest.mark.parametrize("way", ["Escape", "close"])
def test_opened_by_a_button_of_the_pages_the_focus_goes_back_there(
    visit: Visitor, house: House, view: dict[str, int], way: str
) -> None:
    page = own_button(visit, house, OPEN, view)
    for _ in range(2):  # once more is as the first time
        chat = looking.chat(page)
        ask(chat, "calf cramp")
        if way == "Escape":
            page.keyboard.press("Escape")
        else:
            looking.close(chat).click()
        expect(chat).to_be_hidden()
        expect(page.locator("#join")).to_be_focused()
        expect(looking.launcher(page)).to_have_count(0)
        page.keyboard.press("Enter")
        looking.ready(chat)


@VIEWS
def test_opened_and_asked_by_a_button_of_the_pages_the_focus_goes_back_there(
    visit: Visitor, house: House, view: dict[str, int]
) -> None:
    page = own_button(visit, house, ASK, view)
    wait_for_event(page, "soleus-answered")
    chat = looking.chat(page)
    looking.close(chat).click()
    expect(chat).to_be_hidden()
    expect(page.locator("#join")).to_be_focused()


@VIEWS
def test_with_a_bubble_the_focus_goes_back_to_it(
    visit: Visitor, house: House, view: dict[str, int]
) -> None:
    page = visit(house.put(), viewport=view)
    chat = looking.opened(page)
    ask(chat, "calf cramp")
    page.keyboard.press("Escape")
    expect(chat).to_be_hidden()
    expect(looking.launcher(page)).to_be_focused()


def test_a_dialog_that_the_browser_closes_by_itself_leaves_the_chat_closed(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put(), viewport=PHONE)
    chat = looking.opened(page)
    ask(chat, "calf cramp")
    placed = page.locator("soleus-chat")
    placed.evaluate(BROWSER_CLOSES)
    wait_for_event(page, "soleus-close")
    expect(chat).to_be_hidden()
    expect(looking.launcher(page)).to_be_visible()
    assert not placed.evaluate("(chat) => chat.isOpen")
    looking.launcher(page).click()
    looking.ready(chat)
    expect(chat).to_contain_text(scripted.ANSWER.items[0].sentences[0].text)
    assert placed.evaluate("(chat) => chat.isOpen")
    looking.close(chat).click()
    expect(chat).to_be_hidden()
    opening = ["soleus-open", "soleus-close"]
    names = [name for name, _ in told(page) if name in opening]
    assert names == opening * 2


def test_a_screen_that_grows_and_shrinks_keeps_the_chat_open(visit: Visitor, house: House) -> None:
    page = visit(house.put(path="/turned"), viewport=PHONE)
    chat = looking.opened(page)
    for size in (DESKTOP, PHONE, DESKTOP):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        looking.ready(chat)
        ask(chat, "calf cramp")
    assert page.locator("soleus-chat").evaluate("(chat) => chat.isOpen")
    assert "soleus-close" not in [name for name, _ in told(page)]
