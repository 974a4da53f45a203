"""Until the chat can be used: its texts cannot be had, and its server takes its time."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import (
    HeldUp,
    Visitor,
    ask,
    begin,
    held_up,
    kept_here,
    told,
    wait_for_event,
)
from tests.ui import scripted

pytestmark = pytest.mark.browser
ANSWERED = scripted.ANSWER.items[0].sentences[0].text
ABOUT = "/api/v1/about"
TEXTS = "**/widget/v1/en.*.json"


@pytest.fixture
def page(visit: Visitor, house: House) -> Page:
    return visit(house.put())


def asked_early(page: Page) -> tuple[HeldUp, Locator]:
    """What the server tells of itself, held up, and the chat in which was asked meanwhile."""
    about = held_up(page, ABOUT)
    with page.expect_request(f"**{ABOUT}"):
        chat = looking.opened(page)
    begin(chat, "my secret soreness")
    return about, chat


@pytest.mark.parametrize("status", [500, 404])
def test_without_its_texts_it_says_that_it_is_offline_and_can_be_tried_again(
    page: Page, house: House, status: int
) -> None:
    readable = {"access-control-allow-origin": "*"}
    page.route(
        TEXTS, lambda route: route.fulfill(status=status, headers=readable, json={}), times=1
    )
    looking.launcher(page).click()
    wait_for_event(page, "soleus-failed")
    expect(page.get_by_role("alert")).to_have_text("Offline. Try again?")
    expect(looking.launcher(page)).to_be_visible()
    expect(looking.chat(page)).to_have_count(0)
    assert not page.locator("soleus-chat").evaluate("(chat) => chat.isOpen")
    chat = looking.opened(page)
    assert told(page) == [["soleus-failed", {"code": "offline"}], ["soleus-open", {}]]
    expect(page.get_by_text("Offline. Try again?")).to_have_count(0)
    ask(chat, "calf cramp")
    expect(chat).to_contain_text(ANSWERED)


def test_what_is_asked_before_the_server_has_told_of_itself_is_asked_once_it_has(
    page: Page, visit: Visitor
) -> None:
    about, chat = asked_early(page)
    expect(looking.question(chat)).to_have_value("")
    assert visit.sent() == []
    about.let_go()
    wait_for_event(page, "soleus-answered")
    expect(chat).to_contain_text("my secret soreness")
    expect(chat).to_contain_text(ANSWERED)
    ask(chat, "knee")
    assert [each["message"] for each in visit.sent()] == ["my secret soreness", "knee"]
    assert visit.sent()[-1]["earlier"] == ["my secret soreness"]


def test_what_is_asked_before_the_server_could_be_reached_is_asked_once_it_can(
    page: Page, visit: Visitor
) -> None:
    about, chat = asked_early(page)
    expect(looking.question(chat)).to_have_value("")
    about.waiting.pop().abort()
    wait_for_event(page, "soleus-failed")
    about.let_go()
    looking.retry(chat).click()
    wait_for_event(page, "soleus-answered")
    assert [each["message"] for each in visit.sent()] == ["my secret soreness"]


def test_a_new_chat_forgets_what_was_asked_before_the_server_has_told_of_itself(
    page: Page, visit: Visitor
) -> None:
    about, chat = asked_early(page)
    looking.new_chat(chat).click()
    about.let_go()
    expect(looking.choice(chat, scripted.EXAMPLES[0].question)).to_be_visible()
    ask(chat, "knee")
    assert [each["message"] for each in visit.sent()] == ["knee"]
    expect(chat).not_to_contain_text("my secret soreness")


def test_open_from_the_start_it_takes_no_focus(visit: Visitor, house: House) -> None:
    far = '<div style="height: 3000px"></div><soleus-chat open></soleus-chat>'
    page = visit(house.put(far, house.tag(), path="/open"))
    chat = looking.ready(page.locator("soleus-chat"))
    expect(looking.choice(chat, scripted.EXAMPLES[0].question)).to_be_visible()
    assert page.evaluate("document.activeElement.localName") == "body"
    assert page.evaluate("scrollY") == 0
    assert page.locator("soleus-chat").evaluate("(chat) => chat.isOpen")
    assert kept_here(page) == ([], [], 0, [])


def test_open_from_the_start_it_leaves_the_focus_where_it_is(visit: Visitor, house: House) -> None:
    name = '<input id="here" autofocus>'
    page = visit(house.put(name, "<soleus-chat open></soleus-chat>", house.tag(), path="/focus"))
    chat = looking.ready(page.locator("soleus-chat"))
    expect(looking.choice(chat, scripted.EXAMPLES[0].question)).to_be_visible()
    page.keyboard.type("Ann")
    expect(page.locator("#here")).to_have_value("Ann")
    ask(chat, "calf cramp")
    expect(chat).to_contain_text(ANSWERED)
