"""The page in a real browser: offline, by keyboard, on a phone, without scripts, for everybody."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from eval.report.html import html_of
from tests.eval.report.made import whole_run
from tests.ui.conftest import CHROMIUM, DESKTOP, PHONE, QUIET

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    installed = next((path for path in CHROMIUM if path.exists()), None)
    if installed is None:
        pytest.skip("no Chromium on this machine: install it to test the page in a browser")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(installed), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "run.html"
    path.write_text(html_of(whole_run(1), [whole_run(2, "222222222222", 12)]), "utf-8")
    return path


@pytest.fixture
def open_report(browser: Browser, file: Path) -> Iterator[Open]:
    contexts, trouble = [], []

    def open_it(at: str = "", **options: Any) -> Page:  # noqa: ANN401 (Playwright's)
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda asked: trouble.append(asked.url) if _other(asked.url) else None)
        page.goto(f"{file.as_uri()}{at}")
        return page

    def _other(url: str) -> bool:
        return not url.startswith(file.as_uri())

    yield open_it
    for context in contexts:
        context.close()
    assert trouble == []  # no request, no breach of the policy, no error


# No colour depends on the width, and nothing but colours on the scheme.
@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing(open_report: Open, scheme: str, viewport: dict[str, int]) -> None:
    page = open_report(color_scheme=scheme, viewport=viewport)
    page.click("#open-all")
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_no_script_of_a_question_runs(open_report: Open) -> None:
    assert open_report().title() == "Evaluation of Soleus at 0123456789ab"


def test_plots_take_the_colours_of_the_page(open_report: Open) -> None:
    colour = "getComputedStyle(document.querySelector('svg [stroke=\"var(--dev)\"]')).stroke"
    light = open_report(color_scheme="light").evaluate(colour)
    assert light == "rgb(15, 107, 84)"
    assert open_report(color_scheme="dark").evaluate(colour) == "rgb(92, 196, 164)"


def test_filters_narrow_the_list_and_clear_again(open_report: Open) -> None:
    page = open_report()
    count, shown = page.locator("#count"), page.locator("[data-case]:visible")
    everything = shown.count()
    expect(count).to_have_text(f"{everything} failed cases")
    page.select_option("[data-field=half]", "sealed")
    expect(page.locator(".case:visible")).to_have_count(0)
    sealed = sum(not one.passed and one.half == "sealed" for one in whole_run(1).cases)
    expect(shown).to_have_count(sealed)
    page.select_option("[data-field=half]", "dev")
    expect(page.locator("#sealed-cases")).to_be_hidden()
    page.select_option("[data-field=category]", "warning-sign")
    page.select_option("[data-field=reason]", "makes n of n key facts")
    wanted = [
        one.id
        for one in whole_run(1).cases
        if not one.passed
        and (one.half, one.category) == ("dev", "warning-sign")
        and one.reasons == ("makes 1 of 3 key facts",)
    ]
    assert wanted
    found = [one.removeprefix("case-") for one in shown.evaluate_all("all => all.map(a => a.id)")]
    assert sorted(found) == sorted(wanted)
    page.fill("[data-field=words]", "no such words")
    expect(page.locator("#none")).to_be_visible()
    page.click("[type=reset]")
    expect(shown).to_have_count(everything)


def test_words_are_found_in_questions_and_replies(open_report: Open) -> None:
    page = open_report()
    page.fill("[data-field=words]", "MAGNESIUM mist")
    assert page.locator(".case:visible .case__question").all_text_contents() == []
    page.fill("[data-field=words]", "magnesium IST")
    questions = page.locator(".case:visible .case__question").all_text_contents()
    assert set(questions) == {"Und was ist mit Magnesium?"}


def test_a_case_is_opened_by_keyboard_and_by_its_link(open_report: Open) -> None:
    page = open_report()
    link = page.locator(".criticals a").first
    link.focus()
    page.keyboard.press("Enter")
    details = page.locator(f"{link.get_attribute('href')} > details")
    expect(details).to_have_attribute("open", "")
    expect(details.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(details).not_to_have_attribute("open", "")


def test_a_link_reaches_a_case_that_a_filter_hid(open_report: Open) -> None:
    page = open_report()
    page.select_option("[data-field=half]", "sealed")
    link = page.locator(".criticals a").first
    link.click()
    expect(page.locator(f"{link.get_attribute('href')} .case__body")).to_be_visible()


def test_everything_opens_and_closes_at_once(open_report: Open) -> None:
    page = open_report()
    page.click("#open-all")
    expect(page.locator(".case > details:not([open])")).to_have_count(0)
    expect(page.locator("#open-all")).to_have_text("Close all")
    page.click("#open-all")
    expect(page.locator(".case > details[open]")).to_have_count(0)


def test_without_scripts_it_is_a_plain_list(open_report: Open) -> None:
    page = open_report(java_script_enabled=False)
    expect(page.locator("#filter")).to_be_hidden()
    wrong = sum(not one.passed for one in whole_run(1).cases)
    expect(page.locator("[data-case]:visible")).to_have_count(wrong)
    page.locator(".case summary").first.click()
    expect(page.locator(".case__body").first).to_be_visible()


def test_paper_shows_what_is_folded_away(open_report: Open) -> None:
    page = open_report()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("details:not([open], [data-long])")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".case > details[open]")).to_have_count(0)
