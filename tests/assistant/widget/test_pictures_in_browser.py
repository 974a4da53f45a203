"""Each state of the widget, on the demo club's website.

With SOLEUS_PICTURES=docs/widget the documentation's pictures are made anew; without, only taken.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.models.card import ModelCard
from tests.assistant.server.served import Behind
from tests.assistant.widget import looking
from tests.assistant.widget.serving import House, housed
from tests.assistant.widget.visiting import INSIDE, ask, begin
from tests.ui.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
DEMO = Path(__file__).resolve().parents[3] / "examples" / "club-site"
WRITTEN_THERE = b"http://127.0.0.1:7860"
"""Where the demo looks for Soleus."""
MODEL = {"name": "qwen2.5:7b", "served_by": "Example & Co", "asks_consent": True}
CARD = ModelCard("qwen2.5:7b", "Example & Co", asks_consent=True)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with housed(Behind(card=CARD), cabled=True, model=MODEL) as both:
        both.club.lay_out(DEMO)
        for path, page in both.club.pages.items():
            content = page.content.replace(WRITTEN_THERE, both.url.encode())
            both.club.pages[path] = replace(page, content=content)
        yield both


def demo(browser: Browser, house: House, page: str = "", **options: object) -> Page:
    chosen: Any = {"reduced_motion": "reduce", "color_scheme": "light", **options}
    context = browser.new_context(**chosen)
    context.add_init_script(path=INSIDE)
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.goto(f"{house.club.url}/{page}")
    return opened


def taken(page: Page, name: str, folder: Path) -> None:
    """Takes a picture, and sees that there is something on it."""
    kept = os.environ.get("SOLEUS_PICTURES")
    path = (Path(kept) if kept else folder) / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path, animations="disabled", caret="hide")
    assert path.stat().st_size > 5_000


def button(page: Page) -> Locator:
    return page.locator("soleus-chat button").first


def test_a_runner_on_a_phone(browser: Browser, house: House, tmp_path: Path) -> None:
    page = demo(browser, house, viewport=PHONE)
    expect(button(page)).to_be_visible()
    taken(page, "closed", tmp_path)
    button(page).click()
    chat = looking.ready(looking.chat(page))
    expect(looking.consent(chat, "yes")).to_be_attached()
    taken(page, "opened", tmp_path)
    looking.consent(chat, "no").click()
    ask(chat, "kerb")
    taken(page, "disagreement", tmp_path)
    looking.source(chat, 2).click()
    expect(looking.marked(chat)).to_be_visible()
    taken(page, "passage", tmp_path)
    looking.back(chat).click()
    looking.new_chat(chat).click()
    ask(chat, "swollen")
    taken(page, "warning", tmp_path)
    looking.new_chat(chat).click()
    ask(chat, "how long")
    taken(page, "clarifying", tmp_path)
    looking.about(chat).click()
    taken(page, "about", tmp_path)
    page.context.close()


def test_beside_the_page_by_night_and_without_a_network(
    browser: Browser, house: House, tmp_path: Path
) -> None:
    page = demo(browser, house, viewport=DESKTOP, color_scheme="dark")
    button(page).click()
    chat = looking.ready(looking.chat(page))
    looking.consent(chat, "no").click()
    ask(chat, "calf cramp")
    taken(page, "beside", tmp_path)
    assert house.cable is not None
    house.cable.pull()
    begin(chat, "kerb")
    expect(chat).to_contain_text("No connection to the server.")
    taken(page, "offline", tmp_path)
    house.cable.plug()
    page.context.close()


def test_in_a_page_and_in_a_frame(browser: Browser, house: House, tmp_path: Path) -> None:
    page = demo(browser, house, "injuries.html", viewport=DESKTOP)
    button(page).click()
    chat = page.locator("soleus-chat")
    expect(looking.question(chat)).to_be_visible()
    chat.scroll_into_view_if_needed()
    taken(page, "placed", tmp_path)
    page.goto(f"{house.club.url}/framed.html")
    framed = page.frame_locator("iframe").locator("soleus-chat")
    expect(looking.question(framed)).to_be_visible()
    page.locator("iframe").scroll_into_view_if_needed()
    taken(page, "framed", tmp_path)
    page.context.close()
