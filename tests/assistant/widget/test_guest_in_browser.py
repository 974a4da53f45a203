"""The widget is a guest: the club's page looks, works and is called as it was without it."""

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.assistant.widget.visiting import Visitor, ask

pytestmark = pytest.mark.browser
STYLE = """<style>:root { color-scheme: light } body { margin: 3%; font: 17px/1.4 serif }
h1 { color: navy } button { color: green } dialog { color: gray } div { border: 1px solid }
textarea { width: 50% } p, a, ul, svg, mark { color: teal } [role=dialog] { color: red }</style>"""
BODY = """<main><h1>Harriers</h1><p>We <a href="#x">run</a>, and <mark>how</mark>.</p>
<div id="chat"><ul><li>one</li></ul><svg width="9" height="9"><path d="M0 0h9"/></svg></div>
<dialog>Soon</dialog><textarea id="text"></textarea><input id="name">
<button id="join" onclick="window.joined = window.joined + 1">Join</button>
<div style="height: 1500px"></div></main>"""
WATCH = """
window.keys = []; window.defined = []; window.joined = 0;
for (const kind of ["keydown", "keyup", "click", "focusin"]) {
  window.addEventListener(kind, (event) => window.keys.push([kind, event.key ?? event.target.id,
    event.defaultPrevented]));
}
const define = customElements.define;
customElements.define = function (name, ...more) {
  window.defined.push(name);
  return define.call(this, name, ...more);
};
"""
OUTSIDE = """() => [...document.querySelectorAll("html, body, main, main *")].map((one) => {
  const style = getComputedStyle(one);
  const attributes = [...one.attributes].map((each) => `${each.name}=${each.value}`);
  return [one.localName, ...attributes, ...[...style].map((name) =>
    `${name}: ${style.getPropertyValue(name)}`)].join("; ");
})"""
NAMES = """() => ["window", "document", "navigator", "Element.prototype", "Array.prototype",
  "String.prototype", "Object.prototype", "Promise.prototype", "EventTarget.prototype"]
  .map((name) => [name, Object.getOwnPropertyNames(eval(name)).sort().join()])"""
FACTS = """() => { const root = document.documentElement; return [document.title, location.href,
  history.length, scrollY, root.scrollHeight, root.scrollWidth, document.styleSheets.length,
  document.adoptedStyleSheets.length, document.cookie] }"""
NATIVE = """() => [fetch, history.pushState, EventTarget.prototype.addEventListener, setTimeout,
  Storage.prototype.setItem, Element.prototype.append, JSON.parse, XMLHttpRequest]
  .filter((one) => !/\\[native code\\]/.test(Function.prototype.toString.call(one)))
  .map((one) => one.name)"""
ELEMENTS = "() => [...document.querySelectorAll('*')].map((one) => one.localName)"


def state(page: Page) -> dict[str, Any]:
    """All that a page can tell of itself."""
    scripts = {"outside": OUTSIDE, "names": NAMES, "facts": FACTS, "native": NATIVE}
    return {name: page.evaluate(script) for name, script in scripts.items()}


def more(page: Page, before: Counter[str]) -> dict[str, int]:
    """Elements that were not there before."""
    return dict(Counter(page.evaluate(ELEMENTS)) - before)


def use(page: Page) -> list[Any]:
    """Uses the page with keys and mouse; what it heard of that."""
    page.evaluate("window.keys.length = 0; window.joined = 0; document.activeElement.blur()")
    page.locator("#name").click()
    page.keyboard.type("is it ok? /s")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#text").click()
    page.keyboard.type("a\nb")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.press("x")
    found: list[Any] = page.evaluate(
        """[document.querySelector("#name").value, document.querySelector("#text").value,
        window.joined, window.keys]"""
    )
    page.evaluate("document.querySelectorAll('#name, #text').forEach((one) => { one.value = '' })")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    return found


def test_the_page_is_as_it_was_with_the_widget_closed_open_and_closed_again(
    visit: Visitor, house: House
) -> None:
    bare = visit(house.put("<!-- no widget -->", head=STYLE, body=BODY), script=WATCH)
    before, used = state(bare), use(bare)
    elements = Counter(bare.evaluate(ELEMENTS))
    bare.close()
    page = visit(house.put(house.tag(), head=STYLE, body=BODY), script=WATCH)
    expect(looking.launcher(page)).to_be_visible()
    one_more = {"script": 1, "soleus-chat": 1}
    assert state(page) == before
    assert more(page, elements) == one_more
    assert use(page) == used
    chat = looking.opened(page)
    ask(chat, "calf cramp")
    looking.source(chat, 1).click()
    expect(looking.marked(chat)).to_be_visible()
    assert state(page) == before
    assert more(page, elements) == one_more
    looking.back(chat).click()
    assert use(page) == used
    page.locator("#join").click()  # beside an open chat the page can be used
    assert page.evaluate("window.joined") == used[2] + 1
    looking.close(looking.reopened(page)).click()
    expect(chat).to_be_hidden()
    assert use(page) == used
    assert state(page) == before
    assert page.evaluate("window.defined") == ["soleus-chat"]


def test_on_a_phone_the_page_is_as_it_was_once_the_chat_is_closed(
    visit: Visitor, house: House
) -> None:
    phone: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
    bare = visit(house.put("<!-- no widget -->", head=STYLE, body=BODY), **phone)
    bare.evaluate("window.scrollTo(0, 300)")
    before = state(bare)
    page = visit(house.put(house.tag(), head=STYLE, body=BODY), **phone)
    page.evaluate("window.scrollTo(0, 300)")
    chat = looking.opened(page)
    ask(chat, "calf cramp")
    looking.close(chat).click()
    expect(chat).to_be_hidden()
    assert state(page) == before


def test_the_line_pasted_twice_is_one_widget(visit: Visitor, house: House) -> None:
    page = visit(house.put(house.tag(), house.tag()))
    expect(looking.launcher(page)).to_have_count(1)
    expect(page.locator("soleus-chat")).to_have_count(1)
    ask(looking.opened(page), "calf cramp")
