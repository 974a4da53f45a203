"""Any colour may be the club's, and every text can be read on it."""

from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask

pytestmark = pytest.mark.browser
USUAL = [15, 74, 60, 1]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NASTY = {
    "#777": [119, 119, 119, 1],
    "yellow": [255, 255, 0, 1],
    "white": [255, 255, 255, 1],
    "black": [0, 0, 0, 1],
    "hsl(24 100% 50%)": [255, 102, 0, 1],
    "oklch(62% 0.2 250)": None,
}


def ground(part: Locator) -> list[float]:
    found: list[float] = part.evaluate("(one) => window.inside.ground(one)")
    return found


def faint(page: Page) -> list[str]:
    """Texts that cannot be read, by day or by night."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        texts: list[str] = page.evaluate("window.inside.faint()")
        found += [f"{scheme}: {each}" for each in texts]
    return found


@pytest.mark.parametrize("color", NASTY)
def test_every_text_can_be_read_in_the_clubs_colour(
    visit: Visitor, house: House, color: str
) -> None:
    page = visit(house.put(house.tag(color=color)))
    launcher = looking.launcher(page)
    wanted = NASTY[color]
    if wanted:
        assert ground(launcher) == wanted
    text = launcher.evaluate("(one) => window.inside.rgba(getComputedStyle(one).color)")
    assert text in ([0, 0, 0, 1], [255, 255, 255, 1])
    assert launcher.evaluate("(one) => window.inside.ratio(one)") >= 4.5
    chat = looking.opened(page)
    assert faint(page) == []
    ask(chat, "hot calf")
    ask(chat, "magnesium")
    assert faint(page) == []
    looking.source(chat, 3).click()
    expect(looking.marked(chat)).to_be_visible()
    assert faint(page) == []


@pytest.mark.parametrize(
    "color", ["", "url(https://evil.example/x.png)"], ids=["none", "no colour"]
)
def test_what_is_no_colour_is_as_if_it_were_left_out(
    visit: Visitor, house: House, color: str
) -> None:
    page = visit(house.put(house.tag(color=color) if color else house.tag()))
    assert ground(looking.launcher(page)) == USUAL
