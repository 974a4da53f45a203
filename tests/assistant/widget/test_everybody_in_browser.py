"""Whether everybody can use it: axe, fingers, high contrast, calm, large print, small screens."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask
from tests.ui.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
ONCE_MORE = ("magnesium", "kerb", "how long", "noted", "ciao", "hot calf")


def inside(page: Page, name: str) -> list[str]:
    """What one of the measures finds."""
    found: list[str] = page.evaluate(f"window.inside.{name}()")
    return found


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


def with_passage(chat: Locator) -> None:
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_be_visible()


# No colour depends on the width, and nothing but colours on the scheme.
@pytest.mark.parametrize(
    ("view", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"]
)
def test_axe_finds_nothing(visit: Visitor, house: House, view: dict[str, int], scheme: str) -> None:
    page = visit(house.put(), viewport=view, color_scheme=scheme)
    expect(looking.launcher(page)).to_be_visible()
    assert violations(page) == []
    chat = looking.opened(page)
    assert violations(page) == []
    ask(chat, "calf cramp")
    assert violations(page) == []
    with_passage(chat)
    assert violations(page) == []
    looking.back(chat).click()
    for text in ONCE_MORE:
        ask(chat, text)
    ask(chat, "swollen")
    assert violations(page) == []


def test_axe_finds_nothing_where_the_chat_stands_in_the_page(visit: Visitor, house: House) -> None:
    page = visit(house.put('<soleus-chat title="Ask"></soleus-chat>', house.tag()))
    chat = looking.ready(looking.inline(page))
    ask(chat, "hot calf")
    assert violations(page) == []


def test_everything_is_big_enough_for_a_finger(visit: Visitor, house: House) -> None:
    page = visit(house.put(), viewport=PHONE, has_touch=True)
    expect(looking.launcher(page)).to_be_visible()
    assert inside(page, "small") == []
    chat = looking.opened(page)
    assert inside(page, "small") == []
    for text in ("magnesium", "how long", "hot calf", "calf cramp"):
        ask(chat, text)
    assert inside(page, "small") == []
    with_passage(chat)
    assert inside(page, "small") == []


def test_in_forced_colours_every_button_has_an_edge_and_every_text_is_there(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put(), forced_colors="active", color_scheme="dark")
    expect(looking.launcher(page)).to_be_visible()
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert inside(page, "borderless") == []
    chat = looking.opened(page)
    ask(chat, "hot calf")
    ask(chat, "how long")
    assert inside(page, "borderless") == []
    assert inside(page, "faint") == []
    border: str = chat.evaluate("(one) => getComputedStyle(one).borderTopStyle")
    assert border != "none"


def test_nothing_moves_for_those_who_asked_for_calm(visit: Visitor, house: House) -> None:
    page = visit(house.put(), reduced_motion="reduce")
    expect(looking.launcher(page)).to_be_visible()
    assert inside(page, "moving") == []
    chat = looking.opened(page)
    assert inside(page, "moving") == []
    ask(chat, "hot calf")
    with_passage(chat)
    assert inside(page, "moving") == []


@pytest.mark.parametrize(
    "view",
    [{"width": 640, "height": 400}, {"width": 320, "height": 480}],
    ids=["zoomed to 200 %", "a small phone"],
)
def test_nothing_is_cut_off_and_nothing_scrolls_sideways(
    visit: Visitor, house: House, view: dict[str, int]
) -> None:
    options: dict[str, Any] = {"viewport": view}
    page = visit(house.put(), **options)
    expect(looking.launcher(page)).to_be_in_viewport(ratio=1)
    chat = looking.opened(page)
    for text in ("calf cramp", "swollen", *ONCE_MORE):
        ask(chat, text)
        assert inside(page, "wide") == []
    box = chat.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= view["width"]
    assert box["y"] + box["height"] <= view["height"]
    for part in (looking.question(chat), looking.send(chat), looking.close(chat)):
        expect(part).to_be_in_viewport(ratio=1)
    with_passage(chat)
    expect(looking.back(chat)).to_be_in_viewport(ratio=1)
    assert inside(page, "wide") == []
