"""Stop, "New chat" and "Delete this chat" before a question has even been sent; and the server is
told of a question that nobody waits for any more.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.assistant.widget import looking
from tests.assistant.widget.ending import ENDINGS, expect_ended
from tests.assistant.widget.keeping import keeping
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import (
    CHAT,
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
ASKED = "my secret soreness"
CODE = "/api/v1/chats"
ANSWERED = scripted.ANSWER.items[0].sentences[0].text
LATER: dict[str, Callable[[Locator], None]] = {
    "New chat": ENDINGS["New chat"],
    "a newer question": lambda chat: looking.called(chat.page, "ask", "knee"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with keeping(tmp_path_factory.mktemp("records")) as both:
        yield both


@pytest.fixture
def page(visit: Visitor, house: House) -> Page:
    house.assistant.gate.clear()
    return visit(house.put())


@pytest.mark.parametrize("pressed", ENDINGS)
def test_what_waits_for_the_chats_code_is_ended_at_once(page: Page, pressed: str) -> None:
    chat = looking.opened(page)
    with page.expect_request(f"**{CODE}"):
        held_up(page, CODE)
        begin(chat, ASKED)
    ENDINGS[pressed](chat)
    expect_ended(chat, pressed, ASKED)


@pytest.mark.parametrize("pressed", ENDINGS)
def test_what_was_ended_before_the_chats_code_came_is_not_asked_when_it_comes(
    page: Page, visit: Visitor, pressed: str
) -> None:
    chat = looking.opened(page)
    code = held_up(page, CODE)
    with page.expect_request(f"**{CODE}"):
        begin(chat, ASKED)
    ENDINGS[pressed](chat)
    code.let_go()
    wait_for_event(page, "soleus-failed")
    assert told(page)[-1] == ["soleus-failed", {"code": "stopped"}]
    expect_ended(chat, pressed, ASKED)
    ask(chat, "knee")
    expect(chat).to_contain_text(scripted.ABSTAIN.message)
    assert [each["message"] for each in visit.sent()] == ["knee"]
    expect(chat).not_to_contain_text(ANSWERED)
    assert kept_here(page)[0] == ["soleus-chat"]
    if pressed != "Stop":
        assert visit.sent()[0].get("earlier", []) == []
        page.reload()  # nor does it come back with the next page
        again = looking.reopened(page)
        expect(again).to_contain_text(scripted.ABSTAIN.message)
        expect(again).not_to_contain_text(ASKED)


def is_end_of(turn: str) -> Callable[[Response], bool]:
    """Whether something is the answer to a DELETE of this turn."""
    return lambda each: each.request.method == "DELETE" and each.url.endswith(f"{CHAT}/{turn}")


@pytest.mark.parametrize("done", ["Stop", *LATER])
def test_the_server_is_told_that_nobody_waits_any_more(
    page: Page, visit: Visitor, house: House, done: str
) -> None:
    chat = looking.opened(page)
    with page.expect_response(f"**{CHAT}") as begun:
        begin(chat, "hot calf gated")
    expect(looking.calls(chat).first).to_be_visible()
    turn = begun.value.headers["x-turn"]
    with page.expect_response(is_end_of(turn)) as ended:
        {**ENDINGS, **LATER}[done](chat)
    assert ended.value.status == 204
    house.assistant.gate.set()
    ask(chat, "knee")
    expect(chat).not_to_contain_text(ANSWERED)
    again = [each for each in visit.requests if each.url.endswith(f"{CHAT}/{turn}")]
    assert [each.method for each in again if each.method != "OPTIONS"] == ["DELETE"]
