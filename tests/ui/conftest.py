"""The real page, served in a process of its own, and a real Chromium to open it with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.apart import apart

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = (
    Path("/usr/bin/chromium"),
    Path("/usr/bin/chromium-browser"),
    Path("/usr/bin/google-chrome"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

OpenPage = Callable[..., Page]


@contextmanager
def serving(*arguments: str, port: str = "0") -> Iterator[str]:
    """The address of a scripted page that is served while the block runs."""
    with apart("tests.ui.serve_scripted", port, *arguments) as url:
        yield f"{url}/"


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving() as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Per module: Playwright keeps an event loop running, and other tests want one of their own.
    installed = next((path for path in CHROMIUM if path.exists()), None)
    if installed is None:
        pytest.skip("no Chromium on this machine: install it to test the page in a browser")
    expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(installed), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def contexts() -> dict[str, BrowserContext]:
    """Browser contexts by their options: pages of one share what was fetched, but no visit."""
    return {}


@pytest.fixture
def open_page(
    browser: Browser, contexts: dict[str, BrowserContext], address: str
) -> Iterator[OpenPage]:
    """Opens the page in a fresh visit; fails if the page ever talks to a host but its own."""
    pages: list[Page] = []
    foreign: list[str] = []
    errors: list[str] = []

    def opened(url: str = address, script: str = "", **options: object) -> Page:
        chosen: Any = {"viewport": DESKTOP, "reduced_motion": "reduce", **options}
        name = repr(sorted(chosen.items()))
        if name not in contexts:
            contexts[name] = browser.new_context(**chosen)
        page = contexts[name].new_page()
        pages.append(page)
        page.set_default_timeout(20_000)
        page.on("request", lambda request: _note(request.url, url, foreign))
        page.on("pageerror", lambda error: errors.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(url, wait_until="commit")
        page.wait_for_selector("body.ready")
        page.wait_for_selector("#question textarea")
        return page

    yield opened
    for page in pages:
        page.close()
    assert foreign == []
    assert errors == []


def _note(requested: str, own: str, foreign: list[str]) -> None:
    if not requested.startswith((own, "data:", "blob:")):
        foreign.append(requested)


def ask(page: Page, text: str) -> None:
    """Type a question, send it with Enter and wait for the whole reply."""
    turns = page.locator(".turn").count()
    page.fill("#question textarea", text)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(f".turn:nth-child({turns + 1})[data-state=done]")
