"""With keys alone one gets to everything, sees where one is, and gets out again."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask, wait_for_event
from tests.ui.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
WHERE = """() => {
  const { active, outlined, named, holds, above } = window.inside;
  const one = active();
  const host = document.querySelector("soleus-chat");
  const inside = holds(host, one) && one !== host;
  return [inside ? window.inside.all().indexOf(one) : -1, named(one),
    document.activeElement.localName, !inside || outlined(one) || outlined(above(one))];
}"""
WANTED = """() => window.inside.reachable().map((one) => [window.inside.all().indexOf(one),
  window.inside.named(one)])"""


def walk(page: Page, key: str = "Tab") -> list[tuple[int, str, str, bool]]:
    """Where the focus is on one whole way round: a number of the element, its name, in which
    element of the page, and whether that can be seen.
    """
    steps = len(page.evaluate(WANTED)) + 12
    found = []
    for _ in range(steps):
        page.keyboard.press(key)
        found.append(tuple(page.evaluate(WHERE)))
    return found


def missed(page: Page, way: Sequence[tuple[int, str, str, bool]]) -> list[str]:
    """What could be used and was not reached."""
    reached = {place for place, *_ in way}
    return [name for place, name in page.evaluate(WANTED) if place not in reached]


def unseen(way: Sequence[tuple[int, str, str, bool]]) -> list[str]:
    """Where one could not see that one was there."""
    return [name for _, name, _, outlined in way if not outlined]


def tab_to_launcher(page: Page) -> None:
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.localName") == "soleus-chat":
            break
    expect(looking.launcher(page)).to_be_focused()


@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_with_keys_alone_one_asks_reads_a_source_and_leaves(
    visit: Visitor, house: House, view: dict[str, int]
) -> None:
    page = visit(house.put(), viewport=view)
    expect(looking.launcher(page)).to_be_visible()
    tab_to_launcher(page)
    assert page.evaluate(WHERE)[3]
    page.keyboard.press("Enter")
    chat = looking.ready(looking.chat(page))
    # On a phone the keyboard would hide what there is to read.
    heading = chat.get_by_role("heading", level=2)
    expect(heading if view is PHONE else looking.question(chat)).to_be_focused()
    looking.question(chat).focus()
    page.keyboard.type("hot calf")
    page.keyboard.press("Enter")
    wait_for_event(page, "soleus-answered")
    assert page.evaluate(WHERE)[0] >= 0  # the focus was not lost
    looking.question(chat).focus()
    for key in ("Tab", "Shift+Tab"):
        way = walk(page, key)
        assert missed(page, way) == []
        assert unseen(way) == []
    if view is PHONE:
        assert {host for *_, host, _ in walk(page)} <= {"soleus-chat", "body"}
    looking.source(chat, 1).focus()
    page.keyboard.press("Enter")
    expect(looking.marked(chat)).to_be_visible()
    way = walk(page)
    assert missed(page, way) == []
    assert unseen(way) == []
    looking.back(chat).focus()
    page.keyboard.press("Space")
    expect(looking.source(chat, 1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(chat).to_be_hidden()
    expect(looking.launcher(page)).to_be_focused()


def test_beside_an_open_chat_the_page_is_still_reached_by_keys(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put())
    looking.opened(page)
    hosts = {host for *_, host, _ in walk(page)}
    assert {"input", "soleus-chat"} <= hosts


def test_a_chat_in_the_page_is_one_stop_after_the_other_and_holds_nobody(
    visit: Visitor, house: House
) -> None:
    after = '<p><a id="after" href="/after">After</a></p>'
    page = visit(house.put("<soleus-chat></soleus-chat>", after, house.tag()))
    chat = looking.ready(looking.inline(page))
    ask(chat, "calf cramp")
    looking.question(chat).focus()
    way = walk(page)
    assert missed(page, way) == []
    assert unseen(way) == []
    assert {"a", "input", "soleus-chat"} <= {host for *_, host, _ in way}
