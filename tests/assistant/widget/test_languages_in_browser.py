"""The interface speaks the page's language, or the one that was chosen; answers are English."""

import pytest
from playwright.sync_api import Locator, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask, measured
from tests.ui import scripted

pytestmark = pytest.mark.browser
SENTENCE = scripted.RELEASE.sentences[0].text
DIRECTION = "getComputedStyle(one).direction"
LABELS = """(root) => window.inside.seen()
  .filter((one) => one.matches("button, textarea, input, summary, h1, h2, h3"))
  .flatMap((one) => [window.inside.named(one), one.ariaLabel, one.placeholder]).filter(Boolean)"""


def opened(visit: Visitor, url: str) -> Locator:
    page = visit(url)
    looking.called(page, "open")
    return looking.ready(looking.chat(page))


def labels(chat: Locator) -> set[str]:
    """What buttons and boxes are called, without what the club or its texts say."""
    found: list[str] = chat.evaluate(LABELS)
    given = [each.question for each in scripted.EXAMPLES]
    return {each for each in found if not any(text in each for text in given)}


def language(part: Locator) -> str:
    found: str = part.evaluate("(one) => window.inside.language(one)")
    return found


def direction(part: Locator) -> str:
    found: str = part.evaluate(f"(one) => {DIRECTION}")
    return found


def test_every_language_has_its_own_words_and_says_which_it_is(
    visit: Visitor, house: House
) -> None:
    english = opened(visit, house.put(path="/en"))
    expect(looking.send(english)).to_be_visible()
    assert language(looking.question(english)) == "en"
    known = {"en": labels(english)}
    for lang in ("de", "fr", "es", "nl", "it"):
        chat = opened(visit, house.put(house.tag(lang=lang), path=f"/{lang}"))
        assert language(looking.question(chat)) == lang
        own = labels(chat)
        shared = {each for each in own & known["en"] if "Harriers" not in each}
        assert shared == set(), lang
        assert len(own) >= len(known["en"]) - 1
        assert own not in known.values()
        known[lang] = own


@pytest.mark.parametrize(
    ("html", "data", "expected"),
    [
        ('lang="fr-CA"', {}, "fr"),
        ('lang="DE"', {}, "de"),
        ('lang="pl"', {}, "en"),
        ("", {}, "en"),
        ('lang="fr"', {"lang": "it"}, "it"),
        ('lang="fr"', {"lang": "xx"}, "en"),
    ],
)
def test_left_out_it_is_the_pages_own_or_english(
    visit: Visitor, house: House, html: str, data: dict[str, str], expected: str
) -> None:
    chat = opened(visit, house.put(house.tag(**data), html=html))
    assert language(looking.question(chat)) == expected


def test_answers_and_warnings_stay_english_and_say_so(visit: Visitor, house: House) -> None:
    chat = opened(visit, house.put(house.tag(lang="de")))
    ask(chat, "hot calf")
    assert language(looking.question(chat)) == "de"
    for text in (SENTENCE, scripted.URGENT.act, scripted.ANSWER.items[0].attribution):
        assert measured(chat.page, text, "window.inside.language(one)") == "en"


def test_strings_from_the_right_turn_the_chat_and_no_answer(visit: Visitor, house: House) -> None:
    chat = opened(visit, house.put(house.tag(dir="rtl", strings='{"send": "أرسل"}')))
    expect(chat.get_by_role("button", name="أرسل")).to_be_visible()
    ask(chat, "calf cramp")
    assert direction(looking.question(chat)) == "rtl"
    assert measured(chat.page, SENTENCE, DIRECTION) == "ltr"


def test_on_a_page_from_the_right_the_button_changes_sides_and_english_does_not(
    visit: Visitor, house: House
) -> None:
    arabic = 'lang="ar" dir="rtl"'
    page = visit(house.put(html=arabic))
    box = looking.launcher(page).bounding_box()
    assert box is not None
    assert box["x"] == pytest.approx(20, abs=0.5)
    chat = looking.opened(page)
    ask(chat, "calf cramp")
    around = chat.bounding_box()
    assert around is not None
    assert around["x"] < 100
    assert direction(looking.question(chat)) == "ltr"
    assert measured(chat.page, SENTENCE, DIRECTION) == "ltr"
    other = visit(house.put(house.tag(position="start"), html=arabic))
    mirrored = looking.launcher(other).bounding_box()
    assert mirrored is not None
    assert mirrored["x"] + mirrored["width"] == pytest.approx(1260, abs=0.5)
