"""A page about the documents that arrives in pieces, as over a bad connection, does not jump."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from playwright.sync_api import Browser

from assistant.ui.shelf_keeper import Became, Fate
from assistant.ui.shelf_preview import render_fates
from tests.ui.conftest import DESKTOP
from tests.ui.test_shelf_in_browser import SHIFTS

pytestmark = pytest.mark.browser

STATIC = Path("assistant/ui/static").resolve()
HEAD = (
    '<header class="top"><div class="top__in"><img class="top__mark" src="" alt="">'
    '<p class="top__name"><a href="#">Soleus</a></p></div></header>'
)
PAINTED = """
<script>requestAnimationFrame(() => requestAnimationFrame(() => fetch("/painted")))</script>
"""


class Slow(ThreadingHTTPServer):
    """Sends `first`, waits until that was painted, and sends the rest."""

    first: bytes
    rest: bytes
    painted: Event


class Pieces(BaseHTTPRequestHandler):
    """One page, in two pieces."""

    server: Slow

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base's name)
        pass

    def do_GET(self) -> None:
        if self.path == "/painted":
            self.server.painted.set()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(self.server.first)
            self.wfile.flush()
            self.server.painted.wait(20)
            self.wfile.write(self.server.rest)


@contextmanager
def in_pieces(page: str, cut: str) -> Iterator[str]:
    """The address of a page that stops before `cut` until its first piece was painted."""
    server = Slow(("127.0.0.1", 0), Pieces)
    at = page.index(cut)
    server.first, server.rest = f"{page[:at]}{PAINTED}".encode(), page[at:].encode()
    server.painted = Event()
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


CUTS = ['<div class="top__in">', "<img", '<th scope="col">Why', '<tr><th scope="row"']


@pytest.mark.parametrize("cut", CUTS)
def test_what_comes_later_moves_nothing(browser: Browser, cut: str) -> None:
    style = (STATIC / "shelf.css").read_text()
    fates = render_fates([Fate("heel drops.md", Became.ADDED, "2 passages")], done=True)
    whole = f"<!doctype html><style>{style}</style><body>{HEAD}<main>{fates}</main>"
    chosen: Any = {"viewport": DESKTOP}
    context = browser.new_context(**chosen)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    with in_pieces(whole, cut) as address:
        page.goto(address)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        assert page.locator(".fates tbody tr").count() == 1
        assert page.evaluate("window.shifted") == 0
    context.close()
