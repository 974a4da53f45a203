"""Where the club keeps chats: thumbs, and a chat that its reader deletes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import expect

from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.records.code import new_code
from assistant.records.kept import RatedTurn, Thumb
from assistant.records.retention import Retention
from assistant.records.sql.sql_records import SqlRecords
from assistant.records.sql.sqlite_place import SqlitePlace
from assistant.server.memory import Memory
from tests.assistant.server.served import PROGRAM, Behind
from tests.assistant.widget import looking
from tests.assistant.widget.serving import House, housed
from tests.assistant.widget.visiting import Visitor, ask, kept_here

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    place = SqlitePlace(tmp_path_factory.mktemp("records"))
    return Memory(SqlRecords(place), open_guard(read_contacts("UK")), Retention(30))


@pytest.fixture(scope="module")
def house(memory: Memory) -> Iterator[House]:
    with housed(Behind(memory=memory), keeps={"days": 30, "words": True}) as both:
        yield both


def kept(memory: Memory, house: House) -> list[RatedTurn]:
    """What is kept, once the server has come to all that it was to keep."""
    clerk = house.soleus.interface.memory
    assert clerk is not None
    clerk.forget(new_code())
    return list(memory.records.export(datetime.now(UTC) - timedelta(days=1)))


def test_a_reader_says_whether_it_helped_and_has_the_chat_deleted(
    visit: Visitor, house: House, memory: Memory
) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    for text, answer in (("my secret cramp", "Yes"), ("kerb", "No")):
        ask(chat, text)
        with page.expect_response("**/api/v1/feedback") as rated:
            looking.thumb(chat, answer).last.click()
        assert rated.value.status == 204
    codes = {each["chat"] for each in visit.sent()}
    assert len(codes) == 1
    rows = {each.turn.question: each.feedback for each in kept(memory, house)}
    given = {text: feedback and feedback.thumb for text, feedback in rows.items()}
    assert given == {"my secret cramp": Thumb.UP, "kerb": Thumb.DOWN}
    looking.about(chat).click()
    expect(chat).to_contain_text(codes.pop())
    codes = {each["chat"] for each in visit.sent()}
    looking.delete_chat(chat).click()
    with page.expect_response(
        lambda each: each.request.method == "DELETE" and "/api/v1/chats/" in each.url
    ) as gone:
        chat.get_by_role("button", name="Delete for good?").click()
    assert gone.value.status == 200
    assert kept(memory, house) == []
    expect(chat).not_to_contain_text("my secret cramp")
    assert kept_here(page)[0] == []
    ask(chat, "a new cramp")
    assert visit.sent()[-1].get("earlier", []) == []
    assert visit.sent()[-1]["chat"] not in codes


def test_the_code_of_a_chat_goes_along_to_the_next_page_and_ends_with_it(
    visit: Visitor, house: House, memory: Memory
) -> None:
    page = visit(house.put())
    ask(looking.opened(page), "calf cramp")
    page.goto(house.put(path="/next"))
    chat = looking.reopened(page)
    ask(chat, "kerb")
    first, second = (each["chat"] for each in visit.sent())
    assert first == second
    looking.new_chat(chat).click()
    ask(chat, "knee")
    assert visit.sent()[-1]["chat"] != first
    path = f"{house.url}/api/v1/chats/{first}"
    assert httpx.delete(path, headers=PROGRAM).json() == {"deleted": 2}
    assert "knee" in {each.turn.question for each in kept(memory, house)}


def test_what_becomes_of_a_question_is_said_before_the_first_one(
    visit: Visitor, house: House
) -> None:
    chat = looking.opened(visit(house.put()))
    expect(chat).to_contain_text("30 days")
