"""What a copy of a message must not hold before it leaves the machine, and what it must keep."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guard.masking import masked
from corpus import load_documents
from eval.golden import DEV, path_of, read_golden


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("mail jo.bloggs+run@club.example.org please", "mail [e-mail] please"),
        ("JO@CLUB.EXAMPLE, thanks", "[e-mail], thanks"),
        ("ring 07700 900123 after six", "ring [number] after six"),
        ("or +44 (0)20 7946 0000.", "or [number]."),
        ("on (020) 7946-0000", "on [number]"),
        ("my NHS number is 485 777 3456", "my NHS number is [number]"),
        ("born 12/03/1980, a runner", "[date of birth], a runner"),
        ("DOB 1980-03-12", "[date of birth]"),
        ("date of birth: 3 March 1980", "[date of birth]"),
        ("I live in SW1A 1AA", "I live in [postcode]"),
        ("near SE19RT", "near [postcode]"),
        ("see https://tracks.example/u/1?me=jo", "see [link]"),
        ("www.tracks.example/jo has it", "[link] has it"),
        ("@jo_runs posted it", "[handle] posted it"),
        ("My name is Jo Bloggs and my calf hurts", "My name is [name] and my calf hurts"),
        ("my name's Jo, hi", "my name's [name], hi"),
        ("I'm called O'Neill.", "I'm called [name]."),
        ("Call me Ishmael. My calf cramps.", "Call me [name]. My calf cramps."),
        ("This is Anne-Marie from Leeds", "This is [name] from Leeds"),
        ("I'm Anna, my calf hurts", "I'm [name], my calf hurts"),
        ("Does salt help? Cheers, Dave", "Does salt help? Cheers, [name]"),
        ("Does salt help? Thanks, Dave Smith x", "Does salt help? Thanks, [name]"),
        ("Best wishes,\nAnna", "Best wishes,\n[name]"),
    ],
)
def test_what_tells_who_somebody_is_goes(message: str, left: str) -> None:
    assert masked(message) == left


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("Does salt help?\nThanks\nAnna", "Does salt help?\nThanks\n[name]"),
        ("hello, I'm Jo", "hello, I'm [name]"),
        ("my name is jo, my calf hurts", "my name is [name], my calf hurts"),
        ("i live in sw1a 1aa", "i live in [postcode]"),
    ],
)
def test_small_letters_and_line_ends_hide_nobody(message: str, left: str) -> None:
    assert masked(message) == left


@pytest.mark.parametrize(
    "message",
    [
        "",
        "Hold it for 60 seconds, 3 times, 10 km in 45:30 or 26.2 miles.",
        "I ran 100000 steps at 1:45:30, 5 x 800 m, 8% hill",
        "M40, 82 kg, parkrun PB 24:59",
        "ring 999, 112 or 116 123",
        "I'm in pain and I'm tired",
        "call me tomorrow",
        "Thanks for the tip about salt.",
        "I'm 43, male",
        "@ mile 8 my calf cramped",
        "3 weeks on, 2 weeks off, 4 on",
    ],
)
def test_what_a_question_is_about_stays(message: str) -> None:
    assert masked(message) == message


def test_nothing_of_the_shelf_or_of_what_runners_ask_is_taken_for_personal() -> None:
    asked = [golden.asked.text for name in DEV for golden in read_golden(path_of(name))]
    assert [text for text in asked if masked(text) != text] == []
    said = [
        document.text[each.start : each.end]
        for document in load_documents()
        for section in document.sections
        for each in section.sentences
    ]
    assert [text for text in said if masked(text) != text] == []


@given(st.text(max_size=300))
def test_any_text_is_masked_and_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@given(
    before=st.text(alphabet="abc ,.!\n", max_size=30),
    after=st.text(alphabet="abc ,!\n", max_size=30),
    user=st.from_regex(r"[a-z][a-z0-9._+-]{0,20}[a-z0-9]", fullmatch=True),
    number=st.from_regex(r"07[0-9]{3} ?[0-9]{6}", fullmatch=True),
)
def test_an_address_and_a_number_go_wherever_they_stand(
    before: str, after: str, user: str, number: str
) -> None:
    left = masked(f"{before} {user}@club.example {after} {number} {before}")
    assert "@" not in left
    assert not re.search(r"\d", left)


@pytest.mark.parametrize(
    "repeated", ["a@", "1 ", "I'm A ", "thanks ", "Cheers, Aa ", "a.b-", "+(", "www.", "born "]
)
def test_a_very_long_message_is_masked(repeated: str) -> None:
    assert masked(repeated * (100_000 // len(repeated)))
