"""The custom properties that a club sets in its stylesheet, and what they are without it."""

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor

pytestmark = pytest.mark.browser
COURIER = '"Courier New", monospace'
STYLE = """<style>soleus-chat { --soleus-color: rgb(120, 0, 90); --soleus-font: "Courier New",
monospace; --soleus-radius: 3px; --soleus-inset: 50px; --soleus-width: 500px;
--soleus-height: 450px; --soleus-z: 5 }</style>"""
BIG = {"width": 1280, "height": 1000}


def box_of(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


def style_of(part: Locator, name: str) -> str:
    found: str = part.evaluate("(one, name) => getComputedStyle(one)[name]", name)
    return found


def inset(part: Locator, view: dict[str, int]) -> tuple[float, float]:
    """How far it is from the right and from the lower edge."""
    box = box_of(part)
    return view["width"] - box["x"] - box["width"], view["height"] - box["y"] - box["height"]


def cover(page: Page, z: int) -> bool:
    """Whether something of the page that stands this high covers the launcher."""
    box = box_of(looking.launcher(page))
    covered: bool = page.evaluate(
        """([z, x, y]) => {
          const over = document.createElement("div");
          over.style.cssText = `position: fixed; inset: 0; z-index: ${z}`;
          document.body.prepend(over);
          const covered = document.elementFromPoint(x, y) === over;
          over.remove();
          return covered;
        }""",
        [z, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    return covered


def test_each_property_has_its_effect(visit: Visitor, house: House) -> None:
    page = visit(house.put(head=STYLE), viewport=BIG)
    launcher = looking.launcher(page)
    assert inset(launcher, BIG) == pytest.approx((50, 50), abs=0.5)
    assert launcher.evaluate("(one) => window.inside.ground(one)") == [120, 0, 90, 1]
    assert [cover(page, z) for z in (4, 6)] == [False, True]
    assert style_of(launcher, "fontFamily") == COURIER
    chat = looking.opened(page)
    box = box_of(chat)
    assert (box["width"], box["height"]) == pytest.approx((500, 450), abs=1)
    assert style_of(chat, "borderTopLeftRadius") == "3px"
    for part in (looking.question(chat), looking.send(chat)):
        assert style_of(part, "fontFamily") == COURIER


def test_left_out_they_are_as_they_are_documented(visit: Visitor, house: House) -> None:
    page = visit(house.put(head="<style>html { font-size: 30px }</style>"), viewport=BIG)
    assert inset(looking.launcher(page), BIG) == pytest.approx((20, 20), abs=0.5)
    assert not cover(page, 2147483647)
    chat = looking.opened(page)
    em = float(style_of(chat, "fontSize").removesuffix("px"))
    assert em >= 16
    box = box_of(chat)
    assert (box["width"], box["height"]) == pytest.approx((25.5 * em, 42 * em), abs=2)
    assert style_of(chat, "borderTopLeftRadius") == "16px"


def test_the_attribute_counts_before_the_property(visit: Visitor, house: House) -> None:
    page = visit(house.put(house.tag(color="rgb(0, 60, 120)"), head=STYLE))
    launcher = looking.launcher(page)
    assert launcher.evaluate("(one) => window.inside.ground(one)") == [0, 60, 120, 1]


def test_on_a_narrow_screen_it_fills_it_and_on_a_low_one_it_fits(
    visit: Visitor, house: House
) -> None:
    page = visit(house.put(), viewport={"width": 600, "height": 500})
    chat = looking.opened(page)
    assert box_of(chat) == {"x": 0, "y": 0, "width": 600, "height": 500}
    page.set_viewport_size({"width": 800, "height": 360})
    expect(looking.question(chat)).to_be_in_viewport(ratio=1)
    expect(looking.close(chat)).to_be_in_viewport(ratio=1)
    box = box_of(chat)
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 360
    assert box["width"] < 600
