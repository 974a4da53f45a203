"""What a screen reader has said once it does not say again, whatever is pressed or asked later."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.assistant.widget import looking
from tests.assistant.widget.keeping import keeping
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import CHAT, Visitor, ask, begin, wait_for_event
from tests.ui import scripted

pytestmark = pytest.mark.browser
ALARM = scripted.URGENT.act
ANSWERED = scripted.ANSWER.items[0].sentences[0].text
ABSTAINED = scripted.ABSTAIN.message
RATED = "Thank you. That was noted."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with keeping(tmp_path_factory.mktemp("records")) as both:
        yield both


@pytest.fixture
def page(visit: Visitor, house: House) -> Page:
    house.assistant.gate.clear()
    return visit(house.put())


@pytest.fixture
def chat(page: Page) -> Locator:
    """An open chat in which a warning and an answer were heard."""
    chat = looking.opened(page)
    ask(chat, "hot calf")
    assert [times(page, text) for text in (ALARM, ANSWERED)] == [1, 1]
    return chat


def times(page: Page, text: str) -> int:
    """How often a text was said."""
    said: list[tuple[str, str]] = page.evaluate("window.inside.heard")
    return sum(text in each for _, each in said)


def for_itself(route: Route) -> None:
    """Takes a question to the guard without those before it, which it reads as well."""
    asked = json.loads(route.request.post_data or "")
    route.continue_(post_data={**asked, "earlier": [], "earlier_private": 0})


def test_after_a_new_chat_nothing_old_is_said_again(page: Page, chat: Locator) -> None:
    looking.new_chat(chat).click()
    ask(chat, "knee")
    ask(chat, "thanks")
    assert [times(page, text) for text in (ALARM, ANSWERED, ABSTAINED)] == [1, 1, 1]


def test_after_a_new_chat_nothing_old_is_left_to_be_read(page: Page, chat: Locator) -> None:
    looking.new_chat(chat).click()
    expect(chat).not_to_contain_text(ANSWERED)
    expect(chat).not_to_contain_text(ALARM)
    expect(chat.get_by_role("alert")).to_have_text("")
    assert [times(page, text) for text in (ALARM, ANSWERED)] == [1, 1]


def test_after_a_chat_was_deleted_nothing_old_is_left_to_be_read(page: Page, chat: Locator) -> None:
    looking.erase(chat)
    expect(chat).to_contain_text("Deleted.")
    expect(chat).not_to_contain_text(ANSWERED)
    expect(chat).not_to_contain_text(ALARM)
    assert [times(page, text) for text in (ALARM, ANSWERED)] == [1, 1]


def test_a_warning_is_not_said_again_with_the_next_question(page: Page, chat: Locator) -> None:
    page.route(f"**{CHAT}", for_itself)
    ask(chat, "knee")
    ask(chat, "thanks")
    assert [times(page, text) for text in (ALARM, ANSWERED, ABSTAINED)] == [1, 1, 1]


def test_a_warning_that_comes_again_in_a_new_chat_is_said_again(page: Page, chat: Locator) -> None:
    looking.new_chat(chat).click()
    ask(chat, "hot calf")
    assert times(page, ALARM) == 2


def test_what_was_ended_by_a_new_chat_is_not_said(page: Page, house: House) -> None:
    chat = looking.opened(page)
    begin(chat, "hot calf gated")
    page.wait_for_function(
        "(text) => inside.heard.some(([, each]) => each.includes(text))", arg=ALARM
    )
    looking.new_chat(chat).click()
    house.assistant.gate.set()
    ask(chat, "knee")
    assert [times(page, text) for text in (ALARM, ANSWERED, ABSTAINED)] == [1, 0, 1]


def test_an_older_answer_that_is_rated_is_not_said_again(page: Page, chat: Locator) -> None:
    page.route(f"**{CHAT}", for_itself)
    ask(chat, "knee")
    looking.thumb(chat, "Yes").first.click()
    page.wait_for_function(
        "(text) => inside.heard.some(([, each]) => each.includes(text))", arg=RATED
    )
    looking.thumb(chat, "No").last.click()
    expect(looking.thumb(chat, "No").last).to_have_attribute("aria-pressed", "true")
    ask(chat, "thanks")
    assert [times(page, text) for text in (ALARM, ANSWERED, ABSTAINED)] == [1, 1, 1]


def test_an_older_question_that_ends_late_is_not_said_into_the_newer_one(
    page: Page, house: House
) -> None:
    chat = looking.opened(page)
    begin(chat, "gated cramp")
    expect(looking.stop(chat)).to_be_visible()
    looking.called(page, "ask", "knee")
    wait_for_event(page, "soleus-failed")
    house.assistant.gate.set()
    wait_for_event(page, "soleus-answered")
    assert [times(page, text) for text in ("Stopped.", ANSWERED, ABSTAINED)] == [0, 0, 1]
