"""Where a server stands, told from its address alone: no name is looked up."""

import re
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

_HOST = re.compile(r"(?=.*[a-z])(?!0x)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
"""A plain name. Without a letter, or in base sixteen, it would be an address in disguise: the
system takes 134744072 for 8.8.8.8. Other alphabets may hide a dot, and count as far off."""
_LOCAL_ENDINGS = (".local", ".lan", ".internal")
_LOCAL_NETWORKS = tuple(
    map(
        ip_network,
        "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 fc00::/7 fe80::/10".split(),
    )
)


class Place(StrEnum):
    """Whose network a question stays in."""

    HERE = "this machine"
    NEAR = "the local network"
    FAR = "somebody else's"


def host_of(base_url: str) -> str:
    """The host in an address, in small letters, without port; empty where there is none."""
    try:
        return (urlsplit(base_url).hostname or "").removesuffix(".")
    except ValueError:
        return ""


def place_of(base_url: str) -> Place:
    """Where the server at an address stands; in doubt, somebody else's network."""
    host = host_of(base_url)
    try:
        return _of_number(ip_address(host))
    except ValueError:
        return _of_name(host)


def _of_number(number: IPv4Address | IPv6Address) -> Place:
    if isinstance(number, IPv6Address) and number.ipv4_mapped:
        number = number.ipv4_mapped
    if number.is_loopback or number.is_unspecified:
        return Place.HERE
    near = any(number in network for network in _LOCAL_NETWORKS)
    return Place.NEAR if near else Place.FAR


def _of_name(host: str) -> Place:
    if not _HOST.fullmatch(host):
        return Place.FAR
    if host == "localhost" or host.endswith(".localhost"):
        return Place.HERE
    near = "." not in host or host.endswith(_LOCAL_ENDINGS)
    return Place.NEAR if near else Place.FAR
