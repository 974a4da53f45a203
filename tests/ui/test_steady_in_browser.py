"""The page outlives its server: what stands on it stays, and what is sent waits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.ui.conftest import PHONE, OpenPage, ask, serving
from tests.ui.test_access_in_browser import RECORD_LIVE, SMALL_TARGETS, serious
from tests.ui.test_written_in_browser import begin

pytestmark = [pytest.mark.browser, pytest.mark.slow]

JOIN = "**/gradio_api/queue/join*"
AWAY = "No connection to Soleus just now."
LOST = "The connection was lost. The rest was not shown."


def port_of(url: str) -> str:
    return url.rstrip("/").rpartition(":")[2]


def opened(open_page: OpenPage, url: str) -> Page:
    """A page that would show it if it were ever loaded anew."""
    page = open_page(url, script=RECORD_LIVE, viewport=PHONE, has_touch=True)
    page.evaluate("window.first = true")
    return page


def is_unharmed(page: Page) -> None:
    """Never loaded anew, and nothing of Gradio's lies over it."""
    assert page.evaluate("window.first")
    expect(page.locator(".toast-body")).to_have_count(0)
    expect(page.locator("#away")).to_have_count(0)
    expect(page.locator("#send")).to_be_visible()


def heard(page: Page, sentence: str) -> bool:
    return any(sentence in said for _, said in page.evaluate("window.heard"))


def test_what_is_asked_while_nobody_is_there_waits_and_is_answered_with_what_was_asked_before(
    open_page: OpenPage,
) -> None:
    with serving() as url:
        page = opened(open_page, url)
        ask(page, "calf cramp")
    begin(page, "echo and how long")
    expect(page.locator("#away")).to_contain_text(AWAY)
    expect(page.locator("#away")).to_contain_text("call your local emergency number")
    expect(page.locator("#question textarea")).to_have_value("echo and how long")
    assert heard(page, AWAY)
    assert serious(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    with serving(port=port_of(url)):
        expect(page.locator(".turn:last-child .lead")).to_have_text(
            "Heard: 1x calf cramp / echo and how long"
        )
        expect(page.locator(".turn")).to_have_count(2)
        is_unharmed(page)
        page.close()


def test_an_answer_that_breaks_off_says_so_and_can_be_asked_for_again(open_page: OpenPage) -> None:
    with serving() as url:
        page = opened(open_page, url)
        ask(page, "echo before")
        begin(page, "a long story")
        page.wait_for_selector(".turn:nth-child(2) .s")
    expect(page.locator(".halted")).to_have_text(LOST)
    assert page.locator(".turn:nth-child(2) .s").count() > 0
    assert heard(page, "The connection was lost.")
    is_unharmed(page)
    with serving(port=port_of(url)):
        page.locator(".turn:last-child [data-act=retry]").click()
        page.wait_for_selector(".turn:nth-child(2)[data-state=streaming] .s")
        page.click("#stop")
        ask(page, "echo after")
        expect(page.locator(".turn:last-child .lead")).to_have_text(
            "Heard: 1x echo before / a long story / echo after"
        )
        is_unharmed(page)
        page.close()


def test_what_was_agreed_and_a_chats_code_outlive_the_server(open_page: OpenPage) -> None:
    with serving("hosted") as url:
        page = opened(open_page, url)
        page.click("[data-consent=yes]")
        expect(page.locator(".consent--settled")).to_be_visible()
        ask(page, "calf cramp")
    with serving("hosted", port=port_of(url)):
        ask(page, "calf cramp once more")
        expect(page.locator(".turn:last-child [data-origin=written]")).to_have_count(3)
        is_unharmed(page)
        page.close()
    with serving("kept") as url:
        page = opened(open_page, url)
        ask(page, "calf cramp")
        code = page.locator("#kept strong").text_content()
    with serving("kept", port=port_of(url)):
        ask(page, "echo again")
        expect(page.locator("#kept strong")).to_have_text(code or "none")
        page.close()


def test_who_gives_up_waiting_has_asked_nothing(open_page: OpenPage) -> None:
    with serving() as url:
        page = opened(open_page, url)
        ask(page, "echo before")
    begin(page, "echo given up")
    expect(page.locator("#away")).to_be_visible()
    page.click("#stop")
    with serving(port=port_of(url)):
        expect(page.locator("#away")).to_have_count(0)
        expect(page.locator("#question textarea")).to_have_value("echo given up")
        ask(page, "echo after")
        expect(page.locator(".turn:last-child .lead")).to_have_text(
            "Heard: 1x echo before / echo after"
        )
        is_unharmed(page)
        page.close()


def answered(status: int, body: str, kind: str, times: int) -> Callable[[Route], None]:
    """Answers a few requests in the server's place."""
    left = [times]

    def handle(route: Route) -> None:
        left[0] -= 1
        if left[0] >= 0:
            route.fulfill(status=status, body=body, content_type=kind)
        else:
            route.continue_()

    return handle


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_with_nobody_behind_it_counts_as_nobody(
    open_page: OpenPage, address: str, status: int
) -> None:
    page = opened(open_page, address)
    page.route(JOIN, answered(status, "<h1>Bad gateway</h1>", "text/html", 2))
    begin(page, f"echo behind {status}")
    expect(page.locator("#away")).to_be_visible()
    expect(page.locator(".turn .lead")).to_have_text(f"Heard: 1x echo behind {status}")
    is_unharmed(page)


def test_a_process_that_knows_nothing_of_the_question_costs_nobody_the_page(
    open_page: OpenPage, address: str
) -> None:
    page = opened(open_page, address)
    told = '{"event_id": "asked-of-another-process"}'
    page.route(JOIN, answered(200, told, "application/json", 1))
    begin(page, "echo by whoever knows it")
    expect(page.locator("#away")).to_contain_text("Please ask once more.")
    page.press("#question textarea", "Enter")
    expect(page.locator(".turn .lead")).to_have_text("Heard: 1x echo by whoever knows it")
    is_unharmed(page)
