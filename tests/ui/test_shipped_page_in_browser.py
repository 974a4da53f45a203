"""A runner's visit to the page as it is shipped: `python app.py`, the real shelf, a real Chromium.

The page is opened while the assistant still loads, which lasts for as long as the test wants: one
file of the index is a pipe, and whoever reads a pipe waits until somebody writes into it.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.front_door import ROOT, address_of, started
from tests.ui.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

PATIENCE = 120_000.0
"""Milliseconds: a busy machine is slow, not wrong."""
CRAMP = "calf cramped at mile 8, should i stretch it straight away??"
STEPS = (
    "grip it tightly",
    "right under the knee",
    "Squeeze your hands together",
    "squeeze the calf again",
    "Take a few breaths",
    "can be stretched safely",
)


@dataclass(frozen=True)
class Shelf:
    """A built index that can be opened only once it is let go."""

    folder: Path
    pipe: Path
    held: bytes

    def let_go(self) -> None:
        """Have whoever waits for the held file read it, and find it in its place from then on."""
        Thread(target=self._let_go, daemon=True).start()

    def _let_go(self) -> None:
        real = self.pipe.with_suffix(".real")
        real.write_bytes(self.held)
        with self.pipe.open("wb") as waiting:  # opens once somebody reads
            real.replace(self.pipe)
            waiting.write(self.held)


@pytest.fixture
def shelf(real_artifacts: Path, tmp_path: Path) -> Shelf:
    folder = tmp_path / "artifacts"
    shutil.copytree(real_artifacts, folder)
    (words,) = folder.glob("segments/*/words.json")
    held = words.read_bytes()
    words.unlink()
    os.mkfifo(words)
    return Shelf(folder, words, held)


@pytest.fixture
def address(shelf: Shelf) -> Iterator[str]:
    with started(shelf.folder) as server:
        yield f"{address_of(server)}/"


def send(page: Page, text: str) -> Locator:
    """Ask, and the turn that begins with it."""
    turns = page.locator(".turn").count()
    page.fill("#question textarea", text)
    page.press("#question textarea", "Enter")
    return page.locator(f".turn:nth-child({turns + 1})")


def whole(turn: Locator) -> Locator:
    """The turn, once nothing more is coming."""
    expect(turn).to_have_attribute("data-state", "done", timeout=PATIENCE)
    return turn


def test_a_runner_asks_reads_checks_and_is_told_what_is_not_known(
    open_page: OpenPage, shelf: Shelf, tmp_path: Path
) -> None:
    a_warning_waits_for_nothing(open_page())
    page = open_page()

    early = send(page, CRAMP)
    expect(early.locator(".waiting")).to_contain_text("Your question is kept. Opening the shelf…")
    expect(early.locator("h2")).to_contain_text(CRAMP)
    page.screenshot(path=tmp_path / "1-waiting.png")
    shelf.let_go()
    steps_come_in_order(whole(early))
    page.screenshot(path=tmp_path / "2-answer.png")

    a_citation_opens_its_exact_words(page, early)
    page.screenshot(path=tmp_path / "3-source.png")
    page.click("#sheet [data-close]")

    kerb = whole(send(page, "is it ok to hang my heels off a kerb"))
    expect(kerb.locator(".dispute__head")).to_contain_text("Our sources disagree")
    expect(kerb.locator(".side").nth(0)).to_contain_text("too severe")
    expect(kerb.locator(".side").nth(1)).to_contain_text("recommends")
    page.screenshot(path=tmp_path / "4-both-sides.png")

    soleus = "How do I stretch my soleus?"
    expect(whole(send(page, soleus)).locator(".s").first).to_contain_text("soleus")
    follow_up = whole(send(page, "and how long?"))
    expect(follow_up.locator(".answer")).to_contain_text("60 seconds")
    expect(follow_up.locator(".why")).to_contain_text(soleus)

    unknown = whole(send(page, "how much magnesium should I take"))
    expect(unknown.locator(".lead")).to_contain_text("don't answer that")
    assert unknown.locator(".s, .cite").count() == 0
    page.screenshot(path=tmp_path / "5-not-covered.png")


def a_warning_waits_for_nothing(page: Page) -> None:
    """While the shelf is still being opened, and by the rules as they are shipped."""
    emergency = whole(send(page, "crushing chest pain on my run, and which socks are best?"))
    expect(emergency.locator(".alarm--emergency .alarm__act").first).to_contain_text("Call ")
    expect(emergency.locator(".alarm__small").first).to_contain_text("Reviewed by: none yet")
    assert emergency.locator(".waiting, .s, .card").count() == 0
    page.click("#new")
    expect(page.locator(".turn")).to_have_count(0)
    urgent = send(page, "my left calf is swollen and hot, can I foam roll it?")
    expect(urgent.locator(".alarm--urgent .alarm__avoid")).to_contain_text("Do not massage")
    expect(urgent.locator(".waiting")).to_contain_text("Your question is kept.")
    page.close()


def steps_come_in_order(turn: Locator) -> None:
    assert turn.locator(".s").first.inner_text().startswith("Do not stretch")
    steps = turn.locator(".steps").first.locator("li")
    expect(steps).to_have_count(len(STEPS))
    for place, words in enumerate(STEPS):
        expect(steps.nth(place)).to_contain_text(words)


def a_citation_opens_its_exact_words(page: Page, turn: Locator) -> None:
    turn.locator(".answer .cite").first.click()
    marked = page.locator("#sheet mark")
    expect(marked).to_be_visible()
    expect(marked).to_have_text(turn.locator(".s").first.inner_text())
    passage = page.locator("#sheet .passage").text_content() or ""
    assert passage.count(marked.inner_text()) == 1
    source = (ROOT / "corpus").rglob("*.md")
    assert any(marked.inner_text() in text.read_text(encoding="utf-8") for text in source)
