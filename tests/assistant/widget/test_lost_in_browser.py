"""A connection that is lost in mid-answer: what is pressed then counts, and a server that was
started anew is asked anew.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.models.card import ModelCard
from tests.assistant.server.served import SETTINGS, Behind, Served, served
from tests.assistant.widget import looking
from tests.assistant.widget.cable import Cable
from tests.assistant.widget.ending import ENDINGS, expect_ended
from tests.assistant.widget.serving import House, housed
from tests.assistant.widget.visiting import (
    CHAT,
    Visitor,
    ask,
    begin,
    shown_in_order,
    told,
    wait_for_event,
    wait_until_seen,
    wait_until_unseen,
)
from tests.ui import scripted
from tests.ui.writer import SENTENCES

pytestmark = pytest.mark.browser
CARD = ModelCard("qwen2.5:7b")
MODEL = {"name": "qwen2.5:7b", "served_by": "", "asks_consent": False}
WORDED = [sentence.text for sentence in SENTENCES]
LOST = "Trying again…"
ASKED = "my secret soreness"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with housed(Behind(card=CARD), cabled=True, model=MODEL) as both:
        yield both


@pytest.fixture
def wire(house: House) -> Iterator[Cable]:
    """The cable to the server, plugged in before and after; it pauses after a first sentence."""
    assert house.cable is not None
    house.writer.letting.clear()
    far = house.cable.far
    yield house.cable
    house.writer.letting.set()
    house.cable.far = far
    house.cable.plug()


@pytest.fixture
def page(visit: Visitor, house: House) -> Page:
    return visit(house.put())


@pytest.fixture
def afresh(house: House) -> Iterator[Served]:
    """The server as it is once it was started anew: it knows of no turn of before. Its model halts
    after a first sentence where a question says so.
    """
    settings = SETTINGS.model_copy(update={"origins": (house.club.url,)})
    with served(Behind(settings=settings, ask=house.assistant, card=CARD)) as other:
        yield other


def lose(chat: Locator, wire: Cable, question: str = ASKED) -> None:
    """Asks, and pulls the cable in mid-answer."""
    begin(chat, question)
    wait_until_seen(chat.page, WORDED[0])
    wire.pull()
    wait_until_seen(chat.page, LOST)


def lead_to(wire: Cable, other: Served) -> None:
    """Plugs the cable in again, at another server."""
    parts = urlsplit(other.url)
    assert parts.hostname
    assert parts.port
    wire.far = (parts.hostname, parts.port)
    wire.plug()


def resumed(visit: Visitor) -> list[str]:
    """The tries to go on with an answer."""
    asked = [each.url for each in visit.requests if each.method == "GET"]
    return [url for url in asked if f"{CHAT}/" in url]


@pytest.mark.parametrize("pressed", ENDINGS)
def test_what_is_pressed_while_the_connection_is_lost_counts_at_once_and_for_good(
    page: Page, visit: Visitor, house: House, wire: Cable, pressed: str
) -> None:
    chat = looking.opened(page)
    lose(chat, wire)
    ENDINGS[pressed](chat)
    expect_ended(chat, pressed, ASKED)
    wait_until_unseen(page, LOST)
    wait_for_event(page, "soleus-failed")
    assert told(page)[-1] == ["soleus-failed", {"code": "stopped"}]
    before = len(resumed(visit))
    house.writer.letting.set()
    wire.plug()
    ask(chat, "knee")
    expect(chat).to_contain_text(scripted.ABSTAIN.message)
    expect(chat).not_to_contain_text(WORDED[1])
    assert len(resumed(visit)) == before
    assert [each["message"] for each in visit.sent()] == [ASKED, "knee"]
    if pressed == "Stop":
        expect(chat).to_contain_text(WORDED[0])
    else:
        expect(chat).not_to_contain_text(WORDED[0])


def test_a_server_that_was_started_anew_is_asked_anew_and_its_answer_is_whole(
    page: Page, visit: Visitor, house: House, wire: Cable, afresh: Served
) -> None:
    chat = looking.opened(page)
    lose(chat, wire)
    lead_to(wire, afresh)
    wait_for_event(page, "soleus-answered")
    shown_in_order(page, ASKED, *WORDED)
    wait_until_unseen(page, LOST)
    expect(looking.stop(chat)).to_be_hidden()
    expect(looking.sources(chat)).to_have_count(len(WORDED))
    assert [each["message"] for each in visit.sent()] == [ASKED, ASKED]
    assert [name for name, _ in told(page)] == ["soleus-open", "soleus-asked", "soleus-answered"]
    heard = [text for _, text in page.evaluate("window.inside.heard")]
    assert [sum(text in each for each in heard) for text in WORDED] == [1] * len(WORDED)
    house.writer.letting.set()  # nor does anything come of the answer that was begun before
    ask(chat, "knee")
    shown_in_order(page, ASKED, *WORDED, scripted.ABSTAIN.message)


def test_a_question_is_asked_anew_only_once(
    page: Page, visit: Visitor, house: House, wire: Cable, afresh: Served
) -> None:
    chat = looking.opened(page)
    lose(chat, wire, "halts and aches")
    lead_to(wire, afresh)
    wait_until_unseen(page, LOST)
    wait_until_seen(chat.page, WORDED[0])
    wire.pull()
    wait_until_seen(chat.page, LOST)
    lead_to(wire, house.soleus)  # which holds the first turn, but not this one
    wait_for_event(page, "soleus-failed")
    assert told(page)[-1] == ["soleus-failed", {"code": "turn"}]
    assert len(visit.sent()) == 2
    wait_until_unseen(page, LOST)
    expect(looking.retry(chat)).to_be_visible()
    house.writer.letting.set()
    looking.retry(chat).click()
    wait_for_event(page, "soleus-answered")
    shown_in_order(page, *WORDED)
    assert len(visit.sent()) == 3


@pytest.mark.usefixtures("wire")
def test_once_the_server_has_answered_it_is_no_matter_of_a_list(page: Page) -> None:
    chat = looking.opened(page)
    expect(looking.choice(chat, scripted.EXAMPLES[0].question)).to_be_visible()
    page.route(f"**{CHAT}", lambda route: route.abort())
    begin(chat, ASKED)  # all else of the server can be reached
    wait_for_event(page, "soleus-failed")
    assert told(page)[-1] == ["soleus-failed", {"code": "offline"}]
    expect(chat).to_contain_text("No connection to the server.")
    expect(chat).not_to_contain_text("webmaster")


def test_a_website_is_told_to_be_on_no_list_only_if_the_server_can_be_reached(
    page: Page, house: House, wire: Cable
) -> None:
    about = f"{house.url}/api/v1/about"
    page.route(about, lambda route: route.abort(), times=1)
    looking.launcher(page).click()
    wait_for_event(page, "soleus-failed")
    chat = looking.chat(page)
    expect(chat).to_contain_text("webmaster")
    wire.pull()
    looking.retry(chat).click()
    wait_for_event(page, "soleus-failed", 2)
    expect(chat).to_contain_text("No connection to the server.")
    expect(chat).not_to_contain_text("webmaster")
    wire.plug()
    looking.retry(chat).click()
    expect(looking.choice(chat, scripted.EXAMPLES[0].question)).to_be_visible()
    codes = [detail["code"] for name, detail in told(page) if name == "soleus-failed"]
    assert codes == ["origin", "offline"]
