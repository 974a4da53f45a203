"""From settings to a guard, and what an operator must have said before strangers are let in.

Light on purpose: the guard stands ready before the index, the encoder or the page is loaded.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from assistant.errors import SettingsError
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import Guard, open_guard
from assistant.guard.rules import NOBODY
from assistant.settings import Settings

_STALE = timedelta(days=365)
_LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost"})


def guard_of(settings: Settings) -> Guard:
    """The guard as it is set up. Raises RulesError when rules, words or contacts are broken."""
    safety = settings.safety
    own = {
        "urgent": safety.urgent_line,
        "crisis": safety.crisis,
        "eating": safety.eating,
        "poison": safety.poison,
    }
    return open_guard(
        read_contacts(safety.country, own), safety.rules, safety.reviewed_by.strip() or NOBODY
    )


def missing_details(settings: Settings) -> tuple[str, ...]:
    """What the operator has not said yet, in the names of the settings."""
    return tuple(_missing(settings))


def _missing(settings: Settings) -> Iterator[str]:
    if not settings.operator.contact.strip():
        yield "operator.contact"
    if not settings.safety.country.strip():
        yield "safety.country"
    if not settings.operator.privacy_note.strip():
        yield "operator.privacy_note"


def missing_at_the_door(settings: Settings) -> tuple[str, ...]:
    """What else must be said before others are let in: where they reach us over TLS, and whose
    pages may bring them.
    """
    server = settings.server
    secure = server.public_url.startswith("https://")
    return (
        *(() if secure else ("server.public_url (https://…, what stands in front ends TLS)",)),
        *(() if server.origins else ('server.origins (["self"] for this page alone)',)),
    )


def require_details(settings: Settings) -> None:
    """Refuse to serve strangers without a contact, a country and a privacy note, without TLS in
    front, or without a list of whose pages may bring them.

    Raises SettingsError, naming what is missing, when the host is not this machine's own loopback,
    or readers reach it under a public address, through a proxy beside it.
    """
    missing = (*missing_details(settings), *missing_at_the_door(settings))
    opened = _opened_by(settings)
    if missing and opened:
        raise SettingsError(
            f"{opened} lets others in, so these settings are needed first: {', '.join(missing)}."
            " Set them in settings.toml (see settings.example.toml), or serve this machine only:"
            " host 127.0.0.1, and no public_url."
        )


def _opened_by(settings: Settings) -> str:
    """Which setting lets others in; empty where none does."""
    server = settings.server
    if not is_loopback(server.host):
        return f"server.host {server.host}"
    named = urlsplit(server.public_url).hostname
    return f"server.public_url {server.public_url}" if named and not is_loopback(named) else ""


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if host.lower() in _LOOPBACK_NAMES:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def review_is_stale(settings: Settings, today: date) -> bool:
    """Whether the named review is more than a year old, or has no date."""
    safety = settings.safety
    if not safety.reviewed_by.strip():
        return False
    return safety.reviewed_on is None or today - safety.reviewed_on > _STALE
