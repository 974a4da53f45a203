"""Whatever the styles of the club's page are, the widget looks as it does on a plain one."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import BODY, House
from tests.assistant.widget.visiting import Visitor, ask

pytestmark = pytest.mark.browser
TOP = "z-index: 2147483647"
TALL = '<div style="height: 3000px; background: linear-gradient(red, blue)"></div>'
INHERITED = (
    "font: italic small-caps bold 30px/3 fantasy; letter-spacing: .5em; word-spacing: 1em;"
    " text-transform: uppercase; text-align: right; text-indent: 3em; white-space: pre;"
    " text-shadow: 0 0 9px red; color: red; cursor: wait; user-select: none; list-style: square;"
    " visibility: visible; pointer-events: auto"
)
COVER = """(cover) => {  // whichever comes last would win
  document.body.insertAdjacentHTML("beforeend", cover);
  document.documentElement.append(document.body.lastElementChild.cloneNode());
}"""
HOSTILE: dict[str, dict[str, Any]] = {
    "all unset": {"head": "<style>* { all: unset } html { font-size: 10px }</style>"},
    "all unset by force": {
        "head": "<style>* { all: unset !important } html { font-size: 10px !important }</style>"
    },
    "elements by name": {
        "head": "<style>button, div, dialog, p, a, textarea, ul, li, span, svg, section { position:"
        " absolute !important; opacity: 0 !important; font-size: 40px !important; display: none"
        " !important } main, main * { display: block !important }</style>"
    },
    "inherited": {
        "head": f"<style>html, body {{ {INHERITED} }}</style>",
        "body": BODY + TALL,
    },
    "moved body": {
        "head": "<style>body { transform: scale(1); overflow: hidden; filter: blur(0);"
        " contain: paint; margin: 50px; position: relative }</style>",
        "body": BODY + TALL,
    },
    "quirks and highest things": {
        "doctype": "",
        "head": f"<style>header {{ position: fixed; inset: 0 0 auto; height: 9em; {TOP} }}</style>",
        "body": f"<header>Harriers</header>{BODY}",
    },
}


def box_of(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


def looks(page: Page) -> dict[str, Any]:
    """How it looks closed, opened, and after an answer below a warning."""
    launcher = looking.launcher(page)
    expect(launcher).to_be_visible()
    box = box_of(launcher)
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    found: dict[str, Any] = {
        "launcher at": box,
        "above": page.evaluate("(at) => document.elementFromPoint(...at).localName", middle),
        "closed": page.evaluate("window.inside.look()"),
    }
    chat = looking.opened(page)
    found["chat at"] = box_of(chat)
    found["opened"] = page.evaluate("window.inside.look()")
    ask(chat, "hot calf")
    found["answered"] = page.evaluate("window.inside.look()")
    found["texts"] = page.evaluate("window.inside.texts()")
    return found


@pytest.fixture(scope="module")
def plain(
    browser: Browser, house: House, contexts: dict[str, BrowserContext]
) -> Iterator[dict[str, Any]]:
    """How it looks on a page without any style."""
    page = Visitor(browser, house, contexts)(house.put())
    found = looks(page)
    assert found["above"] == "soleus-chat"
    assert min(len(found[state]) for state in ("closed", "opened", "answered")) > 30
    yield found
    page.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_style_of_the_page_reaches_it(
    visit: Visitor, house: House, plain: dict[str, Any], name: str
) -> None:
    found = looks(visit(house.put(**HOSTILE[name])))
    for state in ("closed", "opened", "answered"):
        assert sorted({*found.pop(state)} ^ {*plain[state]})[:20] == [], state
    assert found == {key: plain[key] for key in found}


def test_the_open_chat_stands_above_the_highest_things_of_the_page(
    visit: Visitor, house: House
) -> None:
    cover = f'<div style="position: fixed; inset: 0; background: red; {TOP}"></div>'
    page = visit(house.put(house.tag(), cover))
    page.evaluate(COVER, cover)
    looking.called(page, "open")
    page.evaluate(COVER, cover)
    chat = looking.ready(looking.chat(page))
    box = box_of(chat)
    for across in (0.1, 0.5, 0.9):
        for down in (0.1, 0.5, 0.9):
            at = [box["x"] + box["width"] * across, box["y"] + box["height"] * down]
            name = page.evaluate("(at) => document.elementFromPoint(...at).localName", at)
            assert name == "soleus-chat", at
    ask(chat, "calf cramp")
    looking.close(chat).click()
    expect(chat).to_be_hidden()
