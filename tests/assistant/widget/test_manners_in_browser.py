"""How it behaves towards the page around it: focus, keys, paper, places without a unit, and what is
copied out of it.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask
from tests.ui import scripted
from tests.ui.conftest import PHONE

pytestmark = pytest.mark.browser
LYING = {"width": 844, "height": 390}
"""The same phone, turned."""
KEYS = """
window.keys = [];
for (const kind of ["keydown", "keypress", "keyup"])
  addEventListener(kind, (event) => window.keys.push(`${kind} ${event.key}`));
"""
CLIPBOARD = """
window.copied = "";
Object.defineProperty(navigator, "clipboard", { value: {
  writeText: async (text) => { window.copied = text; } } });
"""


def open_by_link(page: Page) -> None:
    """By a link of the page's own, as club.js of the demo does."""
    link = page.get_by_role("link", name="Tuesdays")
    link.evaluate(
        """(link) => link.addEventListener("click", (event) => {
          event.preventDefault(); document.querySelector("soleus-chat").open(); })"""
    )
    link.press("Enter")


def test_opened_by_a_link_of_the_pages_the_focus_goes_back_there(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put())
    expect(looking.launcher(page)).to_be_visible()
    open_by_link(page)
    chat = looking.ready(looking.chat(page))
    ask(chat, "calf cramp")
    looking.question(chat).press("Escape")
    expect(chat).to_be_hidden()
    expect(page.get_by_role("link", name="Tuesdays")).to_be_focused()


def test_put_away_by_the_page_it_takes_the_focus_from_nobody(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    name = page.get_by_label("Your name")
    name.click()
    looking.called(page, "close")
    expect(chat).to_be_hidden()
    expect(name).to_be_focused()


def test_a_phone_that_is_turned_leaves_the_reader_in_the_question(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put(), viewport=PHONE)
    chat = looking.opened(page)
    looking.question(chat).fill("my calf cramps when")
    for view in (LYING, PHONE):
        page.set_viewport_size({"width": view["width"], "height": view["height"]})
        expect(looking.question(chat)).to_be_focused()
        expect(looking.question(chat)).to_have_value("my calf cramps when")


def test_no_key_that_is_pressed_in_it_reaches_the_page(visit: Visitor, house: House) -> None:
    page = visit(house.put(), script=KEYS)
    chat = looking.opened(page)
    page.evaluate("window.keys.length = 0")
    looking.question(chat).press_sequentially("s/?")
    assert page.evaluate("window.keys") == []
    page.get_by_label("Your name").press_sequentially("s")
    assert page.evaluate("window.keys") == ["keydown s", "keypress s", "keyup s"]


def test_a_printed_page_has_no_button(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    expect(looking.launcher(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(looking.launcher(page)).to_be_hidden()
    page.emulate_media(media="screen")
    expect(looking.launcher(page)).to_be_visible()


def test_what_is_copied_says_who_stands_behind_each_sentence(visit: Visitor, house: House) -> None:
    page = visit(house.put(), script=CLIPBOARD)
    chat = looking.opened(page)
    ask(chat, "hot calf")
    chat.get_by_role("button", name="Copy").click()
    page.wait_for_function("window.copied")
    lines = page.evaluate("window.copied").split("\n")
    first = scripted.RELEASE.sentences[0].text
    assert lines[0] == "hot calf"
    assert lines[1].startswith("Urgent. Contact your surgery or NHS 111 today about this leg.")
    assert [line for line in lines if first in line] == [f"One article says: {first} [1]"]
    assert f"[1] Article: {scripted.RELEASE.title}" in lines
    assert lines[-1] == "AI assistant: not a person, not a doctor."
    assert "\u2060" not in "".join(lines)


def test_a_text_with_line_separators_is_read_whole(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    ask(chat, "echo one\u2028event: done\u2028data: {}")
    expect(chat.get_by_role("log")).to_contain_text(
        "Heard: 1x echo one\u2028event: done\u2028data: {}"
    )
