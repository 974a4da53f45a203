"""What a site asks of programs that read many of its pages: its robots.txt.

The only door to Protego, the reader that Scrapy uses. Python's own takes the first rule that fits
instead of the longest and knows no "*" within a path, so it would read what a site asked not to be.
"""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.web_address import read_address
from corpus.intake.web_fetch import AGENT, Getter

_READ = 500 * 1024
"""Bytes of robots.txt that are read; as many as RFC 9309 asks for."""
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Robots:
    """What one site lets us do."""

    may_read: Callable[[str], bool]
    """Whether it lets us read the page at an address."""
    pause: float
    """Seconds it wants between two pages; 0.0 if it does not say."""


def robots_of(url: str, get: Getter) -> Robots:
    """What the site of an address asks of us.

    A site without robots.txt allows everything (RFC 9309, 2.3.1.3). One that does not give it out
    for another reason is taken to allow nothing (2.3.1.4).
    """
    address = read_address(url)
    try:
        content = get(f"{address.scheme}://{address.site}/robots.txt").content
    except FetchFailedError as problem:
        absent = problem.status is not None and 400 <= problem.status < 500
        return Robots(lambda _: absent, 0.0)
    except FetchRefusedError:
        return Robots(lambda _: False, 0.0)
    return _parsed(content[:_READ].decode("utf-8-sig", "replace"))


def _parsed(text: str) -> Robots:
    from protego import Protego  # lazily: only a sitemap needs it

    rules = Protego.parse(text)
    pause = max(0.0, min(_LONGEST_PAUSE, rules.crawl_delay(AGENT) or 0.0))
    return Robots(lambda url: rules.can_fetch(url, AGENT), pause)
