"""No spelling of an address that is not public gets a connection."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.errors import FetchRefusedError
from corpus.intake.addresses import Address, literal, public_only
from corpus.intake.web import fetch

PUBLIC = "1.1.1.1 8.8.8.8 93.184.216.34 172.32.0.1 2606:4700:4700::1111 2a00:1450:4001::1".split()
CLOSED = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1
    192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8
    64:ff9b::808:808 64:ff9b:1::808:808 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2
    2001:db8::1 2002:808:808::1 2002:7f00:1::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1
    fec0::1 ff02::1 4000::1
""".split()
V4 = st.ip_addresses(v=4)
SPECIAL = st.sampled_from(
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 "
    "224.0.0.0/4 240.0.0.0/4 93.184.216.0/24 8.8.8.0/24".split()
).flatmap(lambda block: st.ip_addresses(network=block))


def becomes_of(url: str) -> str:
    """Either "refused", or the host that a connection is opened to (no test gets further)."""

    def as_the_c_library(host: str, _: int) -> list[Address]:
        return [IPv4Address(socket.inet_aton(host.removesuffix(".")))]  # knows all notations

    try:
        fetch(url, resolve=as_the_c_library)
    except FetchRefusedError:
        return "refused"
    except RuntimeError as offline:
        return str(offline).split("'")[1]
    raise AssertionError(f"{url} was read")


def notations(address: IPv4Address) -> dict[str, str]:
    number, parts = int(address), address.packed
    a, b, c, d = parts
    return {
        "decimal": str(number),
        "hexadecimal": hex(number),
        "octal": f"0{number:o}",
        "dotted octal": ".".join(f"0{part:o}" for part in parts),
        "dotted hexadecimal": ".".join(map(hex, parts)),
        "mixed": f"{a:#x}.{b}.0{c:o}.{d}",
        "two parts": f"{a}.{number & 0xFFFFFF}",
        "three parts": f"{a}.{b}.{(c << 8) | d}",
        "leading noughts": ".".join(f"{part:04d}" for part in parts),
        "upper case": hex(number).upper(),
        "mapped": f"[::ffff:{address}]",
        "mapped in hexadecimal": f"[{IPv6Address(0xFFFF << 32 | number)}]",
        "compatible": f"[::{address}]",
        "NAT64": f"[64:ff9b::{address}]",
        "6to4": f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]",
        "with a zone": f"[::ffff:{address}%25lo]",
        "escaped": "".join(f"%{ord(letter):02x}" for letter in str(address)),
        "wide digits": "".join(chr(ord(letter) + 0xFEE0) for letter in str(address)),
        "bracketed": f"[{address}]",
    }


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_is_public(text: str) -> None:
    assert public_only(ip_address(text))


@pytest.mark.parametrize("text", CLOSED)
def test_no_other_address_is(text: str) -> None:
    assert not public_only(ip_address(text))
    host = f"[{text}]" if ":" in text else text
    assert becomes_of(f"http://{host}/") == "refused"


@given(st.ip_addresses() | SPECIAL)
def test_what_ipaddress_does_not_call_global_is_never_public(address: Address) -> None:
    assert not (public_only(address) and not address.is_global)
    assert not (public_only(address) and address.is_multicast)
    if isinstance(address, IPv6Address) and (inner := address.ipv4_mapped or address.sixtofour):
        assert not public_only(address), inner


@given(V4 | SPECIAL)
@example(ip_address("127.0.0.1"))
@example(ip_address("8.8.8.8"))
def test_an_odd_notation_is_refused_and_the_plain_one_judged(address: IPv4Address) -> None:
    odd = {
        name: becomes_of(f"http://{host}/")
        for name, host in notations(address).items()
        if host != str(address)
    }
    assert odd == dict.fromkeys(odd, "refused")
    judged = str(address) if public_only(address) else "refused"
    for plain in (f"{address}", f"{address}.", str(address).replace(".", "。")):
        assert becomes_of(f"http://{plain}/") == judged


@given(st.ip_addresses(v=6))
def test_an_ipv6_address_is_judged_however_it_is_written(address: IPv6Address) -> None:
    for host in (address.compressed, address.exploded, address.exploded.upper()):
        found = becomes_of(f"http://[{host}]/")
        assert found == (str(address) if public_only(address) else "refused")


@pytest.mark.parametrize("host", ["example.org", "a1", "1.example", "0x7f.example", "x-1.2a"])
def test_a_name_is_no_literal(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize("host", ["1", "0x", "1.2.3", "1.2.3.4.5", "a.1", "256.1.1.1", "1.1.1.01"])
def test_whatever_ends_in_a_number_is_no_name(host: str) -> None:
    with pytest.raises(FetchRefusedError, match="no plain internet address"):
        literal(host)


def test_the_blocks_given_out_for_private_use_are_closed_from_end_to_end() -> None:
    for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"):
        network = ip_network(block)
        assert not public_only(network[0])
        assert not public_only(network[-1])
