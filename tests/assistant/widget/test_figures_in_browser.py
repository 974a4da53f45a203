"""What the widget costs the demo club's page: with it and without, in one run.

`pytest tests/assistant/widget/test_figures_in_browser.py -s` prints the figures.
"""

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.assistant.front_door import ROOT
from tests.assistant.widget.serving import House, housed
from tests.ui.conftest import PHONE
from tests.ui.test_shelf_in_browser import SHIFTS

pytestmark = pytest.mark.browser
ROUNDS = 5
SETTLED = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
  () => setTimeout(done, 300))))"""


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with housed() as both:
        both.club.lay_out(ROOT / "examples" / "club-site")
        for path, page in both.club.pages.items():
            content = page.content.replace(b"http://127.0.0.1:7860", both.url.encode())
            both.club.pages[path] = replace(page, content=content)
        yield both


@dataclass(frozen=True)
class Cost:
    """Of one visit, until the page has come to rest."""

    requests: int
    bytes: int
    busy: float
    """Milliseconds of the main thread."""
    shifted: float
    """Layout shift, as browsers count it."""


def visited(browser: Browser, url: str) -> Cost:
    """One visit to a page, with nothing kept from before."""
    chosen: Any = {"viewport": PHONE, "reduced_motion": "reduce"}
    context = browser.new_context(**chosen)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(url)
    page.evaluate(SETTLED)
    told = session.send("Performance.getMetrics")["metrics"]
    busy = {each["name"]: each["value"] for each in told}["TaskDuration"] * 1000
    shifted: float = page.evaluate("window.shifted")
    context.close()
    return Cost(len(sizes), round(sum(sizes)), busy, shifted)


def test_before_it_is_opened_it_costs_a_page_next_to_nothing(
    browser: Browser, house: House
) -> None:
    whole = house.club.pages["/"]
    bare, tags = re.subn(rb"<script[^>]*v1\.js[^>]*></script>", b"", whole.content)
    assert tags == 1
    house.club.pages["/bare"] = replace(whole, content=bare)
    urls = f"{house.club.url}/bare", f"{house.club.url}/"
    rounds = [tuple(visited(browser, url) for url in urls) for _ in range(ROUNDS)]
    without, with_it = rounds[-1]
    busy = [statistics.median(pair[side].busy for pair in rounds) for side in (0, 1)]
    print(  # noqa: T201 (asked for)
        f"\nrequests {without.requests} and {with_it.requests},"
        f" bytes {without.bytes:,} and {with_it.bytes:,},"
        f" main thread {busy[0]:.0f} and {busy[1]:.0f} ms (medians of {ROUNDS}),"
        f" layout shift {without.shifted} and {with_it.shifted}"
    )
    assert {pair[1].shifted for pair in rounds} == {0}
    assert with_it.requests == without.requests + 1
    assert with_it.bytes - without.bytes <= 3_600  # with the headers
