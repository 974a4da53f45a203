"""Many pages of one site, one after the other, as its robots.txt allows."""

import time
from collections.abc import Callable, Iterator, Sequence

from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.web_address import read_address, same_site
from corpus.intake.web_fetch import Fetched, Getter, fetch
from corpus.intake.web_robots import Robots, robots_of

_PAUSE = 1.0
"""Seconds between two pages: whoever runs a club's site should not notice us."""


def fetch_pages(
    urls: Sequence[str], get: Getter = fetch, sleep: Callable[[float], None] = time.sleep
) -> Iterator[tuple[str, Fetched | FetchRefusedError | FetchFailedError]]:
    """Each page, or why it could not be had, in the order of the addresses.

    Nobody chose these pages one by one, so the site has a say: robots.txt is asked for "Soleus",
    and between two pages we wait a second, or up to 30 if it asks for more.

    Args:
        urls: addresses on one site; the first one's robots.txt speaks for all.
        get: fetches one page.
        sleep: waits so many seconds.
    """
    if not urls:
        return
    robots = robots_of(urls[0], get)
    for url in urls:
        try:
            _judge(url, robots)
            sleep(max(_PAUSE, robots.pause))
            page = get(url)
            _judge_end(page.address, url, robots)
        except (FetchRefusedError, FetchFailedError) as problem:
            yield url, problem
        else:
            yield url, page


def _judge(url: str, robots: Robots) -> None:
    if not robots.may_read(url):
        raise FetchRefusedError(f"{url}: the site asks programs not to read it (robots.txt).")


def _judge_end(address: str, url: str, robots: Robots) -> None:
    """A redirect may not lead to what a sitemap may not list."""
    if not same_site(read_address(url), read_address(address)):
        raise FetchRefusedError(f"{url} leads to another site. Add {address} by itself.")
    _judge(address, robots)
