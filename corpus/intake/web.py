"""The web as a club's shelf reads it: one page by its address, or those a sitemap lists.

`fetch` reads one page that an operator named. `is_sitemap` tells whether that page is a list of
others, `pages_of_sitemap` reads the list, and `fetch_pages` gets what it names, slowly and only as
far as the site's robots.txt allows.
"""

from corpus.intake.addresses import AddressRule, public_only
from corpus.intake.sitemap import MOST_PAGES, SitePages, is_sitemap, pages_of_sitemap
from corpus.intake.web_fetch import Fetched, FetchLimits, Getter, fetch
from corpus.intake.web_pages import fetch_pages

__all__ = [
    "MOST_PAGES",
    "AddressRule",
    "FetchLimits",
    "Fetched",
    "Getter",
    "SitePages",
    "fetch",
    "fetch_pages",
    "is_sitemap",
    "pages_of_sitemap",
    "public_only",
]
