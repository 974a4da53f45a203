"""Where a language model words answers, who reads along is said first, and asked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.assistant.server.served import Behind
from tests.assistant.widget import looking
from tests.assistant.widget.serving import CARD, MODEL, House, housed
from tests.assistant.widget.visiting import Visitor, ask, begin, shown_in_order, wait_for_event
from tests.ui import scripted
from tests.ui.writer import SENTENCES

pytestmark = pytest.mark.browser
WORDED = [sentence.text for sentence in SENTENCES]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with housed(Behind(card=CARD), model=MODEL) as both:
        yield both


@pytest.fixture
def chat(visit: Visitor, house: House) -> Locator:
    house.writer.letting.clear()
    house.writer.read.clear()
    return looking.opened(visit(house.put()))


def test_who_would_read_a_question_is_named_and_no_means_no(
    chat: Locator, visit: Visitor, house: House
) -> None:
    expect(chat).to_contain_text("Example & Co")
    expect(chat).to_contain_text("qwen2.5:7b")
    looking.consent(chat, "no").click()
    ask(chat, "calf cramp")
    expect(chat).to_contain_text(scripted.ANSWER.items[0].sentences[0].text)
    assert [each.get("agreed", False) for each in visit.sent()] == [False]
    assert house.writer.read == []


def test_after_a_yes_the_answer_is_worded_sentence_by_sentence_and_still_cited(
    chat: Locator, visit: Visitor, house: House
) -> None:
    looking.consent(chat, "yes").click()
    begin(chat, "calf cramp")
    expect(chat).to_contain_text(WORDED[0])
    expect(chat).not_to_contain_text(WORDED[1])
    expect(looking.stop(chat)).to_be_visible()
    looking.source(chat, 1).click()  # while the rest is still coming
    expect(looking.marked(chat)).to_have_text(scripted.RELEASE.sentences[0].text)
    looking.back(chat).click()
    house.writer.letting.set()
    wait_for_event(chat.page, "soleus-answered")
    shown_in_order(chat.page, *WORDED)
    assert [each["agreed"] for each in visit.sent()] == [True]
    assert [each.text for each in house.writer.read] == ["calf cramp"]
    looking.source(chat, 4).click()
    expect(looking.marked(chat)).to_have_text(scripted.SALT.sentences[0].text)


def test_a_yes_is_for_this_tab_alone(chat: Locator, visit: Visitor, house: House) -> None:
    looking.consent(chat, "yes").click()
    other = looking.opened(visit(house.put()))
    expect(looking.consent(other, "yes")).to_be_visible()
    looking.consent(other, "no").click()
    ask(other, "calf cramp")
    assert not visit.sent()[-1].get("agreed")
