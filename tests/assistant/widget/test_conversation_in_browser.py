"""A whole conversation in the widget, with every kind of reply, as a reader sees it."""

import pytest
from playwright.sync_api import Locator, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import (
    Visitor,
    ask,
    begin,
    expect_hidden,
    shown_in_order,
    told,
    wait_for_event,
    wait_until_in_view,
)
from tests.ui import scripted
from tests.ui.conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def chat(visit: Visitor, house: House) -> Locator:
    """An open chat in which nothing was asked yet."""
    house.assistant.gate.clear()
    house.assistant.asked.clear()
    return looking.opened(visit(house.put()))


def test_an_answer_comes_with_its_sources_and_a_source_opens_at_its_words(chat: Locator) -> None:
    ask(chat, "calf cramp")
    items = scripted.ANSWER.items
    said = [sentence.text for item in items for sentence in item.sentences]
    shown_in_order(chat.page, *said)
    for item in items:
        expect(chat).to_contain_text(item.attribution.rstrip(":"))
    expect(looking.sources(chat)).to_have_count(8)
    expect(chat.get_by_role("group", name=looking.THUMBS)).to_have_count(0)  # nothing is kept
    looking.source(chat, 2).click()
    expect(looking.marked(chat)).to_have_text(scripted.RELEASE.sentences[1].text)
    expect(chat).to_contain_text(scripted.RELEASE.title)
    expect(chat).to_contain_text(scripted.RELEASE.sentences[2].text)
    looking.back(chat).click()
    expect_hidden(looking.marked(chat))
    looking.source(chat, 4).click()
    expect(looking.marked(chat)).to_have_text(scripted.SQUEEZE.sentences[1].text)
    looking.back(chat).click()
    shown_in_order(chat.page, *said)
    expect(looking.question(chat)).to_have_value("")


def test_both_sides_of_a_disagreement_are_shown_and_named_as_one(chat: Locator) -> None:
    ask(chat, "kerb")
    sides = [item.sentences[0].text for item in scripted.DISPUTE.items]
    shown_in_order(chat.page, *sides)
    expect(chat).to_contain_text("heel drops off a kerb")
    expect(chat).to_contain_text("disagree")
    looking.source(chat, 3).click()
    expect(looking.marked(chat)).to_have_text("Hold a sign to balance.")


def test_a_product_is_called_one_and_what_is_missing_is_said(chat: Locator) -> None:
    ask(chat, "magnesium")
    expect(chat).to_contain_text("Product mention")
    expect(chat).to_contain_text(scripted.SPRAY.sentences[0].text)
    expect(chat).to_contain_text(scripted.PRODUCT.uncovered[0])


def test_a_choice_is_pressed_and_asked(chat: Locator, visit: Visitor) -> None:
    ask(chat, "how long")
    expect(chat).to_contain_text(scripted.CLARIFY.prompt)
    wanted = scripted.CLARIFY.choices[1].question
    looking.choice(chat, wanted).click()
    wait_for_event(chat.page, "soleus-answered", 2)
    assert [each["message"] for each in visit.sent()] == ["how long", wanted]
    assert visit.sent()[-1]["earlier"] == ["how long"]


def test_a_suggestion_is_pressed_and_asked(chat: Locator, visit: Visitor) -> None:
    for each in scripted.EXAMPLES:
        expect(looking.choice(chat, each.question)).to_be_visible()
    looking.choice(chat, scripted.EXAMPLES[0].question).click()
    wait_for_event(chat.page, "soleus-answered")
    assert [each["message"] for each in visit.sent()] == [scripted.EXAMPLES[0].question]
    expect(chat).to_contain_text(scripted.ANSWER.items[0].sentences[0].text)


def test_a_follow_up_carries_what_was_asked_before_and_nothing_that_was_replied(
    chat: Locator, visit: Visitor, house: House
) -> None:
    for text in ("my calf cramps", "knee", "echo and then"):
        ask(chat, text)
    expect(chat).to_contain_text("my calf cramps / knee / echo and then")
    assert [each.get("earlier", []) for each in visit.sent()] == [
        [],
        ["my calf cramps"],
        ["my calf cramps", "knee"],
    ]
    assert not any(each.get("agreed") for each in visit.sent())
    assert [each.text for each in house.assistant.asked][-1] == "echo and then"


def test_where_nothing_is_found_that_is_said_with_what_there_is(chat: Locator) -> None:
    ask(chat, "knee")
    expect(chat).to_contain_text(scripted.ABSTAIN.message)
    expect(chat).to_contain_text(scripted.ABSTAIN.ask)
    looking.choice(chat, scripted.ABSTAIN.nearby[1].question).click()
    wait_for_event(chat.page, "soleus-answered", 2)
    expect(chat).to_contain_text(scripted.RELEASE.sentences[0].text)


def test_an_emergency_comes_first_alone_and_can_be_called(visit: Visitor, house: House) -> None:
    page = visit(house.put(), viewport=PHONE, has_touch=True)
    chat = looking.opened(page)
    ask(chat, "my calf is swollen")
    alarm = [scripted.EMERGENCY.act, scripted.EMERGENCY.avoid, scripted.URGENT.act]
    shown_in_order(page, *alarm)
    wait_until_in_view(page, scripted.EMERGENCY.act)
    numbers = [each.get_attribute("href") for each in looking.calls(chat).all()]
    assert numbers == ["tel:999", "tel:111", "tel:999"]
    expect(looking.calls(chat).first).to_contain_text("999")
    expect(looking.calls(chat).first).to_be_in_viewport()
    expect(chat).to_contain_text(scripted.SOURCE.organisation)
    expect(looking.sources(chat)).to_have_count(0)
    assert told(page)[-1] == ["soleus-answered", {"number": 1, "reply": "escalation"}]


def test_a_warning_waits_for_no_answer_and_stays_above_it(chat: Locator, house: House) -> None:
    begin(chat, "hot calf gated")
    expect(looking.calls(chat)).to_have_count(2)
    shown_in_order(chat.page, scripted.URGENT.act, scripted.SEE.act)
    expect(looking.sources(chat)).to_have_count(0)
    house.assistant.gate.set()
    wait_for_event(chat.page, "soleus-answered")
    first = scripted.RELEASE.sentences[0].text
    shown_in_order(chat.page, scripted.URGENT.act, scripted.SEE.act, first)


def test_words_in_the_readers_language_a_guard_that_failed_and_notes_are_shown(
    chat: Locator,
) -> None:
    ask(chat, "noted")
    for note in scripted.NOTES:
        expect(chat).to_contain_text(note.text)
    ask(chat, "ciao")
    for line in scripted.FOREIGN.splitlines():
        expect(chat).to_contain_text(line)
    ask(chat, "unscreened")
    expect(chat).to_contain_text("could not check this message for warning signs")


def test_what_is_typed_and_what_a_text_says_stay_text(chat: Locator) -> None:
    typed = '<img src=x onerror="window.hacked=1"> **bold** [x](javascript:alert(1)) {{7*7}}'
    ask(chat, f"hostile {typed}")
    expect(chat).to_contain_text(typed)
    expect(chat).to_contain_text(scripted.HOSTILE_WORDS)
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_have_text(scripted.HOSTILE_WORDS)
    expect(chat).to_contain_text(scripted.HOSTILE.title)
    looking.back(chat).click()
    assert chat.page.evaluate("window.hacked") is None
    assert chat.locator("img, script, b, i, u, a[href^='javascript' i]").count() == 0


def test_stop_ends_the_turn_on_both_sides_and_one_can_go_on(
    chat: Locator, visit: Visitor, house: House
) -> None:
    begin(chat, "hot calf gated")
    expect(looking.calls(chat).first).to_be_visible()
    with chat.page.expect_request(lambda each: each.method == "DELETE") as ended:
        looking.stop(chat).click()
    assert "/api/v1/chat/" in ended.value.url
    wait_for_event(chat.page, "soleus-failed")
    assert told(chat.page)[-1] == ["soleus-failed", {"code": "stopped"}]
    house.assistant.gate.set()
    expect(looking.calls(chat).first).to_be_visible()
    expect_hidden(looking.stop(chat))
    ask(chat, "kerb")
    expect(chat).to_contain_text(scripted.KERB_AGAINST.text)
    expect(chat).not_to_contain_text(scripted.RELEASE.sentences[0].text)


def test_a_failure_is_told_in_plain_words_and_one_can_go_on(chat: Locator) -> None:
    ask(chat, "boom")
    expect(chat).to_contain_text("failed")
    expect(chat).not_to_contain_text("scripted failure")
    looking.question(chat).fill("calf cramp")
    looking.send(chat).click()
    wait_for_event(chat.page, "soleus-answered", 2)
    expect(looking.sources(chat)).to_have_count(8)


def test_an_empty_question_is_not_sent_and_a_long_one_keeps_its_lines(
    chat: Locator, visit: Visitor
) -> None:
    begin(chat, "   ")
    looking.question(chat).fill("first line")
    looking.question(chat).press("Shift+Enter")
    looking.question(chat).press_sequentially("second line")
    assert visit.sent() == []
    looking.question(chat).press("Enter")
    wait_for_event(chat.page, "soleus-answered")
    assert [each["message"] for each in visit.sent()] == ["first line\nsecond line"]
