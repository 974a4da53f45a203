"""From which network somebody asks: what limits count by, and what a token is bound to."""

from ipaddress import IPv6Address, ip_address, ip_network

_V4, _V6 = 24, 56
"""Bits of an address that name a household or an office: one person has many addresses in IPv6."""
NOWHERE = "unknown"


def network_of(address: str) -> str:
    """The network of an address, e.g. "192.0.2.0/24"; "unknown" for what is none (a local socket).

    An IPv4 address that came as IPv6 is counted as what it is.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return NOWHERE
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    bits = _V6 if isinstance(found, IPv6Address) else _V4
    return str(ip_network((found, bits), strict=False))
