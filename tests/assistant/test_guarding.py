"""What an operator must have said before strangers are let in, and a guard set up from it."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import RulesError, SettingsError
from assistant.guard.contacts import countries
from assistant.guarding import (
    guard_of,
    is_loopback,
    missing_details,
    require_details,
    review_is_stale,
)
from assistant.question import Question
from assistant.settings import OperatorSettings, SafetySettings, ServerSettings, Settings

CONTACT, COUNTRY, PRIVACY = "operator.contact", "safety.country", "operator.privacy_note"
TODAY = date(2026, 11, 24)
LOOPBACK = ["127.0.0.1", "127.3.2.1", "::1", "localhost", "LocalHost", "ip6-localhost"]
OPEN = [
    "0.0.0.0",  # noqa: S104
    "::",
    "192.168.1.4",
    "203.0.113.9",
    "2001:db8::9",
    "soleus.example",
    "localhost.example",
    "127.0.0.1.example",
    "",
]


def settings(
    host: str = "127.0.0.1",
    contact: str = "",
    country: str = "",
    privacy: str = "",
    url: str = "https://ask.club.example",
    origins: tuple[str, ...] = ("self",),
) -> Settings:
    return Settings(
        operator=OperatorSettings(contact=contact, privacy_note=privacy),
        safety=SafetySettings(country=country),
        server=ServerSettings(host=host, public_url=url, origins=origins),
    )


def test_whatever_is_not_said_is_missing_by_the_name_of_its_setting() -> None:
    assert missing_details(Settings()) == (CONTACT, COUNTRY, PRIVACY)
    assert missing_details(settings(contact="the coach")) == (COUNTRY, PRIVACY)
    assert missing_details(settings(country="UK")) == (CONTACT, PRIVACY)
    assert missing_details(settings(privacy="Nothing is kept.")) == (CONTACT, COUNTRY)
    assert missing_details(settings("0.0.0.0", "the coach", "UK", "Nothing is kept.")) == ()  # noqa: S104


def test_blanks_say_nothing() -> None:
    assert missing_details(settings(contact=" ", country="\t", privacy="\n")) == (
        CONTACT,
        COUNTRY,
        PRIVACY,
    )


@pytest.mark.parametrize("host", LOOPBACK)
def test_this_machine_alone_is_served_without_any_detail(host: str) -> None:
    assert is_loopback(host)
    require_details(settings(host, url=""))


@pytest.mark.parametrize("host", OPEN)
def test_strangers_are_refused_and_every_missing_setting_is_named(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(SettingsError) as refused:
        require_details(settings(host))
    for name in (CONTACT, COUNTRY, PRIVACY, host, "127.0.0.1"):
        assert name in str(refused.value)


@pytest.mark.parametrize("host", OPEN)
@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"country": "UK", "privacy": "Nothing is kept."}, CONTACT),
        ({"contact": "the coach", "privacy": "Nothing is kept."}, COUNTRY),
        ({"contact": "the coach", "country": "UK"}, PRIVACY),
    ],
)
def test_one_missing_setting_is_named_alone(host: str, given: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError) as refused:
        require_details(settings(host, **given))
    assert [each for each in (CONTACT, COUNTRY, PRIVACY) if each in str(refused.value)] == [named]


@pytest.mark.parametrize("host", [*LOOPBACK, *OPEN])
def test_with_every_detail_anybody_may_be_served(host: str) -> None:
    require_details(settings(host, "the coach", "UK", "Nothing is kept."))


@pytest.mark.parametrize("host", OPEN)
@pytest.mark.parametrize(
    ("url", "origins", "named"),
    [
        ("http://127.0.0.1:7860", ("self",), "server.public_url"),
        ("", ("self",), "server.public_url"),
        ("http://ask.club.example", ("self",), "server.public_url"),
        ("https://ask.club.example", (), "server.origins"),
    ],
)
def test_without_tls_in_front_or_a_list_of_origins_nobody_else_is_let_in(
    host: str, url: str, origins: tuple[str, ...], named: str
) -> None:
    details = ("the coach", "UK", "Nothing is kept.")
    with pytest.raises(SettingsError) as refused:
        require_details(settings(host, *details, url, origins))
    assert re.findall(r"server\.(?:public_url|origins)", str(refused.value)) == [named]


@pytest.mark.parametrize("url", ["http://ask.club.example", "https://192.0.2.7:8443/soleus"])
def test_a_public_address_lets_others_in_though_only_a_proxy_beside_us_calls(url: str) -> None:
    details = ("the coach", "UK", "Nothing is kept.")
    with pytest.raises(SettingsError, match=r"^server\.public_url .*server\.origins"):
        require_details(settings("127.0.0.1", *details, url, ()))
    with pytest.raises(SettingsError, match=r"operator\.contact"):
        require_details(settings("127.0.0.1", "", "UK", "Nothing is kept.", url, ("self",)))


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:7860", "http://localhost", "http://[::1]:8"])
def test_an_address_of_this_machine_lets_nobody_in(url: str) -> None:
    require_details(settings("127.0.0.1", "", "", "", url, ()))


@given(st.text(max_size=40))
def test_no_host_is_an_error(host: str) -> None:
    assert is_loopback(host) in {True, False}


def reviewed(by: str, on: date | None) -> Settings:
    return Settings(safety=SafetySettings(reviewed_by=by, reviewed_on=on))


@pytest.mark.parametrize(
    ("by", "on", "stale"),
    [
        ("Dr A. Example", TODAY, False),
        ("Dr A. Example", TODAY - timedelta(days=365), False),
        ("Dr A. Example", TODAY - timedelta(days=366), True),
        ("Dr A. Example", None, True),
        ("", None, False),
        (" ", TODAY - timedelta(days=3000), False),
    ],
)
def test_a_review_is_stale_after_a_year_or_without_a_date(
    by: str, on: date | None, *, stale: bool
) -> None:
    assert review_is_stale(reviewed(by, on), TODAY) is stale


def test_a_country_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(RulesError) as refused:
        guard_of(settings(country="Atlantis"))
    assert "safety.country" in str(refused.value)
    assert all(code in str(refused.value) for code in countries())


CHEST = Question("I have crushing chest pain and can't breathe")
CLOT = Question("my left calf is swollen, hot and red")


@pytest.mark.parametrize(
    ("country", "dial"), [("UK", "999"), ("IE", "112"), ("US", "911"), ("AU", "000"), ("NZ", "111")]
)
def test_the_guard_calls_the_country_it_is_set_up_for(country: str, dial: str) -> None:
    alert = guard_of(settings(country=country)).screen(CHEST).alert
    assert alert is not None
    assert dial in [call.dial for notice in alert.notices for call in notice.calls]


def test_while_no_country_is_set_there_is_no_number_to_tap() -> None:
    for question in (CHEST, CLOT):
        alert = guard_of(Settings()).screen(question).alert
        assert alert is not None
        assert [notice.calls for notice in alert.notices] == [()] * len(alert.notices)


def test_the_operators_own_words_stand_in_place_of_the_countrys() -> None:
    own = SafetySettings(country="UK", urgent_line="the club doctor on 020 7946 0000")
    alert = guard_of(Settings(safety=own)).screen(CLOT).alert
    assert alert is not None
    assert "the club doctor on 020 7946 0000" in alert.notices[0].act
    dials = [call.dial for notice in alert.notices for call in notice.calls]
    assert dials[0] == "02079460000"
    assert "111" not in dials
    assert "111" not in alert.message


@pytest.mark.parametrize(
    ("by", "shown"), [("", "none yet"), ("  ", "none yet"), (" Dr A. Example ", "Dr A. Example")]
)
def test_who_has_reviewed_the_rules_is_shown_on_each_warning(by: str, shown: str) -> None:
    alert = guard_of(reviewed(by, TODAY)).screen(CHEST).alert
    assert alert is not None
    assert {notice.reviewed_by for notice in alert.notices} == {shown}


def test_a_missing_file_of_own_rules_stops_the_start(tmp_path: Path) -> None:
    safety = SafetySettings(country="UK", rules=tmp_path / "nowhere.toml")
    with pytest.raises(RulesError, match="nowhere"):
        guard_of(Settings(safety=safety))
