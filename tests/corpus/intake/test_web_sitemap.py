"""A sitemap's pages are read in its order, from its own site, within bounds."""

import gzip
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BrokenFileError, HostileFileError, IntakeError, NoTextError, TooLargeError
from corpus.intake.web import MOST_PAGES, Fetched, SitePages, is_sitemap, pages_of_sitemap
from tests.corpus.intake.web_site import read, said, serving

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
SITE = "https://club.example"


def urlset(*urls: str, extra: str = "") -> bytes:
    lines = "".join(f"<url><loc> {url} </loc><lastmod>2026-01-02</lastmod></url>" for url in urls)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{head}\n<!-- made by hand -->\n<urlset {NAMESPACE}>{lines}{extra}</urlset>".encode()


def index(*urls: str) -> bytes:
    lines = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex {NAMESPACE}>{lines}</sitemapindex>".encode()


def sitemap(content: bytes, url: str = f"{SITE}/sitemap.xml", kind: str = "text/xml") -> Fetched:
    return Fetched(url, kind, content)


def no_site(url: str) -> Fetched:
    raise AssertionError(f"{url} was asked for")


def pages(content: bytes, most: int = MOST_PAGES) -> SitePages:
    return pages_of_sitemap(sitemap(content), most, no_site)


@pytest.mark.parametrize(
    "content",
    [
        urlset(f"{SITE}/a"),
        urlset(),
        index(f"{SITE}/a.xml"),
        gzip.compress(urlset(f"{SITE}/a"), mtime=0),
        b"\xef\xbb\xbf" + urlset(f"{SITE}/a"),
        b'<?xml version="1.0"?><s:urlset xmlns:s="x"></s:urlset>',
        b"https://club.example/a\r\nhttps://club.example/b\r\n",
        gzip.compress(b"https://club.example/a\n", mtime=0),
    ],
)
def test_a_sitemap_is_known_by_what_it_says(content: bytes) -> None:
    assert is_sitemap(sitemap(content, kind=""))


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body><p>Our &lt;urlset&gt; explained.</p></body></html>",
        b"<rss><channel><item/></channel></rss>",
        b"Read https://club.example/a first.",
        b"  \n",
        b"",
        gzip.compress(b"Calf raises", mtime=0),
        gzip.compress(b"Calf raises", mtime=0)[:-4],
        b"\x1f\x8bnot zipped",
        b"%PDF-1.7",
    ],
)
def test_a_page_is_none(content: bytes) -> None:
    assert not is_sitemap(sitemap(content))


def test_a_page_that_writes_about_sitemaps_is_none() -> None:
    page = f"<html><pre>{'x' * 5000}<urlset></urlset></pre></html>".encode()
    assert not is_sitemap(sitemap(page, kind="text/html"))


def test_each_page_of_the_site_comes_once_in_order() -> None:
    found = pages(urlset(f"{SITE}/b", f"{SITE}/a?x=1&amp;y=2", f"{SITE}/b", f"{SITE}/b#part"))
    assert found.addresses == (f"{SITE}/b", f"{SITE}/a?x=1&y=2")
    assert found.remarks == ("2 left out: other sites, or listed twice.",)


def test_pages_elsewhere_are_left_out() -> None:
    elsewhere = [
        "https://other.example/",
        "http://127.0.0.1/",
        "https://club.example:8443/",
        "https://me:secret@club.example/",
        "file:///etc/hosts",
        "/relative",
        "",
    ]
    found = pages(urlset(f"{SITE}/a", *elsewhere, "https://www.club.example/b"))
    assert found.addresses == (f"{SITE}/a", "https://www.club.example/b")
    assert found.remarks == ("7 left out: other sites, or listed twice.",)


def test_a_list_that_came_safely_leads_to_safe_pages_only() -> None:
    assert pages(urlset("http://club.example/a")).addresses == (f"{SITE}/a",)


def test_only_addresses_of_pages_are_taken() -> None:
    picture = '<i:image xmlns:i="im"><i:loc>https://club.example/a.png</i:loc></i:image>'
    extra = f"<url><loc>{SITE}/b</loc>{picture}</url><loc>{SITE}/c</loc>"
    assert pages(urlset(f"{SITE}/a", extra=extra)).addresses == (f"{SITE}/a", f"{SITE}/b")


def test_no_more_than_wanted_are_taken_and_the_rest_is_counted() -> None:
    found = pages(urlset(*(f"{SITE}/{n}" for n in range(1600))))
    assert len(found.addresses) == 500
    assert found.remarks == ("There are more pages; only the first 500 are read at once.",)
    assert len(pages(urlset(*(f"{SITE}/{n}" for n in range(9))), most=3).addresses) == 3


def test_plain_text_and_zipped_sitemaps_are_read() -> None:
    plain = f"\ufeff{SITE}/a\r\n{SITE}/b\r\n".encode()
    assert pages(plain).addresses == (f"{SITE}/a", f"{SITE}/b")
    assert pages(gzip.compress(plain)).addresses == (f"{SITE}/a", f"{SITE}/b")
    assert pages(gzip.compress(urlset(f"{SITE}/a"), mtime=0)).addresses == (f"{SITE}/a",)


def test_a_sitemap_without_a_page_of_its_site_is_told() -> None:
    with pytest.raises(NoTextError, match=r"sitemap\.xml lists no page of its own site"):
        pages(urlset("https://other.example/"))


@pytest.mark.parametrize(
    "content",
    [urlset(*[f"{SITE}/"] * 50_001), f"{SITE}/\n".encode() * 50_001],
    ids=["XML", "text"],
)
def test_a_sitemap_without_end_is_not_read(content: bytes) -> None:
    with pytest.raises(TooLargeError, match="more than 50,000"):
        pages(content)


def test_broken_xml_is_told_with_its_line() -> None:
    with pytest.raises(BrokenFileError, match=r"no valid XML \(line 3\)"):
        pages(urlset(f"{SITE}/a")[:-20])


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE urlset [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE urlset SYSTEM "file:///etc/hosts">',
        b'<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/hosts">]>',
    ],
)
def test_a_sitemap_may_not_define_entities(doctype: bytes) -> None:
    content = doctype + b"<urlset><url><loc>https://club.example/&b;</loc></url></urlset>"
    with pytest.raises(HostileFileError, match="entities"):
        pages(content)


def test_the_parts_of_an_index_are_read_and_a_missing_one_told() -> None:
    slept: list[float] = []
    with serving({}) as site:
        site.pages["/one.xml"] = said(urlset(site.url("/a"), site.url("/b")), "text/xml")
        site.pages["/two.xml.gz"] = said(gzip.compress(urlset(site.url("/c"))), "application/gzip")
        site.pages["/more.xml"] = said(index(site.url("/one.xml")), "text/xml")
        urls = [site.url(f"/{name}") for name in ("one.xml", "gone.xml", "more.xml", "two.xml.gz")]
        top = sitemap(index(*urls, "https://other.example/x.xml"), site.url("/sitemap.xml"))
        found = pages_of_sitemap(top, get=read, sleep=slept.append)
    assert found.addresses == tuple(site.url(path) for path in ("/a", "/b", "/c"))
    other, gone, nested = found.remarks
    assert other == "1 left out: other sites, or listed twice."
    assert gone.startswith(f"A part of the sitemap was left out, {site.url('/gone.xml')}: ")
    assert "(HTTP 404)" in gone
    assert "an index may not" in nested
    assert site.paths == ["/robots.txt", "/one.xml", "/gone.xml", "/more.xml", "/two.xml.gz"]
    assert slept == [1.0] * 4


def test_an_index_is_read_until_there_are_enough() -> None:
    with serving({}) as site:
        for n in range(4):
            listed = urlset(*(site.url(f"/{n}/{k}") for k in range(3)))
            site.pages[f"/{n}.xml"] = said(listed, "text/xml")
        top = sitemap(index(*(site.url(f"/{n}.xml") for n in range(4))), site.url("/s.xml"))
        found = pages_of_sitemap(top, 4, read, lambda _: None)
    assert found.addresses == tuple(site.url(p) for p in ("/0/0", "/0/1", "/0/2", "/1/0"))
    assert site.paths == ["/robots.txt", "/0.xml", "/1.xml"]
    assert found.remarks == ("There are more pages; only the first 4 are read at once.",)


def test_an_index_has_at_most_fifty_parts() -> None:
    asked: list[str] = []

    def get(url: str) -> Fetched:
        asked.append(url)
        return sitemap(urlset(f"{url}.html"), url)

    top = sitemap(index(*(f"{SITE}/{n}.xml" for n in range(60))))
    found = pages_of_sitemap(top, get=get, sleep=lambda _: None)
    assert len(found.addresses) == 50
    assert found.remarks == ("10 parts left out: no more than 50 are read.",)


@given(
    st.lists(
        st.sampled_from([urlset(f"{SITE}/a", f"{SITE}/b"), index(f"{SITE}/c.xml")]), max_size=1
    ),
    st.integers(0, 300),
    st.binary(max_size=40),
)
def test_whatever_bytes_come_there_is_a_list_or_a_line(
    start: Iterable[bytes], kept: int, junk: bytes
) -> None:
    content = b"".join(start)[:kept] + junk
    is_sitemap(sitemap(content))

    def get(url: str) -> Fetched:
        return sitemap(urlset(f"{SITE}/x"), url)

    try:
        found = pages_of_sitemap(sitemap(content), get=get, sleep=lambda _: None)
    except IntakeError:
        return
    assert found.addresses
    assert all(url.startswith((SITE, "https://www.club.example")) for url in found.addresses)
