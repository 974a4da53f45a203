"""The page of gaps in a real browser: offline, in the dark, on a phone, for everybody."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from assistant.records.gaps_html import html_of
from tests.assistant.records.made_gaps import NOTHING, WHOLE
from tests.ui.conftest import CHROMIUM, DESKTOP, PHONE, QUIET

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    installed = next((path for path in CHROMIUM if path.exists()), None)
    if installed is None:
        pytest.skip("no Chromium on this machine: install it to test the page in a browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(installed), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")])
@pytest.mark.parametrize("gaps", [WHOLE, NOTHING], ids=["gaps", "nothing"])
def test_axe_finds_nothing_and_nothing_is_asked_for(
    browser: Browser, tmp_path: Path, scheme: str, viewport: dict[str, int], gaps: object
) -> None:
    file = tmp_path / "gaps.html"
    file.write_text(html_of(gaps, date(2026, 11, 26), "Anytown Harriers"), "utf-8")  # type: ignore[arg-type]
    trouble: list[str] = []
    context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda message: trouble.append(message.text))
    page.on(
        "request", lambda asked: trouble.append(asked.url) if asked.url != file.as_uri() else None
    )
    page.goto(file.as_uri())
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    context.close()
    assert trouble == []
