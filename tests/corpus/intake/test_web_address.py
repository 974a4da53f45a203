"""An address is taken apart once, and what cannot be one is refused in a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchRefusedError
from corpus.intake.web_address import WebAddress, follow, read_address, same_site


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" https://Club.EXAMPLE ", "https://club.example/"),
        ("http://club.example:80/a/../b?x=1#part", "http://club.example/b?x=1"),
        ("https://club.example:8443/", "https://club.example:8443/"),
        ("http://club.example./news", "http://club.example/news"),
        ("http://läufer.example/ä b", "http://xn--lufer-gra.example/%C3%A4%20b"),
        ("http://[2606:4700::1]/x", "http://[2606:4700::1]/x"),
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(text: str, url: str) -> None:
    assert read_address(text).url == url
    assert read_address(url).url == url


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "An empty line: only addresses with http"),
        (
            "club.example/page",
            "club.example/page: only addresses with http:// or https:// in front",
        ),
        ("ftp://club.example/", "only addresses with http"),
        ("file:///etc/hosts", "only addresses with http"),
        ("javascript:alert(1)", "only addresses with http"),
        ("https://me:secret@club.example/", "club.example: leave the name and password out"),
        ("ftp://me:secret@club.example/", "club.example: leave the name and password out"),
        ("http://club.example:22/", "port 22 is none for web pages"),
        ("http://club.example:0/", "port 0 is none for web pages"),
        ("http://club.example:70000/", "there is no port 70000"),
        ("http://", "no site can have that name"),
        ("http:///page", "no site can have that name"),
        ("http://two..dots/", "no site can have that name"),
        ("http://a space/", "no site can have that name"),
        ("http://xn--\x80/", "no web address"),
        ("http://club.example/\r\nX-Other: 1", "no web address"),
        ("http://[::1", "no web address"),
        ("http://club.example\\@inside.example:80:80/", "no web address"),
        ("http://club.example/" + "a" * 3000, "longer than 2048 characters"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(text: str, why: str) -> None:
    with pytest.raises(FetchRefusedError) as refused:
        read_address(text)
    message = str(refused.value)
    assert why in message
    assert "secret" not in message
    assert message.isprintable()
    assert len(message) < 200


@given(st.text() | st.text().map("http://{}".format) | st.text().map("https://a.b/{}".format))
def test_any_text_is_an_address_or_refused_in_one_line(text: str) -> None:
    try:
        address = read_address(text)
    except FetchRefusedError:
        return
    assert address.url.isascii()
    assert address.url.isprintable()
    assert not set(" \r\n") & set(address.url)
    assert read_address(address.url) == address
    assert address.file_name.isprintable()
    assert not set("/\\\r\n") & set(address.file_name)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/notes/Calf%20raises.pdf?v=2", "Calf raises.pdf"),
        ("/", "club.example"),
        ("/..%2F..%2Fetc%2Fpasswd", "_.._etc_passwd"),
        ("/a%0d%0ab.html", "a__b.html"),
        ("/%ff.txt", "_.txt"),
    ],
)
def test_a_page_has_a_name_that_is_no_path(path: str, name: str) -> None:
    assert read_address(f"https://club.example{path}").file_name == name


START = read_address("https://club.example/news/today?x=1")


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("../calves", "https://club.example/calves"),
        ("?page=2", "https://club.example/news/today?page=2"),
        ("//other.example/", "https://other.example/"),
        ("https://club.example/a b", "https://club.example/a%20b"),
    ],
)
def test_a_redirect_is_followed_from_where_one_stands(location: str, url: str) -> None:
    assert follow(START, location, START).url == url


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://club.example/", "from https to http"),
        ("https://club.example:22/", "port 22"),
        ("https://club.example:6379/", "port 6379"),
        ("https://me:secret@club.example/", "name and password"),
        ("file:///etc/hosts", "only addresses with http"),
        ("gopher://club.example/", "only addresses with http"),
        ("https://0x7f.1/", "no plain internet address"),
    ],
)
def test_a_redirect_may_not_lead_out_of_the_web(location: str, why: str) -> None:
    with pytest.raises(FetchRefusedError, match=why):
        follow(START, location, START)


def test_a_redirect_may_stay_on_the_port_that_was_typed() -> None:
    start = read_address("http://club.example:8080/")
    assert follow(start, "/other", start).port == 8080
    assert follow(start, "https://club.example/", start).port == 443


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://www.club.example/x", True),
        ("http://club.example/x", True),
        ("https://shop.club.example/", False),
        ("https://notclub.example/", False),
        ("https://club.example:8443/", False),
    ],
)
def test_a_site_is_one_host(url: str, same: bool) -> None:
    assert same_site(WebAddress("https", "club.example", 443, "/"), read_address(url)) is same
