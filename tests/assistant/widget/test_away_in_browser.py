"""A website that is not on the list, a server that is away, and a network that comes and goes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from assistant.models.card import ModelCard
from tests.assistant.server.served import SETTINGS, Behind
from tests.assistant.widget import looking
from tests.assistant.widget.cable import Cable
from tests.assistant.widget.serving import House, housed
from tests.assistant.widget.visiting import (
    Visitor,
    ask,
    begin,
    shown_in_order,
    told,
    wait_for_event,
)
from tests.ui import scripted
from tests.ui.writer import SENTENCES

pytestmark = pytest.mark.browser
MODEL = {"name": "qwen2.5:7b", "served_by": "", "asks_consent": False}
FAILURES = 2
WORDED = [sentence.text for sentence in SENTENCES]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with housed(Behind(card=ModelCard("qwen2.5:7b")), cabled=True, model=MODEL) as both:
        yield both


@pytest.fixture
def wire(house: House) -> Iterator[Cable]:
    """The cable to the server, plugged in before and after."""
    assert house.cable is not None
    house.assistant.asked.clear()
    house.writer.letting.set()
    yield house.cable
    house.cable.plug()


def failures(visit: Visitor) -> list[object]:
    return [detail for name, detail in told(visit.pages[-1]) if name == "soleus-failed"]


@pytest.mark.usefixtures("wire")
def test_on_a_website_that_is_not_on_the_list_it_says_so_in_plain_words(
    visit: Visitor, house: House
) -> None:
    house.put()
    page = visit(f"{house.club.elsewhere}/")
    looking.launcher(page).click()
    wait_for_event(page, "soleus-failed")
    assert failures(visit) == [{"code": "origin"}]
    chat = looking.chat(page)
    expect(chat).to_contain_text("website")
    expect(chat).to_contain_text("not")
    assert house.assistant.asked == []
    looking.close(chat).click()
    expect(chat).to_be_hidden()


def test_opened_while_the_server_is_away_it_can_be_tried_again(
    visit: Visitor, house: House, wire: Cable
) -> None:
    page = visit(house.put())
    expect(looking.launcher(page)).to_be_visible()
    wire.pull()
    looking.launcher(page).click()
    wait_for_event(page, "soleus-failed")
    assert failures(visit)[0] == {"code": "offline"}
    expect(page.get_by_role("alert")).to_have_text("Offline. Try again?")
    looking.launcher(page).click()
    wait_for_event(page, "soleus-failed", 2)
    wire.plug()
    ask(looking.opened(page), "calf cramp")
    shown_in_order(page, *WORDED)
    assert failures(visit) == [{"code": "offline"}] * 2


def test_a_question_that_did_not_arrive_can_be_sent_again(
    visit: Visitor, house: House, wire: Cable
) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    ask(chat, "my calf cramps")
    wire.pull()
    begin(chat, "kerb")
    wait_for_event(page, "soleus-failed")
    assert failures(visit) == [{"code": "offline"}]
    expect(chat).to_contain_text("kerb")
    wire.plug()
    looking.retry(chat).last.click()
    wait_for_event(page, "soleus-answered", 2)
    assert [each.text for each in house.assistant.asked] == ["my calf cramps", "kerb"]
    assert house.assistant.asked[-1].earlier == ("my calf cramps",)
    assert [detail for name, detail in told(page) if name == "soleus-answered"][-1] == {
        "number": 2,
        "reply": "answer",
    }


def test_an_answer_that_was_cut_off_goes_on_and_is_whole_and_was_asked_for_once(
    visit: Visitor, house: House, wire: Cable
) -> None:
    house.writer.letting.clear()
    page = visit(house.put())
    chat = looking.opened(page)
    begin(chat, "shin bone, calf cramp")
    expect(chat).to_contain_text(scripted.SEE.act)
    expect(chat).to_contain_text(WORDED[0])
    with page.expect_event(
        "requestfailed", lambda each: each.method == "GET" and "/api/v1/chat/" in each.url
    ):
        wire.pull()  # until somebody has tried to go on in vain
    house.writer.letting.set()
    wire.plug()
    wait_for_event(page, "soleus-answered")
    shown_in_order(page, scripted.SEE.act, *WORDED)
    assert len(visit.sent()) == 1
    assert [each.text for each in house.assistant.asked] == ["shin bone, calf cramp"]
    assert failures(visit) == []
    again = [each for each in visit.requests if "/api/v1/chat/" in each.url]
    assert all("." in each.headers["last-event-id"] for each in again)
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_have_text(scripted.RELEASE.sentences[0].text)


def test_a_proxy_that_says_502_meanwhile_ends_no_answer_and_what_goes_on_is_heard(
    visit: Visitor, house: House, wire: Cable
) -> None:
    house.writer.letting.clear()
    page = visit(house.put())
    chat = looking.opened(page)
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        if len(refused) <= FAILURES:
            route.fulfill(status=502, body="<html>Bad Gateway</html>", content_type="text/html")
        else:
            route.continue_()

    page.route("**/api/v1/chat/*", refuse)
    begin(chat, "calf cramp")
    expect(chat).to_contain_text(WORDED[0])
    wire.pull()
    expect(chat.get_by_role("log")).to_contain_text("Trying again…")
    wire.plug()
    house.writer.letting.set()
    wait_for_event(page, "soleus-answered")
    shown_in_order(page, *WORDED)
    assert len(refused) > FAILURES
    assert len(visit.sent()) == 1
    assert failures(visit) == []


@pytest.mark.usefixtures("wire")
def test_a_token_that_grew_too_old_is_renewed_and_nobody_notices(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    refusal = {"error": {"code": "token", "message": "too old", "request": "1"}}
    page.route(
        "**/api/v1/chat",
        lambda route: route.fulfill(
            status=401, json=refusal, headers={"access-control-allow-origin": house.club.url}
        ),
        times=1,
    )
    ask(chat, "calf cramp")
    shown_in_order(page, *WORDED)
    assert failures(visit) == []


def test_over_the_limit_that_is_said_and_the_warning_comes_all_the_same(visit: Visitor) -> None:
    few = SETTINGS.model_copy(update={"per_day": 1})
    with housed(Behind(settings=few)) as other:
        page = visit.tab()
        page.goto(other.put())
        chat = looking.opened(page)
        ask(chat, "calf cramp")
        begin(chat, "hot calf")
        wait_for_event(page, "soleus-failed")
        assert failures(visit) == [{"code": "limit"}]
        shown_in_order(page, scripted.URGENT.act)
        expect(looking.calls(chat)).to_have_count(2)
        page.close()
        visit.requests.clear()
