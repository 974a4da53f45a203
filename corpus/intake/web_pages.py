"""Many pages of one site, one after the other, as its robots.txt allows."""

import time
from collections.abc import Callable, Iterator, Sequence

from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.web_fetch import Fetched, Getter, fetch
from corpus.intake.web_robots import robots_of

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
        if not robots.may_read(url):
            yield (
                url,
                FetchRefusedError(f"{url}: the site asks programs not to read it (robots.txt)."),
            )
            continue
        sleep(max(_PAUSE, robots.pause))
        try:
            yield url, get(url)
        except (FetchRefusedError, FetchFailedError) as problem:
            yield url, problem
