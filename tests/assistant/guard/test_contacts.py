"""Numbers by country, failing closed: none is shown that the chosen country does not support."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import RulesError
from assistant.guard.contacts import (
    CONTACTS,
    FREE_NUMBERS,
    KINDS,
    UNSET,
    Contacts,
    countries,
    numbers_in,
    read_contacts,
)
from assistant.guard.guard import Guard

CODES = ("UK", "IE", "US", "CA", "AU", "NZ", "EU", "other")
EMERGENCY = {
    "UK": ["999"],
    "IE": ["112", "999"],
    "US": ["911"],
    "CA": ["911"],
    "AU": ["000"],
    "NZ": ["111"],
    "EU": ["112"],
    "other": ["112", "911"],
}
SHIPPED = tomllib.loads(CONTACTS.read_text(encoding="utf-8"))["country"]
NUMBERS = [
    ("three digits", "ring 999 now", ("999",)),
    ("parted by spaces", "on 116 123, free", ("116 123",)),
    ("parted by hyphens", "1-800-222-1222", ("1-800-222-1222",)),
    ("from abroad", "+44 20 7946 0958", ("+44 20 7946 0958",)),
    ("two", "112 or 999", ("112", "999")),
    ("in brackets", "(999)", ("999",)),
    ("two digits are none", "within 24 hours", ()),
    ("in a word", "covid19123 a1234b", ()),
    ("a full stop ends it", "call 111.", ("111",)),
    ("none", "your local doctor", ()),
]
BACKED = """
[country.other]
name = "elsewhere"
emergency = "112"
urgent = "a doctor"
[country.XX]
name = "Somewhere"
emergency = "{emergency}"
urgent = "{urgent}"
{rest}
"""
SOURCE = """[[country.XX.source]]
for = "{kind}"
organisation = "A"
title = "B"
checked = 2026-11-22
tag = "{tag}"
address = ""
"""


def made(folder: Path, emergency: str = "112", urgent: str = "a doctor", rest: str = "") -> Path:
    path = folder / "contacts.toml"
    path.write_text(BACKED.format(emergency=emergency, urgent=urgent, rest=rest), "utf-8")
    return path


def every_word(contacts: Contacts) -> str:
    return " ; ".join(getattr(contacts, kind) for kind in KINDS)


@pytest.mark.parametrize(("text", "found"), [pytest.param(t, f, id=n) for n, t, f in NUMBERS])
def test_telephone_numbers_are_found_as_they_stand(text: str, found: tuple[str, ...]) -> None:
    assert numbers_in(text) == found


def test_the_countries_are_these() -> None:
    assert tuple(countries()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_each_country_has_its_emergency_number(code: str) -> None:
    contacts = read_contacts(code)
    assert list(numbers_in(contacts.emergency)) == EMERGENCY[code]
    assert contacts.country == code


@pytest.mark.parametrize("code", CODES)
def test_111_is_an_emergency_only_in_new_zealand_and_advice_only_in_the_uk(code: str) -> None:
    contacts = read_contacts(code)
    assert ("111" in numbers_in(contacts.emergency)) == (code == "NZ")
    assert ("111" in numbers_in(contacts.urgent)) == (code == "UK")
    if code not in ("NZ", "UK"):
        assert "111" not in numbers_in(every_word(contacts))


@pytest.mark.parametrize("code", CODES)
def test_no_country_shows_the_number_of_another(code: str) -> None:
    contacts = read_contacts(code)
    theirs = {n for kind in KINDS for n in numbers_in(getattr(contacts, kind))}
    sourced = {
        number
        for source in SHIPPED[code].get("source", [])
        for number in numbers_in(SHIPPED[code][source["for"]])
    }
    assert theirs <= sourced | set(EMERGENCY[code])


def test_an_unset_country_is_elsewhere_and_has_no_number_to_tap() -> None:
    contacts = read_contacts()
    assert contacts.country == UNSET
    assert contacts.calls(" ".join(f"{{{kind}}}" for kind in KINDS)) == ()
    assert set(numbers_in(every_word(contacts))) <= {"112", "911"}
    assert "local emergency number" in contacts.emergency


@pytest.mark.parametrize("code", ["uk", "GB", "XX", " UK", "None"])
def test_an_unknown_country_is_refused_with_the_known_ones(code: str) -> None:
    with pytest.raises(RulesError) as refused:
        read_contacts(code)
    assert repr(code) in str(refused.value)
    assert all(known in str(refused.value) for known in CODES)


def test_what_is_named_can_be_tapped_once_and_in_order() -> None:
    contacts = read_contacts("NZ")
    calls = contacts.calls("Call {emergency}. Or {urgent}. Again {emergency}.")
    assert [call.dial for call in calls] == ["111", "0800611116"]


def test_words_fill_their_places() -> None:
    contacts = Contacts("XX", "112", "a doctor", crisis="Friends on 116 123")
    assert (
        contacts.fill("Call {emergency} now. Or {crisis}.")
        == "Call 112 now. Or Friends on 116 123."
    )


def test_a_blank_contact_drops_its_sentence_and_no_other() -> None:
    contacts = Contacts("XX", "112", "a doctor")
    text = "Call {emergency} now. A poisons line can help: {poison}. Keep the packet."
    assert contacts.fill(text) == "Call 112 now. Keep the packet."
    assert contacts.fill("A poisons line can help: {poison}.") == ""
    assert contacts.calls("{poison} {crisis}") == ()


@given(st.text(alphabet="ab {}.!?", max_size=40))
def test_filling_never_fails_on_any_text(text: str) -> None:
    Contacts("XX", "112", "a doctor").fill(text)


def test_the_operators_words_replace_ours_and_their_numbers_can_be_tapped() -> None:
    own = {
        "poison": "the club's line on 0344 892 0111",
        "urgent": "Dr Amin, 01632 960 001",
        "crisis": "",
    }
    contacts = read_contacts("UK", own)
    assert contacts.fill("Ring {poison}.") == "Ring the club's line on 0344 892 0111."
    assert [c.number for c in contacts.calls("{urgent}")] == ["01632 960 001"]
    assert contacts.crisis == read_contacts("UK").crisis  # a blank one changes nothing
    assert contacts.emergency == "999"


def test_a_number_without_a_source_is_refused(tmp_path: Path) -> None:
    for kind in ("urgent", "crisis"):
        words = {"urgent": "a line on 0344 892 0111"} if kind == "urgent" else {}
        rest = 'crisis = "Friends on 116 123"' if kind == "crisis" else ""
        with pytest.raises(RulesError, match=f"{kind}.*needs a source"):
            read_contacts("XX", path=made(tmp_path, rest=rest, **words))


def test_an_emergency_number_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="emergency"):
        read_contacts("XX", path=made(tmp_path, emergency="08457 90 90 90"))
    with pytest.raises(RulesError, match="emergency"):
        read_contacts("XX", path=made(tmp_path, emergency=""))


def test_a_number_with_a_source_of_another_kind_is_refused(tmp_path: Path) -> None:
    rest = 'crisis = "Friends on 116 123"\n' + SOURCE.format(kind="poison", tag="P")
    with pytest.raises(RulesError, match="crisis"):
        read_contacts("XX", path=made(tmp_path, rest=rest))


def test_a_sourced_number_is_taken_and_general_knowledge_is_not(tmp_path: Path) -> None:
    rest = 'crisis = "Friends on 116 123"\n'
    path = made(tmp_path, rest=rest + SOURCE.format(kind="crisis", tag="P"))
    assert read_contacts("XX", path=path).crisis == "Friends on 116 123"
    with pytest.raises(RulesError, match="tag"):
        read_contacts("XX", path=made(tmp_path, rest=rest + SOURCE.format(kind="crisis", tag="K")))


@pytest.mark.parametrize("number", sorted(FREE_NUMBERS))
def test_a_general_emergency_number_needs_no_source(tmp_path: Path, number: str) -> None:
    path = made(tmp_path, emergency=number)
    assert read_contacts("XX", path=path).emergency == number


@pytest.mark.parametrize("rest", ['telephone = "x"', "crisis = 988", 'crises = "x"'])
def test_an_unknown_or_mistyped_key_is_refused(tmp_path: Path, rest: str) -> None:
    with pytest.raises(RulesError, match="XX"):
        read_contacts("XX", path=made(tmp_path, rest=rest))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="does not start"):
        read_contacts("UK", path=tmp_path / "none.toml")


@pytest.mark.parametrize("code", CODES)
def test_every_warning_reads_whole_in_every_country(code: str, guard: Guard) -> None:
    contacts = read_contacts(code)
    for rule in guard.rules:
        for said in (*rule.act.values(), rule.because, rule.avoid, rule.meanwhile):
            filled = contacts.fill(said)
            assert not re.search(r"[{}]|None|\s\s|[:,]\s*\.$", filled), (rule.id, filled)
        assert all(contacts.fill(act) for act in rule.act.values()), rule.id
        assert contacts.fill(rule.because), rule.id


@pytest.mark.parametrize("code", [code for code in CODES if code != UNSET])
def test_an_emergency_can_always_be_tapped(code: str, guard: Guard) -> None:
    contacts = read_contacts(code)
    for rule in guard.rules:
        if rule.level == "emergency":
            dialled = {c.number for c in contacts.calls(rule.act[rule.level])}
            assert set(EMERGENCY[code]) <= dialled, rule.id
