"""Each attribute has its effect, on the script and on the element; without it all is as usual."""

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import NAME, PRIVACY, SCRIPT, House
from tests.assistant.widget.visiting import Visitor, ask, begin, wait_for_event
from tests.ui import scripted
from tests.ui.conftest import DESKTOP

pytestmark = pytest.mark.browser
GREETING = "What’s up with your calf?"


def corner(part: Locator) -> tuple[float, float, float]:
    """How far it is from the left, the right and the foot of the screen."""
    box = part.bounding_box()
    assert box is not None
    right, foot = box["x"] + box["width"], box["y"] + box["height"]
    return box["x"], DESKTOP["width"] - right, DESKTOP["height"] - foot


def darkness(chat: Locator) -> bool:
    """Whether the ground it stands on is dark."""
    found: bool = chat.evaluate("(one) => window.inside.light(window.inside.ground(one)) < 0.2")
    return found


def test_what_is_left_out_is_as_the_server_says(visit: Visitor, house: House) -> None:
    page = visit(house.put())
    _, right, foot = corner(looking.launcher(page))
    assert (right, foot) == pytest.approx((20, 20), abs=1)
    chat = looking.opened(page)
    expect(chat).to_contain_text(NAME)
    expect(chat).to_contain_text(GREETING)
    expect(chat).to_contain_text("not a doctor")
    expect(chat.locator(f'a[href="{PRIVACY}"]')).to_be_visible()
    for each in scripted.EXAMPLES:
        expect(looking.choice(chat, each.question)).to_be_visible()
    assert not darkness(chat)
    expect(chat).to_have_accessible_name(NAME)


def test_what_is_given_on_the_script_counts(visit: Visitor, house: House) -> None:
    tag = house.tag(
        title='Ask <our> "physio"',
        greeting="How are your legs?",
        icon="🏃",
        theme="dark",
        position="start",
        privacy="https://harriers.example/ours",
        suggestions="\n".join(f"May I run number {n}?" for n in range(1, 9)),
        strings='{"send": "Go ask"}',
    )
    page = visit(house.put(tag))
    launcher = looking.launcher(page, 'Ask <our> "physio"')
    expect(launcher).to_contain_text("🏃")
    assert corner(launcher)[0] == pytest.approx(20, abs=1)
    chat = looking.opened(page, 'Ask <our> "physio"')
    expect(chat).to_contain_text('Ask <our> "physio"')
    expect(chat).not_to_contain_text(NAME)
    expect(chat).to_contain_text("How are your legs?")
    expect(chat).not_to_contain_text(GREETING)
    expect(chat.locator('a[href="https://harriers.example/ours"]')).to_be_visible()
    expect(chat.locator(f'a[href="{PRIVACY}"]')).to_have_count(0)
    expect(chat.get_by_role("button", name="May I run number")).to_have_count(6)
    expect(looking.choice(chat, "May I run number 6?")).to_be_visible()
    expect(looking.choice(chat, scripted.EXAMPLES[0].question)).to_have_count(0)
    assert darkness(chat)
    looking.question(chat).fill("calf cramp")
    chat.get_by_role("button", name="Go ask", exact=True).click()
    wait_for_event(page, "soleus-answered")


def test_what_is_given_on_the_element_counts_too(visit: Visitor, house: House) -> None:
    element = (
        '<soleus-chat title="Our physio" greeting="Well?" theme="dark" suggestions=""'
        ' privacy="https://harriers.example/ours" lang="fr" color="#800000"></soleus-chat>'
    )
    page = visit(house.put(element, house.tag()))
    chat = looking.ready(looking.inline(page))
    expect(chat).to_contain_text("Our physio")
    expect(chat).to_contain_text("Well?")
    expect(chat.locator('a[href="https://harriers.example/ours"]')).to_be_visible()
    expect(looking.choice(chat, scripted.EXAMPLES[0].question)).to_have_count(0)
    box = looking.question(chat)
    assert box.evaluate("(one) => window.inside.language(one)") == "fr"
    assert darkness(box)


def test_no_suggestions_may_be_wanted(visit: Visitor, house: House) -> None:
    chat = looking.opened(visit(house.put(house.tag(suggestions=""))))
    expect(chat).to_contain_text(GREETING)
    for each in scripted.EXAMPLES:
        expect(looking.choice(chat, each.question)).to_have_count(0)


def dark_page(page: Page) -> bool:
    return darkness(looking.question(looking.opened(page)))


def test_the_theme_is_the_readers_unless_the_club_chose_one(visit: Visitor, house: House) -> None:
    usual, light = house.put(path="/usual"), house.put(house.tag(theme="light"), path="/light")
    assert dark_page(visit(usual, color_scheme="dark"))
    assert not dark_page(visit(light, color_scheme="dark"))
    auto = visit(house.put(house.tag(theme="auto"), path="/auto"), color_scheme="dark")
    assert dark_page(auto)
    auto.emulate_media(color_scheme="light")
    assert not darkness(looking.question(looking.chat(auto)))


def test_without_a_bubble_it_opens_when_it_is_called(visit: Visitor, house: House) -> None:
    page = visit(house.put(house.tag(bubble="off")))
    looking.called(page, "close")  # which is there, and does nothing
    expect(looking.launcher(page)).to_have_count(0)
    looking.called(page, "open")
    chat = looking.ready(looking.chat(page))
    ask(chat, "calf cramp")
    looking.close(chat).click()
    expect(chat).to_be_hidden()
    expect(looking.launcher(page)).to_have_count(0)


def test_a_script_that_was_moved_is_told_where_soleus_is(visit: Visitor, house: House) -> None:
    script = httpx.get(f"{house.url}{SCRIPT}").text
    house.club.put(f"/* the club's own */;\n{script}\n;", "/all.js", kind="text/javascript")
    tag = f'<script src="/all.js" async data-host="{house.url}"></script>'
    page = visit(house.put(tag))
    ask(looking.opened(page), "calf cramp")
    assert f"GET {SCRIPT}" not in visit.to_soleus()


def test_a_base_and_a_referrer_policy_of_the_page_lead_nobody_astray(
    visit: Visitor, house: House
) -> None:
    head = f'<base href="{house.club.url}/deep/down/"><meta name="referrer" content="no-referrer">'
    page = visit(house.put(head=head, path="/based"))
    chat = looking.opened(page)
    ask(chat, "calf cramp")
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_be_visible()
    assert not any(path.startswith("/deep") for path in house.club.got)


def test_texts_of_the_club_are_texts(visit: Visitor, house: House) -> None:
    markup = "<img src=x onerror='window.hacked=1'>"
    tag = house.tag(
        title=markup,
        greeting=markup,
        icon="<b",
        suggestions=markup,
        strings=f'{{"send": "{markup}"}}',
        privacy="javascript:window.hacked=1",
        color="red;}*{display:none",
        lang=markup,
    )
    page = visit(house.put(tag))
    chat = looking.opened(page, markup)
    expect(chat).to_contain_text(markup)
    begin(chat, "calf cramp")
    wait_for_event(page, "soleus-answered")
    assert chat.locator("img, a[href^=javascript]").count() == 0
    assert page.evaluate("window.hacked") is None
    expect(page.locator("main")).to_be_visible()
