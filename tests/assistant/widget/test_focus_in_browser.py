"""Whatever is pressed inside, the focus goes on to something that can be seen: it is never lost."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import CHAT, Visitor, ask, begin, wait_for_event
from tests.ui import scripted
from tests.ui.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
HELD = """() => {
  const { active, seen, holds } = window.inside;
  const chat = document.querySelector("soleus-chat");
  return document.activeElement === chat && chat.shadowRoot.activeElement !== null &&
    seen().includes(active()) && !active().closest("[inert]");
}"""
SUGGESTED = "how long, gated?"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(visit: Visitor, house: House, request: pytest.FixtureRequest) -> Page:
    house.assistant.gate.clear()
    return visit(house.put(house.tag(suggestions=SUGGESTED)), viewport=request.param)


def press(part: Locator) -> None:
    """As one does without a mouse."""
    part.focus()
    expect(part).to_be_focused()
    part.press("Enter")


def expect_held(page: Page) -> None:
    """The focus is in the chat, on something that can be seen."""
    assert page.evaluate(HELD), page.evaluate("window.inside.active()?.outerHTML.slice(0, 90)")


def test_after_a_suggestion_and_after_a_choice(page: Page, house: House) -> None:
    chat = looking.opened(page)
    press(looking.choice(chat, SUGGESTED))
    wait_for_event(page, "soleus-asked")
    expect(looking.choice(chat, SUGGESTED)).to_be_hidden()
    expect_held(page)
    house.assistant.gate.set()
    wait_for_event(page, "soleus-answered")
    expect_held(page)
    choice = looking.choice(chat, scripted.CLARIFY.choices[1].question)
    press(choice)
    wait_for_event(page, "soleus-asked", 2)
    expect_held(page)
    wait_for_event(page, "soleus-answered", 2)
    expect_held(page)


def test_after_a_suggestion_that_was_clicked(page: Page, house: House) -> None:
    chat = looking.opened(page)
    looking.choice(chat, SUGGESTED).click()
    wait_for_event(page, "soleus-asked")
    expect_held(page)
    house.assistant.gate.set()
    wait_for_event(page, "soleus-answered")
    expect_held(page)


def test_after_a_question_is_tried_again(page: Page, house: House) -> None:
    chat = looking.opened(page)
    page.route(f"**{CHAT}", lambda route: route.abort(), times=1)
    begin(chat, "gated ache")
    wait_for_event(page, "soleus-failed")
    press(looking.retry(chat))
    wait_for_event(page, "soleus-asked", 2)
    expect(looking.retry(chat)).to_have_count(0)
    expect_held(page)
    house.assistant.gate.set()
    wait_for_event(page, "soleus-answered")
    expect_held(page)


def test_after_an_answered_question_is_asked_again(page: Page) -> None:
    chat = looking.opened(page)
    ask(chat, "knee")
    ask(chat, "thanks")
    for count, place in enumerate((1, 0), start=3):
        press(looking.retry(chat).nth(place))
        wait_for_event(page, "soleus-answered", count)
        expect_held(page)


def test_after_the_server_is_tried_again(page: Page) -> None:
    page.route("**/api/v1/about", lambda route: route.abort(), times=2)
    looking.launcher(page).click()
    chat = looking.chat(page)
    wait_for_event(page, "soleus-failed")
    press(looking.retry(chat))
    wait_for_event(page, "soleus-failed", 2)
    expect_held(page)
    press(looking.retry(chat))
    expect(looking.choice(chat, SUGGESTED)).to_be_visible()
    expect_held(page)


def test_after_stop_new_chat_and_a_chat_that_was_deleted(page: Page, house: House) -> None:
    chat = looking.opened(page)
    begin(chat, "hot calf gated")
    expect(looking.calls(chat).first).to_be_visible()
    press(looking.stop(chat))
    wait_for_event(page, "soleus-failed")
    expect(looking.stop(chat)).to_be_hidden()
    expect_held(page)
    house.assistant.gate.set()
    ask(chat, "knee")
    press(looking.new_chat(chat))
    expect(looking.choice(chat, SUGGESTED)).to_be_visible()
    expect_held(page)
    ask(chat, "knee")
    press(looking.about(chat))
    press(looking.delete_chat(chat))
    expect_held(page)
    press(chat.get_by_role("button", name="Delete for good?"))
    expect(looking.choice(chat, SUGGESTED)).to_be_visible()
    expect_held(page)


def test_stop_keeps_it_while_more_is_drawn(page: Page, house: House) -> None:
    chat = looking.opened(page)
    begin(chat, "hot calf gated")
    expect(looking.calls(chat).first).to_be_visible()
    looking.stop(chat).focus()
    page.locator("soleus-chat").evaluate("(chat) => chat.setAttribute('title', 'Our physio')")
    expect(chat.get_by_role("heading", name="Our physio")).to_be_visible()
    expect(looking.stop(chat)).to_be_focused()
    house.assistant.gate.set()
    wait_for_event(page, "soleus-answered")
    expect(looking.stop(chat)).to_be_hidden()
    expect_held(page)
