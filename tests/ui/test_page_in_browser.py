"""What a visitor does on the real page, in a real Chromium."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.ui import scripted
from tests.ui.conftest import PHONE, OpenPage, ask, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNT_SENTENCES = """
window.counts = [];
new MutationObserver(() => {
  const count = document.querySelectorAll(".turn .s").length;
  if (count !== window.counts.at(-1)) window.counts.push(count);
}).observe(document, { subtree: true, childList: true });
"""


def test_an_answer_streams_in_sentence_by_sentence(open_page: OpenPage) -> None:
    page = open_page(script=COUNT_SENTENCES)
    ask(page, "calf cramped at mile 8, should i stretch it straight away??")
    counts = page.evaluate("window.counts")
    assert counts == sorted(counts)
    assert counts[-1] == 8
    assert len(counts) > 4
    expect(page.locator(".turn h2")).to_contain_text("calf cramped at mile 8")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator(".steps li")).to_have_count(5)


def test_a_question_can_be_sent_with_the_button(open_page: OpenPage) -> None:
    page = open_page()
    page.fill("#question textarea", "is it ok to hang my heels off a kerb")
    page.click("#send")
    expect(page.locator(".side")).to_have_count(2)


def test_an_example_can_be_clicked_and_hands_focus_to_its_turn(open_page: OpenPage) -> None:
    page = open_page()
    example = scripted.EXAMPLES[0]
    page.click(f'.chip:has-text("{example.name}")')
    expect(page.locator(".turn[data-state=done]")).to_have_count(1)
    expect(page.locator(".turn h2")).to_contain_text(example.question)
    expect(page.locator(".turn h2")).to_be_focused()
    expect(page.locator(".hero")).to_be_hidden()


def test_stop_keeps_what_was_shown_and_shows_no_more(open_page: OpenPage) -> None:
    page = open_page()
    page.fill("#question textarea", "a long story")
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".turn .s")
    expect(page.locator("#send")).to_be_hidden()
    page.click("#stop")
    page.wait_for_selector(".turn[data-state=stopped]")
    shown = page.locator(".turn .s").count()
    assert 0 < shown < len(scripted.LONG.items)
    page.wait_for_timeout(500)
    assert page.locator(".turn .s").count() == shown
    expect(page.locator("#send")).to_be_visible()
    expect(page.locator("#question textarea")).to_be_focused()
    page.locator(".turn .cite").last.click()
    expect(page.locator("#sheet mark")).to_have_text(scripted.SALT.sentences[1].text)
    page.keyboard.press("Escape")
    ask(page, "echo after stop")
    expect(page.locator(".turn:last-child .lead")).to_contain_text("a long story / echo after stop")


def test_stop_works_while_nothing_is_shown_yet(open_page: OpenPage) -> None:
    page = open_page()
    page.fill("#question textarea", "slow cramp")
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".turn .waiting")
    page.click("#stop")
    page.wait_for_selector(".turn[data-state=stopped]")
    page.wait_for_timeout(1800)
    assert page.locator(".turn .s").count() == 0
    expect(page.locator(".halted")).to_be_visible()


def test_ask_again_asks_the_same_question_in_the_same_place(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "echo first")
    ask(page, "echo retried")
    page.locator(".turn:last-child [data-act=retry]").click()
    expect(page.locator(".turn:last-child .lead")).to_contain_text("2x echo first / echo retried")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("[data-act=retry]:visible")).to_have_count(1)


def test_copy_puts_answer_and_sources_on_the_clipboard(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "calf cramp")
    page.click("[data-act=copy]")
    expect(page.locator("[data-act=copy]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("calf cramp")
    assert f"“{scripted.RELEASE.sentences[0].text}”" in copied


def test_a_follow_up_carries_the_turns_before_and_new_chat_forgets_them(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "calf cramp")
    ask(page, "echo and how long")
    expect(page.locator(".turn:last-child .lead")).to_contain_text("calf cramp / echo and how long")
    page.click("#new")
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".hero")).to_be_visible()
    expect(page.locator("#question textarea")).to_be_focused()
    ask(page, "echo fresh")
    expect(page.locator(".lead")).to_have_text("Heard: 1x echo fresh")


def test_two_visitors_do_not_hear_of_each_other(open_page: OpenPage) -> None:
    first, second = open_page(), open_page()
    ask(first, "my secret cramp")
    ask(second, "echo alone")
    expect(second.locator(".lead")).to_have_text("Heard: 1x echo alone")


def test_new_chat_ends_an_answer_that_is_still_coming(open_page: OpenPage) -> None:
    page = open_page()
    page.fill("#question textarea", "a long story")
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".turn .s")
    page.click("#new")
    expect(page.locator(".turn")).to_have_count(0)
    page.wait_for_timeout(500)
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#send")).to_be_visible()


def test_a_failure_is_told_in_plain_words_and_the_page_goes_on(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "boom")
    expect(page.locator(".turn")).to_contain_text("on our side failed")
    expect(page.locator("body")).not_to_contain_text("scripted failure")
    ask(page, "calf cramp")
    expect(page.locator(".turn:last-child .s")).to_have_count(8)


@pytest.mark.parametrize("width", [PHONE["width"], 320])
def test_every_kind_of_reply_fits_a_phone(open_page: OpenPage, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 640}, has_touch=True)
    for word in ("calf cramp", *(word for word, _ in scripted.REPLIES)):
        ask(page, word)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        expect(page.locator(".standing")).to_be_in_viewport()
    assert page.evaluate("window.hacked") is None


def test_what_is_typed_stays_text(open_page: OpenPage) -> None:
    page = open_page()
    typed = '<img src=x onerror="window.hacked=1"> **bold** [x](javascript:alert(1)) {{7*7}} ${7*7}'
    ask(page, typed)
    expect(page.locator(".turn h2")).to_contain_text(typed)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".turn h2 *:not(.sr-only)").count() == 0


def test_a_question_asked_before_the_encoder_is_loaded_waits_in_sight(
    open_page: OpenPage, tmp_path: Path
) -> None:
    gate = tmp_path / "open"
    with serving(str(gate)) as url:
        page = open_page(url)
        page.fill("#question textarea", "calf cramp")
        page.press("#question textarea", "Enter")
        expect(page.locator(".waiting")).to_contain_text("loading the reading model")
        expect(page.locator(".turn h2")).to_contain_text("calf cramp")
        gate.touch()
        page.wait_for_selector(".turn[data-state=done]")
        expect(page.locator(".turn .s")).to_have_count(8)


def test_nothing_is_left_in_the_browser(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "calf cramp")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_a_reload_forgets_the_visit(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "my old cramp")
    page.reload()
    page.wait_for_selector("body.ready")
    page.wait_for_selector("#question textarea")
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "echo reloaded")
    expect(page.locator(".lead")).to_have_text("Heard: 1x echo reloaded")


def test_the_server_forgets_a_visit_soon_after_its_page_is_closed(
    open_page: OpenPage, address: str
) -> None:
    page, other = open_page(), open_page()
    ask(page, "my private cramp")
    ask(other, "calf cramp")
    page.close()
    for _ in range(100):
        if int(httpx.get(f"{address}visits").text) <= 1:
            break
        other.wait_for_timeout(100)
    assert int(httpx.get(f"{address}visits").text) <= 1
    ask(other, "echo still here")
    expect(other.locator(".turn:last-child .lead")).to_contain_text("calf cramp / echo still here")


def test_a_chat_goes_on_where_the_server_knows_nothing_of_it(
    open_page: OpenPage, address: str
) -> None:
    page = open_page()
    ask(page, "echo before")
    httpx.get(f"{address}forget")
    page.locator(".turn:last-child [data-act=retry]").click()
    expect(page.locator(".turn:last-child .lead")).to_have_text("Heard: 2x echo before")
    expect(page.locator(".turn")).to_have_count(1)
    httpx.get(f"{address}forget")
    ask(page, "echo after")
    expect(page.locator(".turn:nth-child(2) .lead")).to_contain_text("echo before / echo after")


def test_a_restart_loses_no_open_chat(open_page: OpenPage) -> None:
    with serving() as url:
        page = open_page(url)
        ask(page, "calf cramp")
    with serving(port=url.rstrip("/").rpartition(":")[2]):
        expect(page.locator(".turn")).to_have_count(1)
        ask(page, "echo and how long")
        expect(page.locator(".turn:last-child .lead")).to_contain_text(
            "calf cramp / echo and how long"
        )
        page.close()
