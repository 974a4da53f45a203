"""What must be seen first is: on small screens, over a keyboard, after a long question, on a slow
line.
"""

import pytest
from playwright.sync_api import Page, expect

from assistant.models.card import ModelCard
from tests.assistant.server.served import Behind
from tests.assistant.widget import looking
from tests.assistant.widget.serving import MODEL, NAME, House, housed
from tests.assistant.widget.visiting import Visitor, ask, begin, held_up
from tests.ui import scripted
from tests.ui.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
KEYBOARD = {"width": 390, "height": 500}
"""A phone's screen above its keyboard."""
ZOOMED = {"width": 320, "height": 256}
"""1280 by 1024 at 400 % (WCAG 2.2, 1.4.10)."""
STORY = "it began at the club run and i thought nothing of it. " * 24 + "now my calf is swollen"


def test_a_warning_stands_above_a_question_however_long(visit: Visitor, house: House) -> None:
    page = visit(house.put(), viewport=KEYBOARD)
    chat = looking.opened(page)
    ask(chat, "kerb")
    ask(chat, STORY)
    expect(looking.calls(chat).first).to_be_in_viewport(ratio=1)
    card = chat.get_by_role("heading", name="Emergency").bounding_box()
    asked = chat.get_by_role("heading", name="it began at the club run").bounding_box()
    assert card is not None
    assert asked is not None
    assert card["y"] < asked["y"]


def test_at_400_percent_the_chat_scrolls_as_a_whole(visit: Visitor, house: House) -> None:
    page = visit(house.put(), viewport=ZOOMED)
    chat = looking.opened(page)
    ask(chat, "swollen")
    log = chat.get_by_role("group").first
    rows: dict[str, float] = log.evaluate(
        """(log) => ({ seen: log.clientHeight, sideways: log.scrollWidth - log.clientWidth })"""
    )
    assert rows["seen"] >= 140
    assert rows["sideways"] == 0
    call = looking.calls(chat).first
    call.scroll_into_view_if_needed()
    expect(call).to_be_in_viewport(ratio=1)
    looking.send(chat).scroll_into_view_if_needed()
    expect(looking.send(chat)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("view", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_otherwise_nothing_but_the_conversation_scrolls(
    visit: Visitor, house: House, view: dict[str, int]
) -> None:
    chat = looking.opened(visit(house.put(), viewport=view))
    ask(chat, "calf cramp")
    spare: list[int] = chat.evaluate(
        "(one) => [one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth]"
    )
    assert spare == [0, 0]


@pytest.mark.parametrize("view", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_whether_a_model_may_read_along_is_asked_where_it_is_seen(
    visit: Visitor, view: dict[str, int]
) -> None:
    with housed(Behind(card=ModelCard("qwen2.5:7b")), model=MODEL) as house:
        address = house.put()
        visit.house = house
        chat = looking.opened(visit(address, viewport=view))
        expect(looking.consent(chat, "yes")).to_be_in_viewport(ratio=1)
        expect(looking.consent(chat, "no")).to_be_in_viewport(ratio=1)


def of_three_turns(visit: Visitor, house: House) -> Page:
    """A page on which three things were asked, the last of them long."""
    page = visit(house.put())
    chat = looking.opened(page)
    for text in ("kerb", "calf cramp", "magnesium"):
        ask(chat, text)
    return page


def test_on_the_next_page_a_kept_chat_opens_at_its_last_question(
    visit: Visitor, house: House
) -> None:
    page = of_three_turns(visit, house)
    page.goto(house.put(path="/next"))
    chat = looking.opened(page)
    expect(chat.get_by_role("heading", name="magnesium")).to_be_in_viewport()
    expect(chat.get_by_role("heading", name="kerb", exact=True)).not_to_be_in_viewport()


def test_while_the_server_has_not_told_of_itself_the_chat_is_one_all_the_same(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put())
    holding = held_up(page, "/api/v1/about")
    chat = looking.opened(page)
    expect(page.get_by_role("dialog", name="Soleus")).to_be_visible()
    expect(chat).to_contain_text("Looking through the texts…")
    begin(chat, "calf cramp")
    expect(chat.get_by_role("heading", name="calf cramp")).to_be_visible()
    expect(looking.question(chat)).to_have_value("")
    expect(looking.stop(chat)).to_be_visible()
    assert visit.sent() == []
    holding.let_go()
    expect(chat).to_contain_text(scripted.RELEASE.sentences[0].text)
    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    assert len(visit.sent()) == 1


def test_a_chat_in_the_page_is_as_high_as_the_page_wants(visit: Visitor, house: House) -> None:
    head = "<style>soleus-chat { --soleus-height: 100vh }</style>"
    page = visit(house.put("<soleus-chat open></soleus-chat>", house.tag(), head=head))
    expect(looking.question(page.locator("soleus-chat"))).to_be_visible()
    height: float = page.locator("soleus-chat").evaluate("(one) => one.offsetHeight")
    assert height == DESKTOP["height"]
