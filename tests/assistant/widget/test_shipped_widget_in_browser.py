"""The widget as it is shipped: the demo club's website, and `python app.py` with the real shelf, on
another origin. Each state is looked at, in pictures.

With SOLEUS_PICTURES=docs/widget the documentation's pictures are made anew; without, only taken.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.assistant.front_door import ROOT, address_of, started
from tests.assistant.widget import looking
from tests.assistant.widget.cable import Cable, cable
from tests.assistant.widget.club import Club, club
from tests.assistant.widget.visiting import INSIDE, ask, begin
from tests.ui.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

DEMO = ROOT / "examples" / "club-site"
WRITTEN_THERE = b"http://127.0.0.1:7860"
"""Where the demo looks for Soleus."""
PATIENCE = 120_000.0
"""Milliseconds: a busy machine is slow, not wrong."""
KERB = "is it ok to hang my heels off a kerb?"
CLOT = "calf is hot and swollen since my flight and now my chest hurts"
MID_RACE = "what do i do when my calf cramps mid race??"


@dataclass(frozen=True)
class Lamplighters:
    """The demo club's website and its Soleus."""

    site: Club
    wire: Cable


@pytest.fixture(scope="module")
def lamplighters(real_artifacts: Path) -> Iterator[Lamplighters]:
    with club() as site:
        site.lay_out(DEMO)
        settings = {
            "SERVER__ORIGINS": site.url,
            "OPERATOR__NAME": "Tidewick Lamplighters",
            "OPERATOR__CONTACT": "Ask the club’s physio on Tuesdays.",
            "SAFETY__COUNTRY": "UK",
        }
        with (
            started(real_artifacts, settings=settings) as soleus,
            cable(address_of(soleus)) as wire,
        ):
            for path, page in site.pages.items():
                content = page.content.replace(WRITTEN_THERE, wire.url.encode())
                site.put(content, path, kind=page.headers["content-type"])
            yield Lamplighters(site, wire)


def demo(browser: Browser, has: Lamplighters, page: str = "", **options: object) -> Page:
    chosen: Any = {"reduced_motion": "reduce", "color_scheme": "light", **options}
    context = browser.new_context(**chosen)
    context.add_init_script(path=INSIDE)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.goto(f"{has.site.url}/{page}")
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


def test_a_runner_on_a_phone(browser: Browser, lamplighters: Lamplighters, tmp_path: Path) -> None:
    page = demo(browser, lamplighters, viewport=PHONE)
    expect(button(page)).to_be_visible()
    taken(page, "closed", tmp_path)
    button(page).click()
    chat = looking.ready(looking.chat(page))
    expect(chat.get_by_role("heading", name="Soleus")).to_be_visible()
    taken(page, "opened", tmp_path)

    ask(chat, KERB)
    expect(chat).to_contain_text("Our sources disagree: Heel drops off a kerb")
    taken(page, "disagreement", tmp_path)
    looking.source(chat, 2).click()
    expect(looking.marked(chat)).to_contain_text("let the heels down slowly to the street")
    taken(page, "passage", tmp_path)
    looking.back(chat).click()

    looking.new_chat(chat).click()
    ask(chat, CLOT)
    expect(looking.calls(chat).first).to_have_attribute("href", "tel:999")
    taken(page, "warning", tmp_path)

    looking.new_chat(chat).click()
    ask(chat, "how long?")
    expect(chat).to_contain_text("Which one do you mean?")
    taken(page, "clarifying", tmp_path)
    looking.about(chat).click()
    taken(page, "about", tmp_path)
    page.context.close()


def test_beside_the_page_by_night_and_without_a_network(
    browser: Browser, lamplighters: Lamplighters, tmp_path: Path
) -> None:
    page = demo(browser, lamplighters, viewport=DESKTOP, color_scheme="dark")
    button(page).click()
    chat = looking.ready(looking.chat(page))
    ask(chat, MID_RACE)
    expect(chat.locator("ol > li")).to_have_count(6)
    taken(page, "beside", tmp_path)
    lamplighters.wire.pull()
    begin(chat, KERB)
    expect(chat).to_contain_text("No connection to the server.")
    taken(page, "offline", tmp_path)
    lamplighters.wire.plug()
    page.context.close()


def test_in_a_page_and_in_a_frame(
    browser: Browser, lamplighters: Lamplighters, tmp_path: Path
) -> None:
    page = demo(browser, lamplighters, "injuries.html", viewport=DESKTOP)
    button(page).click()
    chat = page.locator("soleus-chat")
    expect(looking.question(chat)).to_be_visible()
    chat.scroll_into_view_if_needed()
    taken(page, "placed", tmp_path)
    page.goto(f"{lamplighters.site.url}/framed.html")
    framed = page.frame_locator("iframe").locator("soleus-chat")
    expect(looking.question(framed)).to_be_visible()
    page.locator("iframe").scroll_into_view_if_needed()
    taken(page, "framed", tmp_path)
    page.context.close()
