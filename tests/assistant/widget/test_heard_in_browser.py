"""What a screen reader says: every sentence once and whole, and only a warning interrupts."""

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask, begin, wait_for_event
from tests.ui import scripted

pytestmark = pytest.mark.browser


def heard(page: Page) -> list[tuple[str, str]]:
    """How each thing was said, and what."""
    said: list[tuple[str, str]] = [tuple(each) for each in page.evaluate("window.inside.heard")]
    return said


def once(said: list[tuple[str, str]], text: str) -> str:
    """How a text was said, which was said once."""
    found = [how for how, each in said if text in each]
    assert len(found) == 1, (text, said)
    return found[0]


def test_every_sentence_is_heard_once_whole_and_in_order(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    ask(looking.opened(page), "calf cramp")
    said = heard(page)
    sentences = [each.text for item in scripted.ANSWER.items for each in item.sentences]
    assert {once(said, text) for text in sentences} == {"polite"}
    whole = " ".join(text for _, text in said)
    places = [whole.index(text) for text in sentences]
    assert places == sorted(places)
    for item in scripted.ANSWER.items[::2]:
        once(said, item.attribution.rstrip(":"))


def test_a_warning_interrupts_before_the_answer_and_nothing_else_does(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put())
    begin(looking.opened(page), "hot calf gated")
    page.wait_for_function("window.inside.heard.some(([how]) => how === 'assertive')")
    house.assistant.gate.set()
    wait_for_event(page, "soleus-answered")
    said = heard(page)
    for text in (scripted.URGENT.act, scripted.URGENT.avoid, scripted.SEE.act):
        assert once(said, text) == "assertive"
    sentences = [each.text for item in scripted.ANSWER.items for each in item.sentences]
    assert {once(said, text) for text in sentences} == {"polite"}
    assert [text for how, text in said if how == "assertive" and text in sentences] == []


def test_other_replies_are_heard_too_and_none_of_them_twice(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    for text in ("how long", "knee", "kerb", "swollen"):
        ask(chat, text)
    said = heard(page)
    sides = [each.text for item in scripted.DISPUTE.items for each in item.sentences]
    for text in (scripted.CLARIFY.prompt, scripted.ABSTAIN.message, *sides):
        assert once(said, text) == "polite"
    assert once(said, scripted.EMERGENCY.act) == "assertive"


def test_a_chat_that_is_shown_again_is_not_read_out_again(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    ask(looking.opened(page), "hot calf")
    page.goto(house.put(path="/next"))
    chat = looking.reopened(page)
    expect(chat).to_contain_text(scripted.URGENT.act)
    known = (scripted.URGENT.act, scripted.RELEASE.sentences[0].text)
    assert [said for _, said in heard(page) if any(each in said for each in known)] == []
    ask(chat, "echo on")
    once(heard(page), "Heard: 1x")


def test_a_failure_is_heard(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    page.route("**/api/v1/chat", lambda route: route.abort())
    begin(chat, "calf cramp")
    wait_for_event(page, "soleus-failed")
    expect(looking.retry(chat)).to_be_visible()
    page.wait_for_function("window.inside.heard.length > 0")
