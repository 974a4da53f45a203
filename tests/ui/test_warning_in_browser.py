"""Warnings on the real page, in a real Chromium: first, above everything, and for everybody."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.ui import scripted
from tests.ui.conftest import DESKTOP, PHONE, OpenPage, ask, serving
from tests.ui.test_access_in_browser import serious
from tests.ui.test_serve import asks_without_a_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATCH = """
window.seen = [];
new MutationObserver(() => {
  const turn = document.querySelector(".turn");
  if (!turn) return;
  const shown = [".alarm", ".foreign", ".waiting", ".s", ".card"]
    .filter((one) => turn.querySelector(one)).join(" ");
  if (shown !== window.seen.at(-1)) window.seen.push(shown);
}).observe(document, { subtree: true, childList: true });
"""


def send(page: Page, text: str) -> None:
    page.fill("#question textarea", text)
    page.press("#question textarea", "Enter")


def test_an_emergency_is_answered_at_once_though_nothing_is_ever_ready(
    open_page: OpenPage, tmp_path: Path
) -> None:
    with serving(str(tmp_path / "never")) as url:
        page = open_page(url, script=WATCH)
        ask(page, "my calf is swollen, and which socks are best")
        alarm = page.locator(".alarm--emergency")
        expect(alarm.locator(".alarm__level")).to_have_text("Emergency")
        expect(alarm.locator(".alarm__act")).to_have_text(scripted.EMERGENCY.act)
        expect(alarm.locator(".alarm__act")).to_be_in_viewport()
        assert page.evaluate("window.seen") == [".alarm"]
        expect(page.locator("#send")).to_be_visible()


def test_an_emergency_does_not_queue_behind_those_who_wait_for_the_encoder(
    open_page: OpenPage, tmp_path: Path
) -> None:
    with serving(str(tmp_path / "never")) as url:
        for number in range(10):
            asks_without_a_page(url, f"other{number}", "calf cramp")
        page = open_page(url)
        ask(page, "swollen")
        expect(page.locator(".alarm--emergency")).to_be_visible()


def test_an_urgent_warning_stands_above_still_loading_and_then_above_the_answer(
    open_page: OpenPage, tmp_path: Path
) -> None:
    gate = tmp_path / "open"
    with serving(str(gate)) as url:
        page = open_page(url, script=WATCH)
        send(page, "hot calf, can I run")
        expect(page.locator(".waiting")).to_contain_text("loading the reading model")
        expect(page.locator(".alarm--urgent .alarm__act")).to_have_text(scripted.URGENT.act)
        page.evaluate("document.querySelector('.call').dataset.kept = ''")
        gate.touch()
        page.wait_for_selector(".turn[data-state=done]")
    expect(page.locator(".turn .s")).to_have_count(8)
    expect(page.locator(".alarm")).to_have_count(2)
    assert page.locator(".call[data-kept]").count() == 1  # never drawn anew under a finger
    assert page.evaluate("window.seen[0]") == ".alarm"
    order = page.evaluate(
        "[...document.querySelectorAll('.turn .alarm, .turn .s')].map((one) => one.className)"
    )
    assert order[:2] == ["alarm alarm--urgent", "alarm alarm--see-professional alarm--also"]


def test_a_warning_survives_a_failure_after_it(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "hot calf boom")
    expect(page.locator(".alarm--urgent .alarm__act")).to_have_text(scripted.URGENT.act)
    expect(page.locator(".card")).to_contain_text("on our side failed")
    expect(page.locator(".alarm--urgent")).to_have_count(1)


def test_a_warning_survives_stop(open_page: OpenPage) -> None:
    page = open_page()
    send(page, "hot calf, a slow one")
    page.wait_for_selector(".turn .waiting")
    page.click("#stop")
    page.wait_for_selector(".turn[data-state=stopped]")
    expect(page.locator(".alarm--urgent")).to_be_visible()
    expect(page.locator(".waiting")).to_have_count(0)


def test_a_guard_that_fails_is_told_and_the_page_goes_on(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "unscreened")
    expect(page.locator(".unchecked")).to_contain_text("call your local emergency number")
    expect(page.locator(".turn .s")).to_have_count(8)
    expect(page.locator("body")).not_to_contain_text("scripted guard failure")


def test_numbers_can_be_tapped(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    ask(page, "swollen")
    calls = page.locator("a.call")
    first = calls.first
    expect(first).to_have_attribute("href", "tel:999")
    expect(first).to_have_text("Call 999")
    expect(first).to_be_in_viewport()
    box = first.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    assert [one.get_attribute("href") for one in calls.all()] == ["tel:999", "tel:111", "tel:999"]


@pytest.mark.parametrize("word", ["swollen", "hot calf", "shin bone", "aiuto"])
@pytest.mark.parametrize("width", [PHONE["width"], 320])
def test_what_to_do_can_be_read_on_a_phone_without_scrolling(
    open_page: OpenPage, word: str, width: int, tmp_path: Path
) -> None:
    page = open_page(viewport={"width": width, "height": 640}, has_touch=True)
    ask(page, f"{word}, and it has been a long week with a lot of running in it. " * 4)
    act = page.locator(".alarm__act").first
    expect(act).to_be_in_viewport(ratio=1)
    size = act.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    others = page.locator(".alarm p:not(.alarm__act), .turn .s").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert size >= 20
    assert size > max(others)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.screenshot(path=tmp_path / "warning.png")


# No colour depends on the width, and nothing but colours on the scheme.
@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing_serious_in_a_warning(
    open_page: OpenPage, scheme: str, viewport: dict[str, int]
) -> None:
    page = open_page(color_scheme=scheme, viewport=viewport)
    for word in ("shin bone", "unscreened", "ciao", "wait", "noted"):
        ask(page, word)
        page.click("#new")
        expect(page.locator(".turn")).to_have_count(0)
    for word in ("shin bone, noted", "ciao", "hot calf", "swollen"):
        ask(page, word)
    assert serious(page) == []


def test_notes_stand_apart_from_what_is_quoted(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "noted")
    notes = page.get_by_role("note", name="What better evidence says")
    expect(notes).to_contain_text("A review still counts stretching as help.")
    assert page.locator(".answer .notes").count() == 0
    copied = page.evaluate("document.querySelector('.turn').soleusCopies[0]")
    assert "What better evidence says: Stretching a cramp." in copied


def test_the_standing_line_leads_to_what_the_warnings_can_do(open_page: OpenPage) -> None:
    page = open_page()
    link = page.get_by_role("link", name="What it checks")
    expect(link).to_be_in_viewport()
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value.locator("h1")).to_contain_text("Warning signs")
    opened.value.close()
    expect(page.locator("#question textarea")).to_be_visible()


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")])
def test_the_page_about_the_warnings_can_be_read_by_everybody(
    open_page: OpenPage, address: str, scheme: str, viewport: dict[str, int]
) -> None:
    page = open_page(color_scheme=scheme, viewport=viewport)
    page.goto(f"{address}safety")
    expect(page.locator("#RF02")).to_contain_text("Contact your GP surgery or NHS 111 today")
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    assert page.evaluate("document.styleSheets.length") == 1
    page.locator("#RF02 summary").click()
    expect(page.locator("#RF02 code").first).to_be_visible()
    assert serious(page) == []


def test_the_page_about_the_warnings_has_no_script_and_asks_nobody(address: str) -> None:
    response = httpx.get(f"{address}safety")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["cache-control"] == "no-cache"
    for forbidden in ("<script", "https://", "http://", "style=", "onclick"):
        assert forbidden not in response.text
    assert httpx.head(f"{address}safety").status_code == 200
    assert httpx.post(f"{address}safety").status_code == 404
