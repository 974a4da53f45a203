"""One plain form: hidden characters, look-alikes, slang spelling; emoji and sentences survive."""

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.guard.normalise import plain

ANY_TEXT = st.text(max_size=200)
HIDDEN = (
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\u2066",
    "\U000e0061",
)
SAME = [
    ("upper case", "My CALF is SWOLLEN", "my calf is swollen"),
    ("full width", "ｍｙ ｃａｌｆ", "my calf"),
    ("mathematical letters", "𝐬𝐰𝐨𝐥𝐥𝐞𝐧 𝒄𝒂𝒍𝒇", "swollen calf"),
    ("ligature", "ﬁt", "fit"),
    ("accents", "çálf ìs nümb", "calf is numb"),
    ("combining marks", "n\u0301u\u0308m\u0304b", "numb"),
    ("zalgo", "n\u0334\u0321u\u0335\u0319m\u0336b\u0337", "numb"),
    ("cyrillic in a word", "swоllеn", "swollen"),
    ("greek in a word", "swοllεn cαlf", "swollen calf"),
    ("a whole word of cyrillic look-alikes", "сорсе", "copce"),
    ("dotless i", "kıck", "kick"),
    ("leet", "sw0ll3n c4lf", "swollen calf"),
    ("dollar and at", "mu$cle h@rd", "muscle hard"),
    ("drawn out", "painnnnn sooooo baaaad", "painn soo baad"),
    ("spelt out with dots", "s.w.o.l.l.e.n leg", "swollen leg"),
    ("spelt out with spaces", "my leg is n u m b now", "my leg is numb now"),
    ("spelt out with hyphens", "n-u-m-b foot", "numb foot"),
    ("curly apostrophe", "can’t feel", "can't feel"),
    ("backtick", "can`t feel", "can't feel"),
    ("acute accent for an apostrophe", "can´t feel", "can't feel"),
    ("letter apostrophe", "canʼt feel", "can't feel"),
    ("full-width apostrophe", "can＇t feel", "can't feel"),
    ("curly quotes", "“numb”", '"numb"'),
    ("ellipsis", "sore…numb", "sore. numb"),
    ("no-break space", "my\u00a0calf", "my calf"),
    ("ideographic space", "my\u3000calf", "my calf"),
    ("sharp s", "Straße", "strasse"),
    ("control characters", "my\x00 ca\x07lf", "my calf"),
]
KEPT = [
    ("emoji", "my calf 😭 hurts"),
    ("line breaks", "swollen\nno"),
    ("numbers", "10000 m in 3333 s, temp 38.5"),
    ("a number with a unit", "10k and 5km at 4:30"),
    ("marks", "swollen? no. red? no!"),
    ("russian", "опухла голень"),
    ("a short russian word", "нос"),
    ("a word of greek", "δεξιω"),
    ("chinese", "小腿肿了"),
    ("initials", "dr j. b. smith"),
]


@pytest.mark.parametrize(("typed", "meant"), [pytest.param(a, b, id=n) for n, a, b in SAME])
def test_what_was_meant_is_read(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in KEPT])
def test_what_needs_no_change_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("mark", HIDDEN, ids=[f"U+{ord(mark):04X}" for mark in HIDDEN])
def test_hidden_characters_vanish(mark: str) -> None:
    assert plain(mark.join("swollen calf")) == "swollen calf"


def test_an_emoji_of_several_characters_stays_one_break_between_words() -> None:
    assert plain("sore 🏃\u200d♀\ufe0f now").startswith("sore 🏃")


@given(ANY_TEXT)
@example("a" * 3 + "1" + "b")
@example("b c d e f g h i j k l m n o p q r s t u v w x y z a b c d")
def test_twice_is_the_same_as_once(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


@given(st.text(alphabet="abc 013457@$.*_-'\n", max_size=80))
def test_twice_is_the_same_as_once_for_masked_spelling(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


@given(st.text(alphabet="аеорсухбж аbcκτν", max_size=40))
def test_twice_is_the_same_as_once_for_mixed_scripts(text: str) -> None:
    once = plain(text)
    assert plain(once) == once


@given(ANY_TEXT)
def test_no_text_is_refused_and_nothing_hidden_is_left(text: str) -> None:
    read = plain(text)
    assert not any(mark in read for mark in HIDDEN)
    assert not re.search(r"[A-Z]", read)


@given(st.lists(st.text(alphabet="abcdefgh", min_size=2, max_size=8), max_size=12))
def test_lines_are_read_one_by_one(lines: list[str]) -> None:
    assert plain("\n".join(lines)).split("\n") == [plain(line) for line in lines or [""]]


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFF), max_size=60), st.integers(2, 40))
def test_length_grows_with_the_text_and_not_faster(text: str, times: int) -> None:
    """Compatibility forms may be longer than what was typed, each by a bounded number of marks."""
    assert len(plain(text * times)) <= 20 * len(text) * times


def test_every_character_there_is_can_be_read() -> None:
    for code in range(0, sys.maxunicode, 997):
        plain(f"calf {chr(code)} calf")
    for code in range(0x0, 0x3000):
        plain(chr(code))
