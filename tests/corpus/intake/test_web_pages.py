"""Many pages are read as slowly, and only as far, as their site wants."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.web import Fetched, Getter, fetch_pages
from corpus.intake.web_robots import robots_of
from tests.corpus.intake.web_site import INTERNET, Names, moved, read, said, serving

SITE = "https://club.example"


def answering(robots: bytes | Exception) -> Getter:
    """A site that gives out nothing but this robots.txt."""

    def get(url: str) -> Fetched:
        assert url == f"{SITE}/robots.txt"
        if isinstance(robots, Exception):
            raise robots
        return Fetched(url, "text/plain", robots)

    return get


def open_paths(robots: bytes | Exception, *paths: str) -> list[str]:
    rules = robots_of(f"{SITE}/start", answering(robots))
    return [path for path in paths if rules.may_read(SITE + path)]


def test_pages_are_read_one_by_one_with_a_pause_before_each() -> None:
    slept: list[float] = []
    with serving({"/a": said("one"), "/b": moved("/c"), "/c": said("three")}) as site:
        urls = [site.url(path) for path in ("/a", "/gone", "/b")]
        found = list(fetch_pages(urls, read, slept.append))
    assert [url for url, _ in found] == urls
    one, gone, three = (page for _, page in found)
    assert isinstance(one, Fetched)
    assert isinstance(gone, FetchFailedError)
    assert isinstance(three, Fetched)
    assert (one.content, gone.status, three.address) == (b"one", 404, site.url("/c"))
    assert slept == [1.0, 1.0, 1.0]
    assert site.paths == ["/robots.txt", "/a", "/gone", "/b", "/c"]


def test_no_page_is_asked_for_before_it_is_wanted() -> None:
    with serving({"/a": said("one"), "/b": said("two")}) as site:
        pages = fetch_pages([site.url("/a"), site.url("/b")], read, lambda _: None)
        next(pages)
        assert site.paths == ["/robots.txt", "/a"]


def test_what_robots_txt_closes_is_not_asked_for() -> None:
    robots = said("User-agent: *\nDisallow: /members/\nCrawl-delay: 4\n", "text/plain")
    slept: list[float] = []
    with serving({"/robots.txt": robots, "/a": said("one")}) as site:
        urls = [site.url("/members/list"), site.url("/a")]
        (_, closed), (_, page) = fetch_pages(urls, read, slept.append)
    assert isinstance(closed, FetchRefusedError)
    assert "asks programs not to read it (robots.txt)" in str(closed)
    assert isinstance(page, Fetched)
    assert site.paths == ["/robots.txt", "/a"]
    assert slept == [4.0]


def test_a_redirect_may_not_lead_to_what_could_not_be_listed() -> None:
    robots = said("User-agent: *\nDisallow: /members/\n", "text/plain")
    with serving({"/robots.txt": robots, "/members/": said("names")}) as site:
        site.pages["/in"] = moved("/members/")
        site.pages["/out"] = moved(site.url("/page", "other.example"))
        site.pages["/page"] = said("elsewhere")
        get = partial(read, names=Names(other_example=[INTERNET]))
        urls = [site.url("/in"), site.url("/out")]
        (_, closed), (_, elsewhere) = fetch_pages(urls, get, lambda _: None)
    assert isinstance(closed, FetchRefusedError)
    assert "/members/: the site asks" in str(closed)
    assert isinstance(elsewhere, FetchRefusedError)
    assert "leads to another site. Add http://other.example" in str(elsewhere)


def test_no_pages_ask_for_nothing() -> None:
    assert list(fetch_pages([], answering(b""))) == []


@pytest.mark.parametrize(
    ("robots", "open_ones"),
    [
        (b"User-agent: *\nDisallow:\n", ["/a", "/a/b.pdf", "/c"]),
        (b"User-agent: *\nDisallow: /\n", []),
        (b"User-agent: soleus\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n", ["/c"]),
        (b"User-agent: other\nDisallow: /\n", ["/a", "/a/b.pdf", "/c"]),
        (b"User-agent: *\nAllow: /\nDisallow: /a\n", ["/c"]),  # the longest rule, not the first
        (b"User-agent: *\nDisallow: /*.pdf$\n", ["/a", "/c"]),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /c\r\n", ["/a", "/a/b.pdf"]),
        (b"<html>Nothing here</html>", ["/a", "/a/b.pdf", "/c"]),
        (FetchFailedError("gone", 404), ["/a", "/a/b.pdf", "/c"]),
        (FetchFailedError("closed", 403), ["/a", "/a/b.pdf", "/c"]),
        (FetchFailedError("at fault", 503), []),
        (FetchFailedError("no answer"), []),
        (FetchRefusedError("too large"), []),
    ],
)
def test_robots_txt_is_read_as_its_standard_says(
    robots: bytes | Exception, open_ones: list[str]
) -> None:
    assert open_paths(robots, "/a", "/a/b.pdf", "/c") == open_ones


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("0", 0.0),
        ("2.5", 2.5),
        ("86400", 30.0),
        ("-1", 0.0),
        ("inf", 0.0),
        ("nan", 0.0),
        ("soon", 0.0),
    ],
)
def test_a_pause_that_a_site_wants_is_kept_within_reason(wanted: str, kept: float) -> None:
    robots = f"User-agent: Soleus\nCrawl-delay: {wanted}\n".encode()
    assert robots_of(SITE, answering(robots)).pause == kept


def test_only_the_beginning_of_a_huge_robots_txt_is_read() -> None:
    padding = b"# nothing\n" * 60_000
    robots = b"User-agent: *\nDisallow: /a\n" + padding + b"Disallow: /c\n"
    assert open_paths(robots, "/a", "/c") == ["/c"]


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda t: f"User-agent: *\n{t}".encode())
)
def test_no_robots_txt_breaks_anything(robots: bytes) -> None:
    rules = robots_of(SITE, answering(robots))
    assert rules.may_read(f"{SITE}/a") in (True, False)
    assert 0.0 <= rules.pause <= 30.0
