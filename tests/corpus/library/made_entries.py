"""Entries and texts of a club's own documents, put together by hand."""

from datetime import date

from corpus import DocumentKind, TrustTier
from corpus.catalog import digest_of
from corpus.library.changing import Put
from corpus.library.entry import Entry, digests_of, new_id

TODAY = date(2026, 3, 31)


def text_about(what: str) -> str:
    return f"# {what}\n\nThe {what} needs a rest. Then walk on the {what} for a day.\n"


def entry_of(origin: str, text: str, title: str = "A hand-out") -> Entry:
    text_digest, words_digest = digests_of(text)
    return Entry(
        id=new_id(title, origin, "", ()),
        title=title,
        kind=DocumentKind.ARTICLE,
        author="unknown",
        published="unknown",
        address="unknown",
        tier=TrustTier.PRACTITIONER,
        origin=origin,
        origin_digest=digest_of(text.encode()),
        text_digest=text_digest,
        words_digest=words_digest,
        added=TODAY,
    )


def put_of(what: str, origin: str = "") -> Put:
    """A document about something; the same origin is the same document."""
    text, origin = text_about(what), origin or f"file:/club/{what}"
    return Put(entry_of(origin, text, origin.rpartition("/")[2].title()), text)
