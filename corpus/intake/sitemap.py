"""The pages that a site lists: sitemap.xml, an index of such, either of them zipped, or plain text.

As sitemaps.org describes them. A sitemap names pages of its own site only, so others are left
out.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from corpus.errors import (
    BrokenFileError,
    FetchFailedError,
    FetchRefusedError,
    HostileFileError,
    IntakeError,
    NoTextError,
    TooLargeError,
)
from corpus.intake.web_address import WebAddress, read_address, same_site
from corpus.intake.web_fetch import Fetched, Getter, fetch
from corpus.intake.web_pages import fetch_pages
from corpus.intake.web_unpack import GZIP_START, unpacked

MOST_PAGES = 500
_MOST_PARTS = 50
_MOST_LINES = 50_000
"""Addresses in one sitemap, by sitemaps.org as well."""
_LARGEST = 50 * 2**20
"""Bytes of a sitemap, unpacked; sitemaps.org allows no more."""
_BEGINNING = 4096
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:urlset|sitemapindex)[\s>/]")
_WORD = re.compile(rb"\S+")
_ADDRESS = re.compile(rb"https?://\S+")
_ENTRY = {"urlset": "url", "sitemapindex": "sitemap"}
"""What each kind of sitemap calls its lines."""


@dataclass(frozen=True, slots=True)
class SitePages:
    """The pages a sitemap lists, as far as they are to be read."""

    addresses: tuple[str, ...]
    """In its order, each once, never none."""
    remarks: tuple[str, ...] = ()
    """What was left out, a plain line each."""


def is_sitemap(fetched: Fetched) -> bool:
    """Whether a page lists other pages, rather than being one to read.

    XML is told by how it begins. Plain text is a sitemap when every line of it is an address.
    """
    try:
        content = _plain(fetched.content)
    except IntakeError:
        return False
    if _ROOT.search(content[:_BEGINNING]):
        return True
    lines = (match.group() for match in _WORD.finditer(content))
    return bool(content.strip()) and all(_ADDRESS.fullmatch(line) for line in lines)


def pages_of_sitemap(
    sitemap: Fetched,
    most: int = MOST_PAGES,
    get: Getter = fetch,
    sleep: Callable[[float], None] = time.sleep,
) -> SitePages:
    """The pages a sitemap lists, those of an index included, one level deep.

    Args:
        sitemap: one for which `is_sitemap` is true.
        most: pages that are taken; a remark says when there are more.
        get: fetches one page; the parts of an index are asked for as `fetch_pages` does.
        sleep: waits so many seconds.

    Raises:
        BrokenFileError: it is no valid XML.
        TooLargeError: it lists more than any sitemap may.
        HostileFileError: it defines entities, which no sitemap needs and bombs are made of.
        NoTextError: it lists no page of its own site.
    """
    site = read_address(sitemap.address)
    listing = _listing(sitemap)
    own = _of_site(listing.urls, site)
    remarks = _left_out(len(listing.urls) - len(own), "left out: other sites, or listed twice")
    if listing.of_sitemaps:
        remarks += _left_out(
            len(own) - _MOST_PARTS, f"parts left out: no more than {_MOST_PARTS} are read"
        )
        parts = _Parts(site, most)
        parts.read(fetch_pages(own[:_MOST_PARTS], get, sleep))
        own, remarks = tuple(parts.pages), remarks + tuple(parts.remarks)
    if len(own) > most:
        remarks += (f"There are more pages; only the first {most} are read at once.",)
    if not own:
        raise NoTextError(f"{sitemap.address} lists no page of its own site.")
    return SitePages(own[:most], remarks)


@dataclass(slots=True)
class _Parts:
    """What the parts of an index bring together."""

    site: WebAddress
    enough: int
    pages: dict[str, None] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def read(
        self, parts: Iterable[tuple[str, Fetched | FetchRefusedError | FetchFailedError]]
    ) -> None:
        for url, part in parts:
            try:
                self._take(part)
            except IntakeError as problem:
                self.remarks.append(f"A part of the sitemap was left out, {url}: {problem}")
            if len(self.pages) > self.enough:
                break

    def _take(self, part: Fetched | FetchRefusedError | FetchFailedError) -> None:
        if not isinstance(part, Fetched):
            raise part
        listing = _listing(part)
        if listing.of_sitemaps:
            raise BrokenFileError("it lists sitemaps again, which an index may not.")
        self.pages.update(dict.fromkeys(_of_site(listing.urls, self.site)))


@dataclass(slots=True)
class _Listing:
    """What stands in one sitemap, as its XML is walked through."""

    of_sitemaps: bool = False
    urls: list[str] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)

    def take(self, url: str) -> None:
        if len(self.urls) >= _MOST_LINES:
            raise TooLargeError("The sitemap lists more than 50,000 addresses. Give its parts.")
        self.urls.append(url)

    def open(self, name: str, _: object) -> None:
        self._path.append(name.rpartition(" ")[2])
        self._words.clear()
        if len(self._path) == 1:
            self.of_sitemaps = self._path[0] == "sitemapindex"

    def words(self, words: str) -> None:
        self._words.append(words)

    def close(self, _: str) -> None:
        root = self._path[0]
        if self._path == [root, _ENTRY.get(root, ""), "loc"]:
            self.take("".join(self._words).strip())
        self._path.pop()
        self._words.clear()


def _listing(sitemap: Fetched) -> _Listing:
    content, listing = _plain(sitemap.content), _Listing()
    if not content.lstrip().startswith(b"<"):
        for match in _WORD.finditer(content):
            listing.take(match.group().decode("utf-8", "replace"))
        return listing
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = listing.open
    parser.CharacterDataHandler = listing.words
    parser.EndElementHandler = listing.close
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as problem:
        raise BrokenFileError(
            f"{sitemap.address} is no valid XML (line {problem.lineno})."
        ) from problem
    return listing


def _refuse_doctype(*_: object) -> None:
    raise HostileFileError("The sitemap defines entities of its own, which no sitemap needs.")


def _plain(content: bytes) -> bytes:
    """Unzipped, without a byte order mark."""
    if content.startswith(GZIP_START):
        content = unpacked([content], _LARGEST)
    return content.removeprefix(b"\xef\xbb\xbf")


def _of_site(urls: Iterable[str], site: WebAddress) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_pages_of_site(urls, site)))


def _pages_of_site(urls: Iterable[str], site: WebAddress) -> Iterator[str]:
    for url in urls:
        try:
            page = read_address(url)
        except FetchRefusedError:
            continue
        if same_site(site, page):
            if (site.scheme, page.scheme, page.port) == ("https", "http", 80):
                # A list that came safely must not lead to pages that anybody can alter.
                page = replace(page, scheme="https", port=443)
            yield page.url


def _left_out(count: int, what: str) -> tuple[str, ...]:
    return (f"{count:,} {what}.",) if count > 0 else ()
