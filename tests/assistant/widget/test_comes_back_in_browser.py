"""A page that the browser kept as it was left, and shows again: the chat is the tab's by now."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import (
    Visitor,
    ask,
    begin,
    expect_hidden,
    kept_here,
    shown_in_order,
    told,
    wait_for_event,
    wait_until_unseen,
)
from tests.ui import scripted

pytestmark = pytest.mark.browser
ANSWERED = scripted.ANSWER.items[0].sentences[0].text
MORE = "and the other leg, knee down"
ASKED = "my secret soreness"
GREETING = "What’s up with your calf?"
REMOVE = "sessionStorage.clear()"
HELD = "sessionStorage.getItem('soleus-chat')"
HOLD = "(chat) => sessionStorage.setItem('soleus-chat', chat)"


@pytest.fixture
def page(visit: Visitor, house: House) -> Page:
    house.assistant.gate.clear()
    return visit(house.put())


@pytest.fixture
def chat(page: Page) -> Locator:
    """An open chat with an answer."""
    chat = looking.opened(page)
    ask(chat, ASKED)
    return chat


def come_back(page: Page) -> None:
    """As a page comes out of the browser's cache of pages that were left."""
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")


def test_a_chat_that_was_removed_since_is_gone(page: Page, chat: Locator, visit: Visitor) -> None:
    page.evaluate(REMOVE)
    come_back(page)
    expect(chat).not_to_contain_text(ASKED)
    wait_until_unseen(page, ANSWERED)
    expect(looking.sources(chat)).to_have_count(0)
    expect(chat.get_by_text(GREETING)).to_be_visible()
    assert kept_here(page)[0] == []
    ask(chat, "knee")
    assert visit.sent()[-1].get("earlier", []) == []
    asked = [detail for name, detail in told(page) if name == "soleus-asked"]
    assert asked == [{"number": 1}, {"number": 1}]
    page.reload()
    again = looking.reopened(page)
    expect(again).to_contain_text(scripted.ABSTAIN.message)
    expect(again).not_to_contain_text(ASKED)


def test_of_a_chat_that_was_removed_since_nothing_is_left_to_be_read(
    page: Page, chat: Locator
) -> None:
    page.evaluate(REMOVE)
    come_back(page)
    expect(chat).not_to_contain_text(ASKED)
    expect(chat).not_to_contain_text(ANSWERED)


def test_a_passage_of_a_chat_that_was_removed_since_is_gone(page: Page, chat: Locator) -> None:
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_be_visible()
    page.evaluate(REMOVE)
    come_back(page)
    expect_hidden(looking.marked(chat))
    expect(chat.get_by_text(GREETING)).to_be_visible()


def test_closed_it_is_gone_as_well(page: Page, chat: Locator) -> None:
    looking.close(chat).click()
    page.evaluate(REMOVE)
    come_back(page)
    expect(chat).to_be_hidden()
    looking.launcher(page).click()
    expect(chat.get_by_text(GREETING)).to_be_visible()
    expect(chat).not_to_contain_text(ASKED)


def test_a_chat_that_went_on_elsewhere_is_shown_as_it_is_by_now(
    page: Page, chat: Locator, visit: Visitor
) -> None:
    shorter = page.evaluate(HELD)
    ask(chat, MORE)
    longer = page.evaluate(HELD)
    page.evaluate(HOLD, shorter)
    come_back(page)
    expect(chat).not_to_contain_text(MORE)
    expect(chat).to_contain_text(ASKED)
    page.evaluate(HOLD, longer)
    come_back(page)
    shown_in_order(page, ASKED, ANSWERED, MORE, scripted.ABSTAIN.message)
    ask(chat, "thanks")
    assert visit.sent()[-1]["earlier"] == [ASKED, MORE]
    heard = [text for _, text in page.evaluate("window.inside.heard")]
    assert sum(ANSWERED in text for text in heard) == 1  # what is shown again is not read again


def test_a_question_that_was_under_way_in_a_removed_chat_is_ended(
    page: Page, visit: Visitor, house: House
) -> None:
    chat = looking.opened(page)
    begin(chat, "hot calf gated")
    expect(looking.calls(chat).first).to_be_visible()
    page.evaluate(REMOVE)
    come_back(page)
    expect(chat).not_to_contain_text("hot calf gated")
    expect(looking.calls(chat)).to_have_count(0)
    expect(looking.send(chat)).to_be_visible()
    wait_for_event(page, "soleus-failed")
    house.assistant.gate.set()
    assert kept_here(page)[0] == []
    ask(chat, "knee")
    expect(chat).not_to_contain_text(ANSWERED)
    assert visit.sent()[-1].get("earlier", []) == []


def test_a_page_that_was_not_left_shows_what_it_has(page: Page, chat: Locator) -> None:
    page.evaluate(REMOVE)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))")
    ask(chat, "knee")
    expect(chat).to_contain_text(ASKED)
