"""Which addresses of the internet are public. Only those are ever asked for a page.

Who may type an address into Soleus must not be able to read, through Soleus, what only Soleus'
machine can see: a router's page, a database, a cloud's keys. So an address has to be public by the
registries (IANA's special-purpose lists, as Python's `ipaddress` knows them), and in none of the
ranges below. Those stand here because `ipaddress` calls them global, or because releases of Python
differ about them. A range that wraps an IPv4 address in an IPv6 one is closed as a whole.
"""

import re
from collections.abc import Callable
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_network
from typing import TypeAlias

from corpus.errors import FetchRefusedError

Address: TypeAlias = IPv4Address | IPv6Address

AddressRule: TypeAlias = Callable[[Address], bool]
"""Whether a page may be read from an address."""

_GIVEN_OUT = ip_network("2000::/3")
"""All of IPv6 that is given out to networks of the internet so far (RFC 4291)."""

_CLOSED = {
    4: tuple(
        ip_network(each)
        for each in (
            "100.64.0.0/10",  # shared inside a provider (RFC 6598)
            "168.63.129.16/32",  # Azure's own services, as a machine there sees them
            "192.0.0.0/24",  # protocol assignments (RFC 6890), and a cloud's metadata
            "192.88.99.0/24",  # the former 6to4 relays (RFC 7526)
            "224.0.0.0/3",  # multicast, reserved, broadcast
        )
    ),
    6: tuple(
        ip_network(each)
        for each in (
            "2001::/23",  # protocol assignments, Teredo among them (RFC 4380)
            "2001:db8::/32",  # documentation (RFC 3849)
            "2002::/16",  # 6to4 wraps an IPv4 address (RFC 3056)
            "3fff::/20",  # documentation (RFC 9637)
        )
    ),
}

_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last part that makes a host a number rather than a name (WHATWG URL, "ends in a number")."""


def public_only(address: Address) -> bool:
    """The rule outside tests: true of addresses that anybody on the internet could ask.

    False of private, loopback, link-local (a cloud's metadata among them), provider-shared,
    multicast, reserved and unspecified addresses, and of IPv4 addresses wrapped in IPv6 ones
    (mapped, NAT64, 6to4, Teredo).
    """
    if isinstance(address, IPv6Address) and address not in _GIVEN_OUT:
        return False
    return address.is_global and not any(address in each for each in _CLOSED[address.version])


def literal(host: str) -> Address | None:
    """The address a host spells out, or None for a name.

    Args:
        host: in lower case, an IPv6 address without its brackets.

    Raises:
        FetchRefusedError: it is a number in any but the plain notation. "0x7f.1", "2130706433" and
            "0177.0.0.1" all reach this machine, and nobody writes them by accident.
    """
    spelt = IPv6Address if ":" in host else IPv4Address
    if spelt is IPv4Address and not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return None
    try:
        address = spelt(host)
    except AddressValueError:
        address = None
    if address is None or getattr(address, "scope_id", None):
        raise FetchRefusedError(f"{host} is no plain internet address. Give the site by its name.")
    return address
