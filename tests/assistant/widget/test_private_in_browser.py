"""What was asked before a reader's yes stays unread by the model, however the yes came about."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.server.served import Behind
from tests.assistant.widget import looking
from tests.assistant.widget.serving import CARD, MODEL, House, housed
from tests.assistant.widget.visiting import Visitor, ask, begin, wait_for_event

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with housed(Behind(card=CARD), model=MODEL) as both:
        yield both


@pytest.fixture
def page(visit: Visitor, house: House) -> Page:
    house.assistant.gate.clear()
    house.writer.letting.set()
    house.writer.read.clear()
    return visit(house.put())


@pytest.fixture
def chat(page: Page) -> Locator:
    return looking.opened(page)


def privacy(visit: Visitor) -> list[tuple[bool, int, int]]:
    """Of each question that was sent: whether a model may read it, how many went along that were
    asked before, and how many of these none may read.
    """
    return [
        (
            body.get("agreed", False),
            len(body.get("earlier", [])),
            body.get("earlier_private", 0),
        )
        for body in visit.sent()
    ]


def test_a_question_that_is_under_way_was_asked_before_the_yes(
    chat: Locator, visit: Visitor, house: House
) -> None:
    ask(chat, "my first ache")
    begin(chat, "gated ache")
    expect(looking.stop(chat)).to_be_visible()
    looking.consent(chat, "yes").click()
    house.assistant.gate.set()
    wait_for_event(chat.page, "soleus-answered", 2)
    assert house.writer.read == []
    ask(chat, "my next ache")
    ask(chat, "my last ache")
    assert privacy(visit) == [(False, 0, 0), (False, 1, 0), (True, 2, 2), (True, 3, 2)]
    read = [(each.text, each.earlier_private) for each in house.writer.read]
    assert read == [("my next ache", 2), ("my last ache", 2)]


def test_a_no_and_another_yes_hide_all_that_was_asked_until_then(
    chat: Locator, visit: Visitor
) -> None:
    looking.consent(chat, "yes").click()
    ask(chat, "my first ache")
    looking.consent(chat, "no").click()
    ask(chat, "my secret ache")
    looking.consent(chat, "yes").click()
    ask(chat, "my last ache")
    assert privacy(visit) == [(True, 0, 0), (False, 1, 0), (True, 2, 2)]


@pytest.mark.parametrize("count", [1, 2])
def test_a_last_question_that_is_asked_again_after_the_yes_is_hidden_no_more(
    chat: Locator, visit: Visitor, house: House, count: int
) -> None:
    for number in range(count):
        ask(chat, f"ache {number}")
    looking.consent(chat, "yes").click()
    looking.retry(chat).last.click()
    wait_for_event(chat.page, "soleus-answered", count + 1)
    ask(chat, "my last ache")
    before = count - 1
    assert privacy(visit)[count:] == [(True, before, before), (True, count, before)]
    assert [each.text for each in house.writer.read] == [f"ache {before}", "my last ache"]


def test_an_older_question_that_is_asked_again_hides_those_before_the_yes(
    chat: Locator, visit: Visitor
) -> None:
    for number in range(2):
        ask(chat, f"ache {number}")
    looking.consent(chat, "yes").click()
    looking.retry(chat).first.click()
    wait_for_event(chat.page, "soleus-answered", 3)
    assert privacy(visit)[2:] == [(True, 2, 2)]
    assert visit.sent()[-1]["message"] == "ache 0"


def test_asked_again_and_again_it_never_hides_more_than_is_sent(
    chat: Locator, visit: Visitor
) -> None:
    for number in range(3):
        ask(chat, f"ache {number}")
    looking.consent(chat, "yes").click()
    for number in range(3):
        looking.retry(chat).last.click()
        wait_for_event(chat.page, "soleus-answered", 4 + number)
    looking.consent(chat, "no").click()
    looking.consent(chat, "yes").click()
    looking.retry(chat).last.click()
    wait_for_event(chat.page, "soleus-answered", 7)
    assert [(count, hidden) for _, count, hidden in privacy(visit)[3:]] == [(2, 2)] * 4
    assert all(hidden <= count for _, count, hidden in privacy(visit))


def test_of_the_chat_before_a_new_chat_hides_nothing(chat: Locator, visit: Visitor) -> None:
    ask(chat, "my first ache")
    looking.consent(chat, "yes").click()
    looking.new_chat(chat).click()
    ask(chat, "my next ache")
    ask(chat, "my last ache")
    assert [(count, hidden) for _, count, hidden in privacy(visit)] == [(0, 0), (0, 0), (1, 0)]
