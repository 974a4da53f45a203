"""Who is let in: by origin and token, or by key, and by nothing a caller may choose."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.server.caller import (
    NO_KEY,
    NO_TOKEN,
    NOT_LISTED,
    Caller,
    Door,
    Keys,
    Kind,
    Refused,
)
from assistant.server.network import NOWHERE, network_of
from assistant.server.origins import Origins
from assistant.server.tokens import Tokens
from assistant.settings_server import ServerSettings

CLUB = "https://club.example"
KEY = "a-key-that-nobody-guesses"
HERE = "192.0.2.7"
DOOR = Door(
    Origins.of(ServerSettings(origins=(CLUB, "https://other.example"))),
    Tokens("a-secret-that-nobody-guesses"),
    Keys.of((KEY, "another-key-nobody-guesses")),
)


def asks(address: str = HERE, **headers: str) -> Caller | Refused:
    return DOOR.caller({"host": "ask.example", **headers}, address)


def bearer(value: str) -> str:
    return f"Bearer {value}"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("192.0.2.250", "192.0.2.0/24"),
        ("192.0.3.7", "192.0.3.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/56"),
        ("2001:db8:1:ff::1", "2001:db8:1::/56"),
        ("2001:db8:1:100::1", "2001:db8:1:100::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("", NOWHERE),
        ("unix:", NOWHERE),
    ],
)
def test_a_network_is_what_one_household_has(address: str, network: str) -> None:
    assert network_of(address) == network


@given(st.ip_addresses())
def test_every_address_lies_in_its_network(address: object) -> None:
    assert network_of(str(address)) != NOWHERE


def test_a_page_on_the_list_with_its_token_is_let_in() -> None:
    token = DOOR.tokens.issue(CLUB, network_of(HERE))
    found = asks(origin=CLUB, authorization=bearer(token))
    assert found == Caller(Kind.BROWSER, "192.0.2.0/24", "192.0.2.0/24", CLUB)
    assert asks("192.0.2.99", origin=CLUB, authorization=bearer(token)) == found


@pytest.mark.parametrize("kept", ["", "nonsense", "a.b.c", "é", KEY])
def test_a_page_without_a_token_of_ours_is_not(kept: str) -> None:
    assert asks(origin=CLUB, authorization=bearer(kept)) == NO_TOKEN


def test_a_stolen_token_is_good_for_neither_another_site_nor_another_network() -> None:
    token = DOOR.tokens.issue(CLUB, network_of(HERE))
    assert asks(origin="https://other.example", authorization=bearer(token)) == NO_TOKEN
    assert asks("198.51.100.1", origin=CLUB, authorization=bearer(token)) == NO_TOKEN
    assert asks(origin="https://evil.example", authorization=bearer(token)) == NOT_LISTED
    assert asks(authorization=bearer(token)) == NO_KEY


def test_a_token_is_good_for_a_while_and_only_under_the_secret_it_was_signed_with() -> None:
    token = DOOR.tokens.issue(CLUB, "here")
    assert DOOR.tokens.holds(token, CLUB, "here")
    assert not replace(DOOR.tokens, life=-1).holds(token, CLUB, "here")
    assert not Tokens("another-secret").holds(token, CLUB, "here")
    assert Tokens(DOOR.tokens.secret).holds(token, CLUB, "here")  # a replica


def test_a_token_names_no_network() -> None:
    assert "192" not in Tokens("secret").issue(CLUB, "192.0.2.0/24").partition(".")[0]


@given(st.integers(0, 400), st.sampled_from("abcXYZ019._-"))
def test_a_token_that_was_changed_anywhere_is_none(place: int, letter: str) -> None:
    token = DOOR.tokens.issue(CLUB, "here")
    place %= len(token)
    forged = token[:place] + letter + token[place + 1 :]
    # The last letter of a signature has bits that do not count.
    counts = forged != token and place not in {len(token) - 1}
    assert not (counts and DOOR.tokens.holds(forged, CLUB, "here"))


@pytest.mark.parametrize("header", [bearer(KEY), f"bearer  {KEY} ", f"BEARER {KEY}"])
def test_a_program_shows_a_key(header: str) -> None:
    found = asks(authorization=header)
    assert isinstance(found, Caller)
    assert (found.kind, found.origin) == (Kind.PROGRAM, "")
    assert KEY not in repr(found)
    assert found.bucket == getattr(asks("198.51.100.1", authorization=header), "bucket", "")


@pytest.mark.parametrize("header", ["", KEY, f"Basic {KEY}", bearer(KEY[:-1]), bearer("")])
def test_no_other_key_opens(header: str) -> None:
    assert asks(authorization=header) == NO_KEY


def test_a_key_opens_nothing_for_a_page() -> None:
    assert asks(origin=CLUB, authorization=bearer(KEY)) == NO_TOKEN
    assert asks(origin="null", authorization=bearer(KEY)) == NOT_LISTED


def test_without_keys_no_program_is_let_in() -> None:
    none = replace(DOOR, keys=Keys.of(()))
    assert none.caller({"authorization": bearer(KEY)}, HERE) == NO_KEY
    assert none.caller({"authorization": bearer("")}, HERE) == NO_KEY
