"""Whether everybody can use the page: screen readers, low vision, touch, dark rooms."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assistant.reply import Alert
from assistant.ui.plain import spoken, spoken_above, spoken_end
from tests.ui import scripted
from tests.ui.conftest import DESKTOP, PHONE, OpenPage, ask

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RECORD_LIVE = """
window.heard = [];
new MutationObserver((changes) => changes.forEach((change) => {
  const node = change.target.nodeType === 1 ? change.target : change.target.parentElement;
  const live = node?.closest("[aria-live]:not([aria-live=off]), [role=log], [role=status]");
  if (live) {
    const added = [...change.addedNodes].map((one) => one.textContent);
    if (added.length || change.type === "characterData") {
      window.heard.push([live.id, added.join("") || change.target.textContent]);
    }
  }
})).observe(document, { subtree: true, childList: true, characterData: true });
"""
SMALL_TARGETS = """
() => [...document.querySelectorAll("button, summary, a[href]")]
  .filter((one) => one.checkVisibility() && !one.matches(".cite, .skip"))
  .map((one) => [one.textContent || one.ariaLabel, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)
"""
CITE_REACH = """
(cite) => { cite.scrollIntoView({ block: "center" });
  const box = cite.getBoundingClientRect(); const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return [[0, 21], [0, -21], [21, 0], [-21, 0]].every(([dx, dy]) =>
    document.elementFromPoint(x + dx, y + dy) === cite); }
"""


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}"
        for one in found
        if one["impact"] in {"serious", "critical", "moderate"}
    ]


# No colour depends on the width, and nothing but colours on the scheme.
@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing_serious(
    open_page: OpenPage, scheme: str, viewport: dict[str, int]
) -> None:
    page = open_page(color_scheme=scheme, viewport=viewport)
    page.click(".shelf summary")
    assert serious(page) == []
    for word in ("calf cramp", "kerb", "magnesium", "how long", "noted", "ciao", "swollen"):
        ask(page, word)
    page.locator(".why summary").first.click()
    assert serious(page) == []
    page.locator(".answer .cite").first.click()
    expect(page.locator("#sheet mark")).to_be_visible()
    assert serious(page) == []


def test_a_screen_reader_hears_whole_sentences_once_and_from_one_voice(
    open_page: OpenPage,
) -> None:
    page = open_page(script=RECORD_LIVE)
    ask(page, "calf cramp")
    expected = (*spoken(scripted.ANSWER), *spoken_end(scripted.ANSWER))
    assert page.evaluate("window.heard") == [["spoken", one] for one in expected]


def test_a_warning_is_announced_at_once_and_once(open_page: OpenPage) -> None:
    page = open_page(script=RECORD_LIVE)
    ask(page, "swollen")
    (warning,) = spoken_above(scripted.ESCALATE.alert, "")
    assert page.evaluate("window.heard") == [["alarmed", warning]]


def test_only_the_warning_interrupts_and_it_comes_before_the_answer(open_page: OpenPage) -> None:
    page = open_page(script=RECORD_LIVE)
    ask(page, "hot calf")
    (warning,) = spoken_above(Alert((scripted.URGENT, scripted.SEE)), "")
    said = (*spoken(scripted.ANSWER), *spoken_end(scripted.ANSWER))
    heard = page.evaluate("window.heard")
    assert heard == [["alarmed", warning], *(["spoken", one] for one in said)]


def test_the_page_says_its_language_and_has_one_head(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "calf cramp")
    assert page.get_attribute("html", "lang") == "en"
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("main")).to_have_count(1)
    expect(page).to_have_title("Soleus")
    expect(page.get_by_label("Your question")).to_be_visible()


def test_the_page_follows_the_readers_dark_mode_and_can_be_switched(open_page: OpenPage) -> None:
    page = open_page(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(15, 22, 20)"
    page.click("#theme")
    assert page.evaluate(ground) == "rgb(250, 247, 240)"
    light = open_page(color_scheme="light")
    assert light.evaluate(ground) == "rgb(250, 247, 240)"


def test_everything_is_big_enough_for_a_finger(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    assert page.evaluate(SMALL_TARGETS) == []
    ask(page, "magnesium")
    assert page.evaluate(SMALL_TARGETS) == []
    for cite in page.locator(".answer .cite").all():
        assert cite.evaluate(CITE_REACH)
    page.locator(".answer .cite").first.tap()
    assert page.evaluate(SMALL_TARGETS) == []
    page.keyboard.press("Escape")
    ask(page, "hot calf")
    assert page.evaluate(SMALL_TARGETS) == []


def test_the_standing_line_stays_in_sight(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    line = page.get_by_text("AI assistant: not a person, not a doctor")
    expect(line).to_be_in_viewport()
    ask(page, "calf cramp")
    page.evaluate("window.scrollTo(0, 500)")
    expect(line).to_be_in_viewport()


def test_nothing_moves_for_those_who_asked_for_calm(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    ask(page, "calf cramp")
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_new_turn_begins_at_the_top_of_the_view(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    ask(page, "calf cramp")
    ask(page, "kerb")
    page.wait_for_timeout(200)
    box = page.locator(".turn:last-child h2").bounding_box()
    assert box is not None
    assert 60 < box["y"] < 140
