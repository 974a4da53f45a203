"""Opening what an answer rests on: by mouse, by finger, by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui import scripted
from tests.ui.conftest import PHONE, OpenPage, ask

pytestmark = pytest.mark.browser


def test_a_citation_opens_the_passage_with_its_exact_words_marked(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "calf cramp")
    page.locator(".answer .cite").nth(1).click()
    sheet = page.locator("#sheet")
    expect(sheet.locator("mark")).to_have_text(scripted.RELEASE.sentences[1].text)
    assert sheet.locator(".passage").text_content() == scripted.RELEASE.text
    expect(sheet).to_contain_text("Our summary of Releasing a calf cramp mid-run")
    expect(sheet).to_contain_text("Article")
    expect(sheet).to_contain_text("unnamed; says they have worked with hundreds of athletes")
    expect(page.locator(".answer .cite").nth(1)).to_have_attribute("aria-current", "true")


def test_every_citation_of_an_answer_marks_its_own_words(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "sleeves and magnesium")
    quotes = [
        citation.quote
        for item in scripted.PRODUCT.items
        for sentence in item.sentences
        for citation in sentence.citations
    ]
    for place, quote in enumerate(quotes):
        page.locator(".answer .cite").nth(place).click()
        expect(page.locator("#sheet mark")).to_have_text(quote)


def test_sources_can_be_walked_through_and_the_ends_are_ends(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "kerb")
    page.locator(".answer .cite").first.click()
    expect(page.locator("#sheet-head")).to_have_text("Source 1 of 3")
    expect(page.locator("#sheet [data-step='-1']")).to_be_disabled()
    page.click("#sheet [data-step='1']")
    expect(page.locator("#sheet mark")).to_have_text(scripted.KERB_FOR.sentences[0].text)
    page.click("#sheet [data-step='1']")
    expect(page.locator("#sheet [data-step='1']")).to_be_disabled()
    page.click("#sheet [data-close]")
    expect(page.locator("#sheet")).to_be_hidden()


def test_the_panel_of_an_earlier_answer_opens_that_answers_source(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "calf cramp")
    ask(page, "kerb")
    page.locator(".turn:first-child .answer .cite").first.click()
    expect(page.locator("#sheet mark")).to_have_text(scripted.RELEASE.sentences[0].text)


def test_text_of_a_passage_never_becomes_markup(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "hostile")
    page.locator(".answer .cite").first.click()
    expect(page.locator("#sheet mark")).to_have_text(scripted.HOSTILE_WORDS)
    assert page.locator("#sheet :is(script, img, b, i, u)").count() == 0
    assert page.locator(".turn :is(script, img, b, i, u)").count() == 0
    assert page.evaluate("window.hacked") is None


def test_on_a_phone_a_tap_opens_a_sheet_that_a_tap_closes(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    ask(page, "calf cramp")
    page.locator(".answer .cite").first.tap()
    assert page.evaluate("document.querySelector('#sheet').matches(':modal')")
    expect(page.locator("#sheet mark")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("#sheet [data-close]").tap()
    expect(page.locator("#sheet")).to_be_hidden()


def test_on_a_desktop_the_answer_stays_readable_beside_its_source(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "calf cramp")
    page.locator(".answer .cite").first.click()
    panel, answer = page.locator("#sheet").bounding_box(), page.locator(".answer").bounding_box()
    assert panel is not None
    assert answer is not None
    assert answer["x"] + answer["width"] <= panel["x"]
    assert not page.evaluate("document.querySelector('#sheet').matches(':modal')")


def focused(page: Page) -> str:
    script = "document.activeElement.id || document.activeElement.className"
    return str(page.evaluate(script))


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}])
def test_everything_works_by_keyboard_alone(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page(viewport=viewport)
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type("calf cramp")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn[data-state=done]")
    for _ in range(40):
        if focused(page).startswith("cite"):
            break
        page.keyboard.press("Shift+Tab")
    number = page.evaluate("document.activeElement.textContent")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#sheet mark")).to_have_count(1)
    assert page.evaluate("document.querySelector('#sheet').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).to_be_hidden()
    assert focused(page).startswith("cite")
    assert page.evaluate("document.activeElement.textContent") == number


def test_new_chat_closes_the_panel(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "calf cramp")
    page.locator(".answer .cite").first.click()
    page.click("#new")
    expect(page.locator("#sheet")).to_be_hidden()
