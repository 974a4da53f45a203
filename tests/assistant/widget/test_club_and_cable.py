"""The tests' own tools: a club's website, and a cable that can be pulled."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.assistant.widget.cable import Cable, cable
from tests.assistant.widget.club import Club, club


@pytest.fixture
def site() -> Iterator[Club]:
    with club() as running:
        yield running


@pytest.fixture
def line(site: Club) -> Iterator[Cable]:
    with cable(site.url) as plugged:
        yield plugged


def test_a_page_is_served_with_its_headers_and_counted(site: Club) -> None:
    url = site.put("<p>Läufe</p>", "/runs", {"content-security-policy": "default-src 'none'"})
    response = httpx.get(f"{url}?week=3")
    assert response.text == "<p>Läufe</p>"
    assert response.headers["content-security-policy"] == "default-src 'none'"
    assert httpx.get(f"{site.url}/other").status_code == 404
    assert site.got == ["/runs", "/other"]
    assert site.count("/runs") == 1


def test_a_folder_is_served_as_it_lies(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "index.html").write_text("<p>We</p>")
    (tmp_path / "club.css").write_text("p{}")
    with club(tmp_path) as site:
        assert httpx.get(f"{site.url}/team/").headers["content-type"] == "text/html; charset=utf-8"
        assert httpx.get(f"{site.url}/club.css").headers["content-type"] == "text/css"


def test_the_same_pages_stand_on_another_site(site: Club) -> None:
    site.put("here")
    assert site.elsewhere.startswith("http://localhost:")
    assert httpx.get(site.elsewhere).text == "here"


def test_what_is_asked_over_a_cable_arrives(site: Club, line: Cable) -> None:
    site.put("a" * 1_000_000)
    assert line.url != site.url
    assert len(httpx.get(line.url).text) == 1_000_000


def test_over_a_pulled_cable_nothing_comes_until_it_is_plugged_again(
    site: Club, line: Cable
) -> None:
    site.put("here")
    line.pull()
    with pytest.raises(httpx.TransportError):
        httpx.get(line.url)
    assert site.got == []
    line.plug()
    assert httpx.get(line.url).text == "here"


def test_pulling_it_cuts_what_is_under_way(line: Cable) -> None:
    parts = urlsplit(line.url)
    with socket.create_connection((str(parts.hostname), parts.port)) as caller:
        caller.sendall(b"GET / HTTP/1.0\r\n")  # and no end of it: the club waits for more
        while not line.connections:
            time.sleep(0.01)
        line.pull()
        with suppress(ConnectionResetError):
            assert caller.recv(100) == b""


def test_a_cable_to_nobody_is_as_good_as_pulled() -> None:
    with socket.create_server(("127.0.0.1", 0)) as once:
        port = once.getsockname()[1]
    with cable(f"http://127.0.0.1:{port}") as line, pytest.raises(httpx.TransportError):
        httpx.get(line.url)
