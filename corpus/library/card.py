"""What an operator may change of a document's card, checked before it goes anywhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from corpus.document import DocumentKind, TrustTier
from corpus.errors import InvalidCardError
from corpus.intake.reading import UNKNOWN
from corpus.library.entry import Entry

LONGEST = 300
"""Characters of a title, an author or an address."""

_ADDRESS = re.compile(r"https?://[^\s/?#@:]+(:\d+)?([/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CardChange:
    """New values of a card; None leaves one as it is. An empty author, date or address is the
    honest "unknown".
    """

    title: str | None = None
    author: str | None = None
    published: str | None = None
    address: str | None = None
    tier: TrustTier | None = None
    kind: DocumentKind | None = None

    def __bool__(self) -> bool:
        """Whether anything is to be changed."""
        return bool(self._asked())

    def applied_to(self, entry: Entry) -> Entry:
        """The entry with these values, which no later reading of its source changes again.

        Raises:
            InvalidCardError: a value that cannot be one, and what would do.
        """
        asked = self._asked()
        edited = tuple(sorted({*entry.edited, *asked}))
        return replace(entry, edited=edited, **_checked(asked))

    def _asked(self) -> dict[str, str]:
        values: dict[str, str | None] = {
            "title": self.title,
            "author": self.author,
            "published": self.published,
            "address": self.address,
            "tier": self.tier,
            "kind": self.kind,
        }
        return {name: value for name, value in values.items() if value is not None}


def carried(old: Entry, read: Entry) -> Entry:
    """A new reading of a document with what the operator had set of the old one."""
    kept = {name: getattr(old, name) for name in old.edited}
    return replace(read, edited=old.edited, **kept)


def _checked(asked: Mapping[str, str]) -> dict[str, Any]:
    """The values as they are kept; kinds and tiers are right by their type."""
    checks = {"title": _title, "author": _line, "published": _day, "address": _address}
    return {
        name: checks[name](name, value) if name in checks else value
        for name, value in asked.items()
    }


def _title(name: str, value: str) -> str:
    if not value.strip():
        raise InvalidCardError("A title needs a word at least.")
    return _line(name, value)


def _line(name: str, value: str) -> str:
    line = value.strip() or UNKNOWN
    if len(line) > LONGEST or not line.isprintable():
        raise InvalidCardError(
            f"The {name} must be one line of at most {LONGEST} ordinary characters."
        )
    return line


def _day(name: str, value: str) -> str:
    day = value.strip() or UNKNOWN
    if day == UNKNOWN:
        return day
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise InvalidCardError(
            f"“{day[:LONGEST]}” is no date. Write it as 2026-03-31, or “{UNKNOWN}”."
        ) from None


def _address(name: str, value: str) -> str:
    address = _line(name, value)
    if address != UNKNOWN and not _ADDRESS.fullmatch(address):
        raise InvalidCardError(
            f"“{address}” is no web address. It begins with https:// or http://; or write"
            f" “{UNKNOWN}”."
        )
    return address
