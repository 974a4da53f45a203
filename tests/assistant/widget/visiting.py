"""Pages of the club in a real browser, and everything that they were seen to do."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Route, expect

from tests.assistant.widget import looking
from tests.assistant.widget.serving import House
from tests.ui.conftest import DESKTOP

INSIDE = Path(__file__).with_name("inside.js")
CHAT = "/api/v1/chat"


@dataclass
class Visitor:
    """Opens pages of a club. Pages with the same options share what was fetched, but no tab."""

    browser: Browser
    house: House
    contexts: dict[str, BrowserContext]
    pages: list[Page] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    """Of all pages, in order."""
    errors: list[str] = field(default_factory=list)

    def __call__(self, url: str = "", *, script: str = "", **options: object) -> Page:
        """A page in a tab of its own. `script`: runs before anything of the page."""
        page = self.tab(script, **options)
        page.goto(url or self.house.put())
        return page

    def tab(self, script: str = "", **options: object) -> Page:
        """An empty tab."""
        chosen: Any = {"viewport": DESKTOP, "reduced_motion": "reduce", **options}
        name = repr(sorted(chosen.items()))
        if name not in self.contexts:
            self.contexts[name] = self.browser.new_context(**chosen)
            self.contexts[name].add_init_script(path=INSIDE)
        page = self.contexts[name].new_page()
        self.pages.append(page)
        page.set_default_timeout(20_000)
        page.on("request", lambda request: self.requests.append(request))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        if script:
            page.add_init_script(script)
        return page

    def to_soleus(self) -> list[str]:
        """What was asked of Soleus, e.g. "GET /widget/v1.js"."""
        url = self.house.url
        return [
            f"{each.method} {each.url.removeprefix(url)}"
            for each in self.requests
            if each.url.startswith(url)
        ]

    def sent(self) -> list[dict[str, Any]]:
        """The bodies of the questions that were sent."""
        posts = [f"{self.house.url}{CHAT}"]
        return [
            json.loads(each.post_data or "")
            for each in self.requests
            if each.method == "POST" and each.url in posts
        ]

    def foreign(self) -> list[str]:
        """What was asked of anybody else."""
        known = (self.house.url, self.house.club.url, self.house.club.elsewhere)
        harmless = ("data:", "blob:", "about:")
        return [each.url for each in self.requests if not each.url.startswith((*known, *harmless))]


@dataclass
class HeldUp:
    """Requests that stay on their way until they are let go."""

    waiting: list[Route] = field(default_factory=list)
    over: bool = False

    def take(self, route: Route) -> None:
        """Holds one up, unless all were let go."""
        if self.over:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self) -> None:
        """Lets those that wait arrive, and all that come after them."""
        self.over = True
        for each in self.waiting:
            each.continue_()


def held_up(page: Page, address: str) -> HeldUp:
    """Holds up whatever the page asks of an address of Soleus's from now on."""
    holding = HeldUp()
    page.route(f"**{address}", holding.take)
    return holding


def told(page: Page) -> list[list[Any]]:
    """The widget's events as a script of the page hears them: name and detail."""
    heard: list[list[Any]] = page.evaluate("window.inside.told")
    return heard


def wait_for_event(page: Page, name: str, count: int = 1) -> None:
    """Waits until an event was heard so often."""
    page.wait_for_function(
        "([name, count]) => window.inside.told.filter(([each]) => each === name).length >= count",
        arg=[name, count],
    )


def begin(part: Locator, text: str) -> None:
    """Types a question, sends it with Enter and waits for nothing."""
    looking.question(part).fill(text)
    looking.question(part).press("Enter")


def ask(part: Locator, text: str) -> None:
    """Asks, and waits until the reply is whole."""
    page = part.page
    before = sum(name == "soleus-answered" for name, _ in told(page))
    begin(part, text)
    wait_for_event(page, "soleus-answered", before + 1)


Kept: TypeAlias = tuple[list[str], list[str], int, list[Any]]
"""What is left in a browser: keys of the tab, keys of the site, other stores, cookies."""


def kept_here(page: Page) -> Kept:
    """What is left by now."""
    tab, site, others = page.evaluate(
        """async () => [Object.keys(sessionStorage), Object.keys(localStorage),
        (await indexedDB.databases()).length + (await caches.keys()).length]"""
    )
    return (tab, site, others, list(page.context.cookies()))


def shown_in_order(page: Page, *texts: str) -> None:
    """Each text can be seen once, and they stand one below the other."""
    seen: list[str] = page.evaluate("window.inside.texts()")
    for text in texts:
        assert [text in each for each in seen].count(True) == 1, (text, seen)
    places = [next(n for n, each in enumerate(seen) if text in each) for text in texts]
    assert places == sorted(places)


def measured(page: Page, text: str, measure: str) -> object:
    """What a script says of the `one` that shows a text."""
    script = f"(text) => {{ const one = window.inside.spot(text); return {measure}; }}"
    found: object = page.evaluate(script, text)
    return found


def wait_until_in_view(page: Page, text: str) -> None:
    """Waits until a text can be read without scrolling."""
    page.wait_for_function("(text) => window.inside.inView(text)", arg=text)


def wait_until_seen(page: Page, text: str) -> None:
    """Waits until a text can be seen, if only by scrolling. What is only read out is not."""
    page.wait_for_function("(text) => window.inside.spot(text) !== null", arg=text)


def wait_until_unseen(page: Page, text: str) -> None:
    """Waits until a text can be seen no more."""
    page.wait_for_function("(text) => window.inside.spot(text) === null", arg=text)


def expect_hidden(part: Locator) -> None:
    """It cannot be seen, whether it is there or not."""
    expect(part.filter(visible=True)).to_have_count(0)
