"""On a phone an on-screen keyboard takes half of the screen; some browsers do not tell CSS."""

import pytest
from playwright.sync_api import expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor
from tests.ui.conftest import PHONE

pytestmark = pytest.mark.browser
SEEN = """([height, top]) => {
  for (const [name, value] of Object.entries({ height, offsetTop: top, scale: 1 })) {
    Object.defineProperty(visualViewport, name, { configurable: true, get: () => value });
  }
  visualViewport.dispatchEvent(new Event("resize"));
}"""


def test_the_box_one_types_into_stays_above_it(visit: Visitor, house: House) -> None:
    page = visit(house.put(), viewport=PHONE)
    chat = looking.opened(page)
    assert chat.bounding_box() == {"x": 0, "y": 0, **PHONE}
    page.evaluate(SEEN, [420, 30])
    assert chat.bounding_box() == {"x": 0, "y": 30, "width": 390, "height": 420}
    box = looking.question(chat).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 450
    expect(looking.close(chat)).to_be_in_viewport(ratio=1)
    page.evaluate(SEEN, [PHONE["height"], 0])
    assert chat.bounding_box() == {"x": 0, "y": 0, **PHONE}
