"""An answer in a model's words on the real page, in a real Chromium, at the size of a phone."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.ui import scripted
from tests.ui.conftest import PHONE, OpenPage, ask, serving
from tests.ui.test_access_in_browser import RECORD_LIVE, SMALL_TARGETS, serious
from tests.ui.writer import FAILURE, FIRST, QUOTED, SENTENCES

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def local() -> Iterator[str]:
    """A page whose model runs on the club's own machine."""
    with serving("local") as url:
        yield url


@pytest.fixture(scope="module")
def hosted() -> Iterator[str]:
    """A page whose model runs elsewhere."""
    with serving("hosted") as url:
        yield url


def begin(page: Page, text: str) -> None:
    """Send a question and wait for nothing."""
    page.fill("#question textarea", text)
    page.press("#question textarea", "Enter")


def no_draft_is_open(url: str, page: Page) -> bool:
    """Whether the model stops within a few seconds: it reports every 0.1 s."""
    for _ in range(50):
        if httpx.get(f"{url}drafts").text == "0":
            return True
        page.wait_for_timeout(100)
    return False


def test_what_was_found_then_checked_sentences_then_the_whole(
    open_page: OpenPage, local: str
) -> None:
    page = open_page(local, viewport=PHONE)
    begin(page, "slowly calf cramp")
    found = page.locator(".turn .found")
    expect(found).to_contain_text("Found in 2 texts")
    expect(found.locator(".badge")).to_have_text(["Article", "Forum thread"])
    found.locator(".cite").first.click()
    expect(page.locator("#sheet mark")).to_have_text(scripted.RELEASE.sentences[0].text)
    httpx.get(f"{local}letgo")
    page.wait_for_selector(".turn[data-state=done]", state="attached")
    page.click("#sheet [data-step='1']")
    page.keyboard.press("Escape")


def test_a_written_answer_says_who_wrote_it_and_marks_its_sentences(
    open_page: OpenPage, local: str
) -> None:
    page = open_page(local, viewport=PHONE)
    expect(page.locator(".standing")).to_contain_text("Answers may be worded by qwen2.5:7b.")
    expect(page.locator("[data-consent]")).to_have_count(0)
    ask(page, "calf cramp")
    shown = page.locator(".version--written")
    expect(page.locator(".author:visible")).to_have_text(
        "Worded by qwen2.5:7b, each sentence checked against the texts"
    )
    expect(shown.locator("[data-origin=written]")).to_have_count(3)
    expect(shown.locator("blockquote")).to_have_text([f"{QUOTED.text}3"])
    expect(shown.locator(".who .badge")).to_have_text(["Article", "Forum post · reply 1"])
    for place, sentence in enumerate(SENTENCES):
        shown.locator(".answer .cite").nth(place).click()
        expect(page.locator("#sheet mark")).to_have_text(sentence.citations[0].quote)
        page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_versions_are_turned_over_by_keyboard_without_the_server_and_announced(
    open_page: OpenPage, local: str
) -> None:
    page = open_page(local, script=RECORD_LIVE, viewport=PHONE)
    ask(page, "calf cramp")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    switch = page.get_by_role("button", name="Show the quotes instead")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(switch).to_be_focused()
    expect(page.locator(".version--written")).to_be_hidden()
    expect(page.locator(".version--quotes .s:visible")).to_have_count(8)
    expect(page.locator(".author:visible")).to_have_text("Quoted from the shelf, word for word")
    page.locator(".version--quotes .answer .cite").nth(1).click()
    expect(page.locator("#sheet mark")).to_have_text(scripted.RELEASE.sentences[1].text)
    page.keyboard.press("Escape")
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".version--quotes")).to_be_hidden()
    expect(page.locator(".version--written [data-origin=written]:visible")).to_have_count(3)
    heard = [said for _, said in page.evaluate("window.heard")]
    assert heard[-2:] == [
        "Quoted from the shelf, word for word",
        "Worded by qwen2.5:7b, each sentence checked against the texts",
    ]
    assert len(heard) == len(set(heard))
    assert [url for url in asked if "queue" in url] == []


def test_copy_takes_the_version_in_sight(open_page: OpenPage, local: str) -> None:
    page = open_page(local, permissions=["clipboard-read", "clipboard-write"])
    ask(page, "calf cramp")
    page.click("[data-act=copy]")
    expect(page.locator("[data-act=copy]")).to_have_text("Copied")
    assert f"~ {FIRST.text}" in page.evaluate("navigator.clipboard.readText()")
    page.click("[data-act=version]")
    page.click("[data-act=copy]")
    page.wait_for_function(
        f"navigator.clipboard.readText().then((text) => !text.includes({FIRST.text!r}))"
    )
    assert scripted.SQUEEZE.sentences[0].text in page.evaluate("navigator.clipboard.readText()")


def test_after_the_deadline_the_quotes_are_there_and_the_written_answer_is_offered(
    open_page: OpenPage, local: str
) -> None:
    page = open_page(local, script=RECORD_LIVE, viewport=PHONE)
    begin(page, "slowly kerb")
    expect(page.locator(".pending")).to_have_text(
        "qwen2.5:7b is still writing; its answer will be offered here."
    )
    expect(page.locator(".version--quotes .side")).to_have_count(2)
    expect(page.locator(".version--quotes")).to_be_visible()
    expect(page.locator(".turn")).to_have_attribute("aria-busy", "false")
    expect(page.locator("[data-act=copy]")).to_be_visible()
    assert serious(page) == []
    page.locator(".version--quotes .cite").first.click()
    httpx.get(f"{local}letgo")
    page.wait_for_selector(".turn[data-state=done]", state="attached")
    expect(page.locator("#sheet mark")).to_be_visible()  # what was open stays open
    page.keyboard.press("Escape")
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".version--written")).to_be_hidden()
    offer = page.get_by_role("button", name="Show the written answer")
    offer.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".version--written .side:visible")).to_have_count(2)
    expect(page.locator(".version--written [data-origin=written]")).to_have_count(1)
    expect(page.locator(".version--quotes")).to_be_hidden()
    heard = " ".join(said for _, said in page.evaluate("window.heard"))
    assert "is ready: Show the written answer." in heard
    assert "Heel drops off a kerb pull too hard" not in heard


def test_a_failure_is_one_plain_line_above_the_quotes(open_page: OpenPage, local: str) -> None:
    page = open_page(local, viewport=PHONE)
    ask(page, "calf fails")
    expect(page.locator(".trouble")).to_have_text(FAILURE)
    expect(page.locator(".s:visible")).to_have_count(8)
    expect(page.locator("[data-act=version]")).to_have_count(0)
    assert serious(page) == []


def test_stop_stops_the_model_and_what_had_passed_stays(open_page: OpenPage, local: str) -> None:
    page = open_page(local, viewport=PHONE)
    begin(page, "halts calf cramp")
    page.wait_for_selector(".turn [data-origin=written]")
    assert httpx.get(f"{local}drafts").text == "1"
    page.click("#stop")
    page.wait_for_selector(".turn[data-state=stopped]")
    assert no_draft_is_open(local, page)
    expect(page.locator("[data-origin=written]:visible")).to_have_text([FIRST.text])
    expect(page.locator(".waiting")).to_have_count(0)
    expect(page.locator("#send")).to_be_visible()
    page.click("[data-act=version]")
    expect(page.locator(".version--quotes .s:visible")).to_have_count(8)
    ask(page, "calf cramp")
    expect(page.locator(".turn:last-child [data-origin=written]")).to_have_count(3)


def test_stop_after_the_deadline_keeps_the_quotes(open_page: OpenPage, local: str) -> None:
    page = open_page(local, viewport=PHONE)
    begin(page, "slowly calf cramp")
    page.wait_for_selector(".pending")
    page.click("#stop")
    expect(page.locator(".pending")).to_have_text("Stopped: the written answer was not finished.")
    assert no_draft_is_open(local, page)
    expect(page.locator(".s:visible")).to_have_count(8)
    expect(page.locator("[data-act=retry]")).to_be_visible()


@pytest.mark.parametrize("way", ["Enter", "Ask"])
def test_whoever_asks_on_while_the_model_still_writes_need_not_wait(
    open_page: OpenPage, local: str, way: str
) -> None:
    page = open_page(local, viewport=PHONE)
    begin(page, "slowly calf cramp")
    page.wait_for_selector(".pending")
    page.fill("#question textarea", f"echo and {way}")
    if way == "Enter":
        page.press("#question textarea", "Enter")
    else:
        page.click("#send")
    expect(page.locator(".turn:last-child .lead")).to_have_text(
        f"Heard: 1x slowly calf cramp / echo and {way}"
    )
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#question textarea")).to_have_value("")
    assert no_draft_is_open(local, page)


@pytest.mark.parametrize("way", ["new chat", "leave"])
def test_whoever_goes_stops_the_model_too(open_page: OpenPage, local: str, way: str) -> None:
    page, other = open_page(local), open_page(local)
    begin(page, "halts calf cramp")
    page.wait_for_selector(".turn [data-origin=written]")
    if way == "leave":
        page.close()
    else:
        page.click("#new")
    assert no_draft_is_open(local, other)


def test_before_the_first_question_it_is_said_whose_servers_read_it(
    open_page: OpenPage, hosted: str
) -> None:
    page = open_page(hosted, viewport=PHONE, has_touch=True)
    box = page.locator("#consent")
    expect(box).to_contain_text("Qwen 2.5 is a language model run by Example AI.")
    expect(box.locator("[data-consent]")).to_have_count(2)
    expect(box.locator("[data-consent=no]")).to_be_in_viewport(ratio=1)
    assert page.evaluate(SMALL_TARGETS) == []
    assert serious(page) == []
    ask(page, "calf cramp, nobody was asked")
    expect(page.locator(".turn .s")).to_have_count(8)
    expect(page.locator("[data-origin=written]")).to_have_count(0)
    assert "nobody was asked" not in httpx.get(f"{hosted}read").text


def test_yes_is_asked_for_once_a_visit_and_kept_on_the_server_alone(
    open_page: OpenPage, hosted: str
) -> None:
    page = open_page(hosted, viewport=PHONE)
    page.click("[data-consent=yes]")
    expect(page.locator(".consent--settled")).to_contain_text("What you ask is read by Example AI.")
    expect(page.locator("#question textarea")).to_be_focused()
    ask(page, "calf cramp, agreed")
    expect(page.locator("[data-origin=written]")).to_have_count(3)
    assert "calf cramp, agreed" in httpx.get(f"{hosted}read").text
    page.click("#new")
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "calf cramp once more")
    expect(page.locator("[data-origin=written]")).to_have_count(3)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    page.reload()
    page.wait_for_selector("body.ready")
    expect(page.locator("[data-consent]")).to_have_count(2)


def test_no_means_quotes_and_can_be_changed_also_while_an_answer_is_coming(
    open_page: OpenPage, hosted: str
) -> None:
    page = open_page(hosted, viewport=PHONE)
    page.click("[data-consent=no]")
    expect(page.locator(".consent--settled")).to_contain_text("You get quotes only.")
    ask(page, "calf cramp, refused")
    expect(page.locator("[data-origin=written]")).to_have_count(0)
    page.click("[data-consent=yes]")
    expect(page.locator(".consent--settled")).to_be_visible()
    expect(page.locator("[data-consent=no]")).to_be_visible()
    begin(page, "halts, changed my mind")
    page.wait_for_selector(".turn:last-child [data-origin=written]")
    page.click("[data-consent=no]")
    expect(page.locator("[data-consent=yes]")).to_be_visible()
    page.click("#stop")
    assert no_draft_is_open(hosted, page)
    ask(page, "calf cramp, refused again")
    expect(page.locator(".turn:last-child [data-origin=written]")).to_have_count(0)
    assert "refused" not in httpx.get(f"{hosted}read").text


def test_what_was_agreed_outlives_whatever_the_server_held(
    open_page: OpenPage, hosted: str
) -> None:
    page = open_page(hosted)
    page.click("[data-consent=yes]")
    expect(page.locator(".consent--settled")).to_be_visible()
    httpx.get(f"{hosted}forget")
    ask(page, "calf cramp, after a restart")
    expect(page.locator("[data-origin=written]").first).to_be_visible()
    expect(page.locator(".consent--settled")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_fingers_everything(
    open_page: OpenPage, hosted: str, scheme: str
) -> None:
    page = open_page(hosted, viewport=PHONE, has_touch=True, color_scheme=scheme)
    page.click("[data-consent=yes]")
    expect(page.locator(".consent--settled")).to_be_visible()
    ask(page, "calf cramp")
    page.locator(".why summary").click()
    assert serious(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    page.click("[data-act=version]")
    assert serious(page) == []
    begin(page, "slowly kerb")
    page.wait_for_selector(".turn:last-child .found")
    assert serious(page) == []
    page.wait_for_selector(".pending")
    assert page.evaluate(SMALL_TARGETS) == []
    page.click("#stop")
