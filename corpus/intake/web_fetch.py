"""One page of the web, fetched so that nobody can use Soleus to look where they should not.

An operator gives the address, so the page itself is read as a browser reads it, without asking
robots.txt; `web_pages` reads many, and asks. Every redirect is judged anew, and so is the host it
leads to.
"""

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeAlias

from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.addresses import AddressRule, public_only
from corpus.intake.web_address import WebAddress, follow, read_address
from corpus.intake.web_unpack import too_large, whole_body

if TYPE_CHECKING:
    from corpus.intake.web_connect import CheckedBackend, Resolver
    from corpus.intake.web_wire import Answer

AGENT = "Soleus"
"""What a site's robots.txt calls us."""

_HEADERS = (
    ("User-Agent", f"{AGENT}/{version('soleus')} (reads one page for a club's shelf)"),
    ("Accept", "text/html,application/xhtml+xml,application/pdf,text/plain,*/*;q=0.5"),
    ("Accept-Encoding", "gzip"),
    ("Accept-Language", "en"),
    ("Connection", "close"),
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_READ = ("image/", "audio/", "video/", "font/", "multipart/")
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([a-z0-9._:-]+)""")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much of a site's time and bytes one page may cost."""

    connect_seconds: float = 10.0
    """To find the host; to connect to one of its addresses; to agree on encryption."""
    read_seconds: float = 20.0
    """To wait for the next piece."""
    total_seconds: float = 60.0
    """For everything, redirects included."""
    largest: int = 20 * 2**20
    """Bytes of a page, as sent and as unpacked."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as a site sent it."""

    address: str
    """Where it stands at last, after all redirects."""
    media_type: str
    """What the site calls it, in lower case without parameters ("text/html"); "" if it does not."""
    content: bytes
    """Unpacked, never empty."""
    charset: str = ""
    """How the site says its letters are encoded, in lower case; "" if it does not."""

    @property
    def name(self) -> str:
        """What a file of it would be called: the last part of its path, or its host."""
        return read_address(self.address).file_name


Getter: TypeAlias = Callable[[str], Fetched]
"""Fetches one page by its address; `fetch`, or a part of it."""


def fetch(
    url: str,
    limits: FetchLimits = FetchLimits(),
    allowed: AddressRule = public_only,
    resolve: "Resolver | None" = None,
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """The page at an address.

    Args:
        url: http or https, as somebody typed it.
        limits: how long it may take and how large it may be.
        allowed: which IP addresses may be asked. Every address of the host must be allowed, on
            every redirect, and the connection goes to an address that was judged.
        resolve: how hosts are looked up; None asks the machine.
        trust: whose certificates are believed; None for those that browsers believe.

    Raises:
        FetchRefusedError: Soleus does not read this: no public web address, too large, a picture.
        FetchFailedError: the site does not give it: unknown, out of reach, an error, too slow.
    """
    from corpus.intake.web_connect import (  # lazily: a web client loads for whoever fetches
        CheckedBackend,
        Deadline,
        Patience,
        system_resolver,
    )

    start = here = read_address(url)
    deadline = Deadline.after(limits.total_seconds)
    patience = Patience(limits.connect_seconds, limits.read_seconds, deadline)
    backend = CheckedBackend(allowed, resolve or system_resolver, patience)
    been = {here}
    for _ in range(limits.redirects + 1):
        answer = _asked(here, backend, limits.largest, trust)
        if isinstance(answer, Fetched):
            return answer
        here = follow(here, answer, start)
        if here in been:
            raise FetchFailedError(f"{start.host} redirects in a circle. Open it in a browser.")
        been.add(here)
    raise FetchFailedError(f"{start.host} redirects more than {limits.redirects} times.")


def _asked(
    here: WebAddress, backend: "CheckedBackend", largest: int, trust: ssl.SSLContext | None
) -> Fetched | str:
    """The page, or where it is to be found instead."""
    from corpus.intake.web_wire import exchange

    with exchange(here, (("Host", here.site), *_HEADERS), backend, trust) as answer:
        if answer.status in _REDIRECTS and answer.header("Location"):
            return answer.header("Location")
        _judge_status(answer.status, here)
        return _taken(answer, here, largest)


def _taken(answer: "Answer", here: WebAddress, largest: int) -> Fetched:
    kind = answer.header("Content-Type").lower()
    media_type = kind.partition(";")[0].strip()
    if media_type.startswith(_NOT_READ):
        raise FetchRefusedError(f"{here.url} is no page or document but {media_type}.")
    size = answer.header("Content-Length")
    if size.isdecimal() and len(size) < 20 and int(size) > largest:  # before a byte of it is read
        raise FetchRefusedError(too_large(largest))
    content = whole_body(answer.chunks, answer.header("Content-Encoding"), largest)
    if not content:
        raise FetchFailedError(f"{here.url} is empty.")
    charset = _CHARSET.search(kind)
    return Fetched(
        here.url,
        media_type if _MEDIA_TYPE.fullmatch(media_type) else "",
        content,
        charset[1] if charset else "",
    )


def _judge_status(status: int, here: WebAddress) -> None:
    if status in (200, 203):
        return
    what = {
        401: "wants a password first. Save the page as a file and add that",
        403: "does not let programs read it. Save the page as a file and add that",
        404: "is not there. Check the address",
        410: "is gone for good",
        429: "has been asked too often. Try again later",
    }
    saying = what.get(status, "is not given out. Open it in a browser")
    if status >= 500:
        saying = "cannot be had just now: the site has a fault. Try again later"
    raise FetchFailedError(f"{here.url} {saying} (HTTP {status}).", status)
