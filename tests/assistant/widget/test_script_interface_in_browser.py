"""What a script of the page can do with the widget, and hear from it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask, told, wait_for_event
from tests.ui import scripted

pytestmark = pytest.mark.browser
EVENTS = """
window.events = [];
for (const name of ["open", "close", "asked", "answered", "failed"]) {
  window.addEventListener(`soleus-${name}`, (event) => window.events.push([
    event.type, event.target.localName, event.bubbles, event instanceof CustomEvent]));
}
"""


def is_open(page: Page) -> bool:
    found: bool = page.locator("soleus-chat").evaluate("(chat) => chat.isOpen")
    return found


def detail_keys(details: list[list[Any]]) -> list[tuple[str, list[str]]]:
    return [(name, sorted(detail or {})) for name, detail in details]


def test_it_is_opened_asked_and_closed_and_tells_of_it_without_a_word(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put(), script=EVENTS)
    expect(looking.launcher(page)).to_be_visible()
    assert not is_open(page)
    ready = page.locator("soleus-chat").evaluate(
        """async (chat) => { const opening = chat.open(); await opening;
        return [opening instanceof Promise, chat.isOpen] }"""
    )
    assert ready == [True, True]
    chat = looking.chat(page)
    assert looking.question(chat).is_visible()  # at once: the promise says so
    questions = ["calf cramp", "how long", "knee", "swollen"]
    for text in questions:
        ask(chat, text)
    looking.called(page, "close")
    expect(chat).to_be_hidden()
    assert not is_open(page)
    heard = told(page)
    assert detail_keys(heard) == [
        ("soleus-open", []),
        *[("soleus-asked", ["number"]), ("soleus-answered", ["number", "reply"])] * 4,
        ("soleus-close", []),
    ]
    answered = [detail for name, detail in heard if name == "soleus-answered"]
    assert answered == [
        {"number": 1, "reply": "answer"},
        {"number": 2, "reply": "clarification"},
        {"number": 3, "reply": "abstention"},
        {"number": 4, "reply": "escalation"},
    ]
    numbers = [detail["number"] for name, detail in heard if name == "soleus-asked"]
    assert numbers == [1, 2, 3, 4]
    assert page.evaluate("window.events") == [
        [name, "soleus-chat", True, True] for name, _ in heard
    ]
    words = json.dumps(heard)
    assert not any(text in words for text in (*questions, scripted.EMERGENCY.act))


def test_ask_opens_it_and_asks(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    expect(looking.launcher(page)).to_be_visible()
    looking.called(page, "ask", "can i run with a tight calf?")
    chat = looking.chat(page)
    wait_for_event(page, "soleus-answered")
    expect(chat).to_contain_text("can i run with a tight calf?")
    expect(chat).to_contain_text(scripted.RELEASE.sentences[0].text)
    assert [each["message"] for each in visit.sent()] == ["can i run with a tight calf?"]
    assert is_open(page)
    looking.called(page, "ask", "echo more")
    wait_for_event(page, "soleus-answered", 2)
    expect(chat).to_contain_text("can i run with a tight calf? / echo more")
    assert [name for name, _ in told(page)].count("soleus-open") == 1


def test_opening_twice_and_closing_what_is_closed_changes_nothing(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put())
    looking.called(page, "close")
    looking.called(page, "open")
    looking.called(page, "open")
    expect(looking.chat(page)).to_have_count(1)
    looking.called(page, "close")
    looking.called(page, "close")
    assert [name for name, _ in told(page)] == ["soleus-open", "soleus-close"]


def test_in_the_page_it_stands_where_it_was_put_and_shows_no_button(
    visit: Visitor, house: House
) -> None:
    element = '<div id="here"><soleus-chat title="Ask our physio"></soleus-chat></div>'
    page = visit(house.put(element, house.tag()))
    chat = looking.ready(looking.inline(page))
    expect(chat).to_have_count(1)
    expect_nothing_over(page)
    expect(chat).to_contain_text("Ask our physio")
    expect(page.locator("#here soleus-chat")).to_be_visible()
    box, around = chat.bounding_box(), page.locator("#here").bounding_box()
    assert box is not None
    assert around is not None
    assert around["x"] <= box["x"]
    assert box["x"] + box["width"] <= around["x"] + around["width"]
    looking.called(page, "ask", "calf cramp")
    wait_for_event(page, "soleus-answered")
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_have_text(scripted.RELEASE.sentences[0].text)


def expect_nothing_over(page: Page) -> None:
    """Neither a launcher nor a dialog."""
    expect(looking.chat(page)).to_have_count(0)
    expect(looking.launcher(page)).to_have_count(0)
