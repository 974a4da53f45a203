"""Where bytes are read and pages fetched; loaded only when something is brought."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.shelving.reading import Arrival
from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.reading import Reading

if TYPE_CHECKING:
    from corpus.intake.web import Fetched, Getter


@dataclass(frozen=True, slots=True)
class Pages:
    """What stands at an address: one page, or all that a sitemap lists."""

    count: int
    each: "Iterator[tuple[str, Fetched | FetchRefusedError | FetchFailedError]]"
    of_sitemap: bool = False
    remarks: tuple[str, ...] = ()


def read_arrival(arrival: Arrival) -> tuple[Reading, ...]:
    """What the bytes say. Raises IntakeError."""
    from corpus.intake.files import read_bytes

    return read_bytes(
        arrival.name,
        arrival.content,
        address=arrival.address or "unknown",
        media_type=arrival.media_type,
        charset=arrival.charset,
    )


def pages_at(url: str, get: "Getter | None" = None) -> Pages:
    """What stands at an address; `get` fetches one page, by default from the public web only.

    Raises IntakeError.
    """
    from corpus.intake.web import fetch, fetch_pages, is_sitemap, pages_of_sitemap

    get = get or fetch
    fetched = get(url)
    if not is_sitemap(fetched):
        return Pages(1, iter([(url, fetched)]))
    listed = pages_of_sitemap(fetched, get=get)
    each = fetch_pages(listed.addresses, get)
    return Pages(len(listed.addresses), each, True, listed.remarks)


@dataclass(frozen=True, slots=True)
class Doors:
    """How bytes become readings, and addresses pages."""

    read: Callable[[Arrival], tuple[Reading, ...]] = read_arrival
    pages: Callable[[str], Pages] = pages_at
