"""An address as somebody typed it, or as a site redirected to it, taken apart once.

The only door to httpx, whose URL class mends what people paste (accents, spaces) and knows
international names. What it finds is what is asked for: nobody parses an address a second time, so
no two parsers can disagree about where it leads.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from corpus.errors import FetchRefusedError
from corpus.intake.addresses import literal

if TYPE_CHECKING:
    import httpx

_USUAL = {"http": 80, "https": 443}
_FIRST_FREE, _LAST = 1024, 65_535
"""Ports that anybody may open."""
_LONGEST = 2048
_NO_FILE_NAME = re.compile(r"[^\w .,()+@-]")
_NAME = re.compile(
    r"(?=.{1,253}\.?$)[a-z0-9_]([a-z0-9_-]{0,62})?(\.[a-z0-9_]([a-z0-9_-]{0,62})?)*\.?"
)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where a page is asked for."""

    scheme: str
    """"http" or "https"."""
    host: str
    """A name in ASCII and lower case, or an IP address without brackets."""
    port: int
    target: str
    """Path and query as they go over the wire, beginning with "/"."""

    @property
    def site(self) -> str:
        """Host and port as the Host header spells them; the usual port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _USUAL[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without what follows a "#"."""
        return f"{self.scheme}://{self.site}{self.target}"

    @property
    def file_name(self) -> str:
        """Last part of the path as a person would read it, or the host when there is none."""
        last = self.target.partition("?")[0].rpartition("/")[2]
        name = unquote_to_bytes(last).decode("utf-8", "replace")
        # What was escaped may be a path or a new line again.
        return _NO_FILE_NAME.sub("_", name).strip(" .") or self.host


def read_address(text: str) -> WebAddress:
    """An address that somebody gave.

    A port of its own is taken when it is typed out: clubs do serve pages on 8080. Ports below 1024
    other than 80 and 443 belong to mail, files and the like, and are refused.

    Raises:
        FetchRefusedError: it is no http or https address, holds a name or password, names no host,
            an unusual notation of one, or a port where no web pages are.
    """
    address = _checked(_parsed(text), text)
    if address.port not in _USUAL.values() and address.port < _FIRST_FREE:
        raise FetchRefusedError(f"{shown(text)}: port {address.port} is none for web pages.")
    return address


def follow(here: WebAddress, location: str, start: WebAddress) -> WebAddress:
    """Where a redirect from `here` leads, when the way began at `start`.

    Raises:
        FetchRefusedError: as `read_address` does; and if it leads from https to http, or to a port
            that is neither usual nor the one `start` named.
    """
    there = _checked(_parsed(here.url).join(_parsed(location)), location)
    if (here.scheme, there.scheme) == ("https", "http"):
        raise FetchRefusedError(
            f"{here.host} redirects from https to http, which anybody can alter."
        )
    if there.port not in {*_USUAL.values(), start.port}:
        raise FetchRefusedError(
            f"{here.host} redirects to port {there.port}, where no page belongs."
        )
    return there


def same_site(one: WebAddress, other: WebAddress) -> bool:
    """Whether two pages are of one site: one host, "www." or not; ports usual or the same."""
    names = {each.host.removeprefix("www.") for each in (one, other)}
    return len(names) == 1 and other.port in {*_USUAL.values(), one.port}


def shown(text: str) -> str:
    """An address fit for a line of a message: printable, and not endless."""
    plain = "".join(c if c.isprintable() else "�" for c in text.strip()) or "An empty line"
    return plain if len(plain) <= 100 else f"{plain[:99]}…"


def _parsed(text: str) -> "httpx.URL":
    import httpx  # lazily: whoever lists the shelf must not wait for a web client

    if len(text) > _LONGEST:
        raise FetchRefusedError(f"{shown(text)}: longer than {_LONGEST} characters.")
    try:
        return httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError) as problem:  # a host no name may have is a ValueError
        raise FetchRefusedError(
            f"{shown(text)} is no web address. Check its spelling."
        ) from problem


def _checked(url: "httpx.URL", text: str) -> WebAddress:
    if url.userinfo:
        raise FetchRefusedError(f"{url.host}: leave the name and password out of the address.")
    if url.scheme not in _USUAL:
        raise FetchRefusedError(
            f"{shown(text)}: only addresses with http:// or https:// in front are read."
        )
    host = url.raw_host.decode("ascii").removesuffix(".")
    if literal(host) is None and not _NAME.fullmatch(host):
        raise FetchRefusedError(f"{shown(text)}: no site can have that name. Check its spelling.")
    port = _USUAL[url.scheme] if url.port is None else url.port
    if port > _LAST:
        raise FetchRefusedError(f"{shown(text)}: there is no port {port}.")
    return WebAddress(url.scheme, host, port, url.raw_path.decode("ascii") or "/")
