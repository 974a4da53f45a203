"""Under strict policies (CSP, Trusted Types, a pinned script) all works and nothing is reported."""

import base64
import hashlib

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import FRAME, SCRIPT, House
from tests.assistant.widget.visiting import Visitor, begin
from tests.ui import scripted

pytestmark = pytest.mark.browser
STRICT = (
    "default-src 'none'; script-src {url}; connect-src {url};"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
NONCE = (
    "default-src 'none'; base-uri 'none'; script-src 'nonce-n0nce' 'strict-dynamic';"
    " connect-src {url}; require-trusted-types-for 'script'"
)


def policy(house: House, text: str) -> dict[str, str]:
    return {"content-security-policy": text.format(url=house.url)}


def watched(page: Page) -> list[str]:
    """Errors on the console from now on."""
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    return errors


def violations(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.inside.violations")
    return found


def use(page: Page) -> None:
    """Opens it, asks, looks at a source, is warned, and closes it."""
    chat = looking.opened(page)
    begin(chat, "calf cramp")
    expect(looking.sources(chat)).to_have_count(8)
    expect(looking.stop(chat)).to_have_count(0)
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_have_text(scripted.RELEASE.sentences[0].text)
    looking.back(chat).click()
    begin(chat, "swollen")
    expect(looking.calls(chat)).to_have_count(3)
    looking.close(chat).click()
    expect(chat).to_be_hidden()


def test_what_would_break_a_policy_is_noticed(visit: Visitor, house: House) -> None:
    inline = "<script>window.ran = 1</script><p style='color: red'>red</p>"
    page = visit(house.put(inline, headers=policy(house, STRICT)))
    assert [each.split(":")[0] for each in violations(page)] == [
        "script-src-elem",
        "style-src-attr",
    ]


@pytest.mark.parametrize(
    ("text", "bare"), [(STRICT, ""), (NONCE, 'nonce="n0nce"')], ids=["strict", "nonce"]
)
def test_it_needs_no_more_than_the_servers_address(
    visit: Visitor, house: House, text: str, bare: str
) -> None:
    page = visit.tab()
    errors = watched(page)
    page.goto(house.put(house.tag(bare), headers=policy(house, text)))
    use(page)
    assert violations(page) == []
    assert errors == []


def test_in_the_page_it_needs_no_more_either(visit: Visitor, house: House) -> None:
    page = visit.tab()
    errors = watched(page)
    page.goto(house.put(house.tag(), "<soleus-chat></soleus-chat>", headers=policy(house, STRICT)))
    chat = looking.ready(looking.inline(page))
    begin(chat, "hot calf")
    expect(looking.sources(chat)).to_have_count(8)
    assert violations(page) == []
    assert errors == []


def test_for_a_frame_the_servers_address_is_enough(visit: Visitor, house: House) -> None:
    page = visit.tab()
    errors = watched(page)
    frame = f'<iframe src="{house.url}{FRAME}" title="Ask" width="400" height="600"></iframe>'
    text = "default-src 'none'; frame-src {url}"
    page.goto(house.put(frame, headers=policy(house, text)))
    chat = page.frame_locator("iframe").locator("body")
    begin(chat, "hot calf")
    expect(looking.sources(chat)).to_have_count(8)
    assert violations(page) == []
    assert page.frames[1].evaluate("window.inside.violations") == []
    assert errors == []


def test_a_script_that_is_pinned_runs_and_another_one_does_not(
    visit: Visitor, house: House
) -> None:
    digest = hashlib.sha384(httpx.get(f"{house.url}{SCRIPT}").content).digest()
    pin = f'integrity="sha384-{base64.b64encode(digest).decode()}" crossorigin="anonymous"'
    page = visit(house.put(house.tag(pin)))
    use(page)
    wrong = f'integrity="sha384-{"A" * 64}" crossorigin="anonymous"'
    other = visit(house.put(house.tag(wrong), path="/wrong"))
    expect(other.locator("soleus-chat")).to_have_count(0)
