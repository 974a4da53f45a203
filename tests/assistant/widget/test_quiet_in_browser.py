"""What the widget does to a page that nobody asks on, and what it leaves behind where one does."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Response, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import SCRIPT, House
from tests.assistant.widget.visiting import Kept, Visitor, ask, begin, kept_here, told
from tests.ui.scripted import RELEASE

pytestmark = pytest.mark.browser
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((one) => one.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
NOTHING: Kept = ([], [], 0, [])
THE_CHAT: Kept = (["soleus-chat"], [], 0, [])


def test_before_it_is_opened_one_script_is_fetched_and_nothing_else_happens(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put(), script=SHIFTS)
    looking.launcher(page).hover()
    looking.launcher(page).focus()
    page.wait_for_load_state("networkidle")
    assert visit.to_soleus() == [f"GET {SCRIPT}"]
    assert kept_here(page) == NOTHING
    assert page.evaluate("window.shifts") == []
    assert page.evaluate("document.styleSheets.length + document.adoptedStyleSheets.length") == 0
    assert told(page) == []


def test_it_leaves_nothing_but_the_chat_and_that_in_this_tab_from_the_first_question_on(
    visit: Visitor,
) -> None:
    page = visit()
    chat = looking.opened(page)
    looking.question(chat).press_sequentially("my calf")
    assert kept_here(page) == NOTHING
    ask(chat, "calf cramp")
    assert kept_here(page) == THE_CHAT
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_be_visible()
    looking.back(chat).click()
    looking.close(chat).click()
    assert kept_here(page) == THE_CHAT
    asked = {urlsplit(each).path for each in visit.to_soleus() if "/widget/" not in each}
    assert {path.split()[-1].split("?")[0] for path in asked} <= {
        "/api/v1/about",
        "/api/v1/token",
        "/api/v1/chat",
        f"/api/v1/passages/{RELEASE.id}",
        f"/api/v1/passages/{RELEASE.id.replace(':', '%3A')}",
    }


def test_the_chat_goes_along_to_the_next_page_and_into_no_other_tab(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put())
    ask(looking.opened(page), "my calf cramps")
    page.goto(house.put(path="/next"))
    chat = looking.reopened(page)
    expect(chat).to_contain_text("my calf cramps")
    expect(chat).to_contain_text(RELEASE.sentences[0].text)
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_have_text(RELEASE.sentences[0].text)
    looking.back(chat).click()
    ask(chat, "echo and now")
    expect(chat).to_contain_text("my calf cramps / echo and now")
    other = visit(house.club.url)
    expect(looking.opened(other)).not_to_contain_text("my calf cramps")
    assert kept_here(other) == NOTHING


def test_a_new_chat_knows_nothing_of_the_one_before(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    ask(chat, "my secret cramp")
    looking.new_chat(chat).click()
    expect(chat).not_to_contain_text("my secret cramp")
    assert kept_here(page) == NOTHING
    ask(chat, "echo fresh")
    assert visit.sent()[-1].get("earlier", []) == []
    asked = [detail for name, detail in told(page) if name == "soleus-asked"]
    assert asked == [{"number": 1}, {"number": 1}]
    page.reload()
    again = looking.reopened(page)
    expect(again).to_contain_text("echo fresh")
    expect(again).not_to_contain_text("my secret cramp")


def test_new_chat_ends_an_answer_that_is_still_coming(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    chat = looking.opened(page)
    begin(chat, "hot calf gated")
    expect(looking.calls(chat).first).to_be_visible()
    looking.new_chat(chat).click()
    expect(looking.calls(chat)).to_have_count(0)
    house.assistant.gate.set()
    ask(chat, "echo after")
    expect(chat).not_to_contain_text("hot calf gated")
    expect(chat).not_to_contain_text(RELEASE.sentences[0].text)
    assert visit.sent()[-1].get("earlier", []) == []


def weight(response: Response) -> int:
    """Bytes as they were sent."""
    assert response.headers["content-encoding"] == "gzip"
    return int(response.headers["content-length"])


def test_it_weighs_little_and_is_kept_by_the_browser_as_long_as_it_may(
    visit: Visitor, house: House
) -> None:
    page = visit.tab(viewport={"width": 1000, "height": 700})  # of its own: nothing is kept yet
    parts: dict[str, Response] = {}
    page.on("response", lambda each: parts.update({urlsplit(each.url).path: each}))
    page.goto(house.put())
    chat = looking.opened(page)
    ask(chat, "hot calf")
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_be_visible()
    ours = {path: each for path, each in parts.items() if path.startswith("/widget/")}
    assert weight(ours[SCRIPT]) <= 3_000
    assert sum(map(weight, ours.values())) <= 15_000
    first = ours.pop(SCRIPT).headers["cache-control"]
    assert "max-age=3600" in first
    for path, each in ours.items():
        assert re.search(r"\.[\w-]{10}\.", path), path
        assert "max-age=31536000" in each.headers["cache-control"]


def test_whoever_has_the_script_is_told_that_it_has_not_changed(house: House) -> None:
    first = httpx.get(f"{house.url}{SCRIPT}")
    assert first.headers["content-type"].startswith("text/javascript")
    again = httpx.get(f"{house.url}{SCRIPT}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
