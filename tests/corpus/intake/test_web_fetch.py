"""A page that is there arrives whole, and one that is not is told of in one line."""

import gzip

import pytest

from corpus.errors import FetchFailedError, FetchRefusedError
from tests.corpus.intake.web_site import (
    INSIDE,
    INTERNET,
    METADATA,
    Names,
    Page,
    moved,
    raw,
    read,
    said,
    serving,
)

PAGE = "<title>Calves</title><p>Raise both heels slowly, twelve times.</p>"


def test_a_page_comes_with_what_the_site_says_of_it() -> None:
    with serving({"/calves.html?v=1": said(PAGE, "Text/HTML; Charset='ISO-8859-1'")}) as site:
        page = read(site.url("/calves.html?v=1#top"))
    assert (page.content, page.media_type, page.charset) == (
        PAGE.encode(),
        "text/html",
        "iso-8859-1",
    )
    assert page.address == site.url("/calves.html?v=1")
    assert page.name == "calves.html"


def test_we_say_who_we_are_and_nothing_of_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
    pages = {"/": moved("/there"), "/there": said(PAGE)}
    with serving(pages) as site:
        read(site.url("/", "club.example"), names=Names(club_example=[INTERNET]))
    for _, headers in site.heard:
        assert headers["User-Agent"].startswith("Soleus/")
        assert headers["Host"] == f"club.example:{site.port}"
        assert set(headers) == {
            "Host",
            "User-Agent",
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Connection",
        }
    assert site.paths == ["/", "/there"]


@pytest.mark.parametrize(
    ("page", "media_type", "charset"),
    [
        (said(PAGE, ""), "", ""),
        (said(PAGE, "nonsense"), "", ""),
        (said(PAGE, "text/plain; charset"), "text/plain", ""),
        (said(PAGE, "application/pdf"), "application/pdf", ""),
        (said(gzip.compress(PAGE.encode(), mtime=0), content_encoding="gzip"), "text/html", ""),
        (
            said(gzip.compress(PAGE.encode(), mtime=0) + b"\0\0", content_encoding="x-gzip"),
            "text/html",
            "",
        ),
        (said(PAGE, content_encoding="identity", status=203), "text/html", ""),
        (raw(b"HTTP/1.0 200 OK\r\n\r\n", PAGE.encode()), "", ""),
        (raw(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n", PAGE.encode()), "text/html", ""),
        (
            raw(b"HTTP/1.1 200 OK\r\nContent-Length: 66\r\n\r\n", PAGE.encode(), b"and more"),
            "",
            "",
        ),
        (
            raw(
                b"HTTP/1.1 100 Continue\r\n\r\n",
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                f"{len(PAGE):x}\r\n{PAGE}\r\n0\r\n\r\n".encode(),
            ),
            "",
            "",
        ),
    ],
)
def test_servers_old_and_new_are_understood(page: Page, media_type: str, charset: str) -> None:
    with serving({"/": page}) as site:
        found = read(site.url())
    assert (found.content, found.media_type, found.charset) == (PAGE.encode(), media_type, charset)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (204, "is not given out"),
        (206, "is not given out"),
        (302, "is not given out"),  # to nowhere
        (304, "is not given out"),
        (401, "wants a password"),
        (403, "does not let programs read it"),
        (404, "is not there. Check the address"),
        (410, "is gone for good"),
        (418, "is not given out"),
        (429, "asked too often"),
        (503, "the site has a fault"),
    ],
)
def test_a_page_that_is_not_given_is_told_with_its_number(status: int, why: str) -> None:
    with (
        serving({"/": said(b"" if status in (204, 304) else b"no", status=status)}) as site,
        pytest.raises(FetchFailedError, match=rf"{why}.*\(HTTP {status}\)\.$") as failed,
    ):
        read(site.url())
    assert failed.value.status == status


def test_an_empty_page_is_no_page() -> None:
    with serving({"/": said("")}) as site, pytest.raises(FetchFailedError, match=r"is empty\.$"):
        read(site.url())


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "audio/mpeg; x=y", "FONT/woff2"])
def test_a_picture_is_refused_before_it_is_read(kind: str) -> None:
    page = said(b"", kind, content_length="1000000")
    with (
        serving({"/": page}) as site,
        pytest.raises(FetchRefusedError, match="no page or document"),
    ):
        read(site.url())


def test_five_redirects_are_followed_and_no_sixth() -> None:
    pages = {
        f"/{n}": moved(f"/{n + 1}", status) for n, status in enumerate((301, 302, 303, 307, 308))
    }
    with serving({**pages, "/5": said(PAGE), "/before": moved("/0")}) as site:
        assert read(site.url("/0")).address == site.url("/5")
        with pytest.raises(FetchFailedError, match="more than 5 times"):
            read(site.url("/before"))


def test_a_circle_of_redirects_ends() -> None:
    with (
        serving({"/": moved("/a"), "/a": moved("/#again")}) as site,
        pytest.raises(FetchFailedError, match="redirects in a circle"),
    ):
        read(site.url())
    assert site.paths == ["/", "/a"]


@pytest.mark.parametrize("host", ["127.0.0.2", "inside.example", "club.example"])
def test_a_redirect_into_the_house_is_refused_and_nobody_there_is_asked(host: str) -> None:
    names = Names(inside_example=[INSIDE], club_example=[INSIDE])
    with serving({}) as site, serving({"/": said("secret")}, INSIDE, port=site.port) as inside:
        site.pages["/"] = moved(inside.url("/", host))
        with pytest.raises(FetchRefusedError, match=r"127\.0\.0\.2, which is no public address"):
            read(site.url(), names=names)
    assert site.paths == ["/"]
    assert inside.heard == []


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.example/",
        "http://2852039166/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[fd00:ec2::254]/",
    ],
)
def test_a_redirect_to_a_clouds_keys_is_refused(location: str) -> None:
    names = Names(metadata_example=[METADATA])
    with serving({"/": moved(location)}) as site, pytest.raises(FetchRefusedError) as refused:
        read(site.url(), names=names)
    assert "public address" in str(refused.value) or "no plain internet" in str(refused.value)


def test_a_message_is_one_line_whatever_a_site_sends() -> None:
    answer = raw("HTTP/1.1 302 Found\r\nLocation: http://a\u2028b\u202e.example/\r\n\r\n".encode())
    with serving({"/": answer}) as site, pytest.raises(FetchRefusedError) as refused:
        read(site.url())
    assert "no web address" in str(refused.value) or "can have that name" in str(refused.value)
    assert str(refused.value).isprintable()
