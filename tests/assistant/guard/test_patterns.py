"""The notation of phrases: what it accepts, what it refuses, and what it finds."""

import re
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import RulesError
from assistant.guard.patterns import (
    LONGEST_GAP,
    Match,
    Names,
    PhraseBook,
    number_of,
    parse,
    parse_all,
)

NAMES = Names(
    classes={"my": frozenset({"my", "his", "her"})},
    zones={
        "calf": frozenset({"calf"}),
        "shin": frozenset({"shin"}),
        "leg": frozenset({"calf", "shin"}),
    },
)
PARTS = {"calf": "calf", "soleus": "calf", "shin": "shin"}
FINDS = [
    ("a word", "swollen", "it is swollen", ["swollen"]),
    ("a row of words", "cant feel", "i cant feel it", ["cant feel"]),
    ("words in another order", "cant feel", "feel cant", []),
    ("part of a word is none", "ache", "headaches ached", []),
    ("choices", "hot|warm|burning skin", "warm skin hot skin cold skin", ["warm skin", "hot skin"]),
    ("a beginning", "swell*", "swell swelling swollen", ["swell", "swelling"]),
    ("a beginning inside a phrase", "is swell*", "is swelling", ["is swelling"]),
    ("a class", "[my] calf", "her calf the calf my calf", ["her calf", "my calf"]),
    ("a body part", "[calf] hurts", "soleus hurts shin hurts", ["soleus hurts"]),
    ("a zone", "sore [leg]", "sore shin sore soleus sore arm", ["sore shin", "sore soleus"]),
    ("a zone first", "[leg] pain", "shin pain arm pain", ["shin pain"]),
    (
        "a choice of zone and word",
        "[leg]|arm pain",
        "shin pain arm pain",
        ["shin pain", "arm pain"],
    ),
    ("optional, there", "so (very) sore", "so very sore", ["so very sore"]),
    ("optional, missing", "so (very) sore", "so sore", ["so sore"]),
    ("optional, another word", "so (very) sore", "so really sore", []),
    ("optional choices", "so (very|really) sore", "so really sore", ["so really sore"]),
    (
        "optional class",
        "sore ([my]) calf",
        "sore her calf sore calf",
        ["sore her calf", "sore calf"],
    ),
    ("optional at the end", "sore (now)", "sore now", ["sore now"]),
    ("optional at the end, missing", "sore (now)", "so sore", ["sore"]),
    ("two optional", "so (very) (very) sore", "so very very sore", ["so very very sore"]),
    ("braces", "want to {end it|go}", "want to end it", ["want to end it"]),
    ("braces, the other", "want to {end it|go}", "want to go", ["want to go"]),
    ("braces, half of one", "want to {end it|go}", "want to end", []),
    ("braces twice", "{a|b} then {c|d e}", "b then d e", ["b then d e"]),
    ("a gap of none", "feel ~2 foot", "feel foot", ["feel foot"]),
    ("a gap filled", "feel ~2 foot", "feel my left foot", ["feel my left foot"]),
    ("a gap too small", "feel ~2 foot", "feel my own left foot", []),
    ("a gap takes the nearest", "feel ~3 foot", "feel foot foot", ["feel foot"]),
    ("two gaps", "a ~1 b ~1 c", "a x b y c", ["a x b y c"]),
    ("a gap at the end adds nothing", "sore ~3", "sore left calf", ["sore"]),
    ("a number", "for #10-90 minutes", "for 15 minutes for 5 minutes", ["for 15 minutes"]),
    ("a number as a word", "for #10-90 minutes", "for twenty minutes", ["for twenty minutes"]),
    ("a number first", "#38-42 degrees", "38.5 degrees 20 degrees", ["38.5 degrees"]),
    ("the ends of a range", "#3-4 cm", "3 cm 4 cm 4.1 cm", ["3 cm", "4 cm"]),
    ("a number or a word", "for #2-9|some days", "for some days", ["for some days"]),
    ("another alphabet", "心 痛", "心 痛", ["心 痛"]),
    ("at the very end", "so sore", "now so", []),
    ("each place once", "sore", "sore sore", ["sore", "sore"]),
]
REFUSED = [
    ("nothing", ""),
    ("only space", "   "),
    ("begins with a gap", "~3 sore"),
    ("begins with an optional word", "(very) sore"),
    ("a gap of nothing", "sore ~0 calf"),
    ("a gap too long", f"sore ~{LONGEST_GAP + 1} calf"),
    ("a gap without a number", "sore ~ calf"),
    ("an unknown name", "sore [elbow]"),
    ("an unclosed name", "sore [leg"),
    ("a name of two words", "sore [my leg]"),
    ("a short beginning", "sw*"),
    ("only a star", "*"),
    ("a range backwards typed", "for #10 minutes"),
    ("a range of words", "for #ten-twenty minutes"),
    ("capitals", "Sore calf"),
    ("an apostrophe", "can't feel"),
    ("a comma", "sore, calf"),
    ("an empty choice", "sore| calf"),
    ("an unclosed brace", "want to {end it"),
    ("an unclosed option", "so (very sore"),
    ("a question mark", "sore?"),
]


def place(match: Match) -> tuple[str, int, int]:
    return match.name, match.start, match.end


def found(notation: str, text: str) -> list[str]:
    """The words that a notation matches in a text of words parted by spaces."""
    words = text.split()
    parts = [frozenset({PARTS[word]}) if word in PARTS else frozenset() for word in words]
    book = PhraseBook(("it", phrase) for phrase in parse_all(notation, NAMES))
    return [" ".join(words[m.start : m.end]) for m in book.find(words, parts)]


@pytest.mark.parametrize(
    ("notation", "text", "expected"), [pytest.param(*each[1:], id=each[0]) for each in FINDS]
)
def test_a_phrase_finds(notation: str, text: str, expected: list[str]) -> None:
    assert sorted(found(notation, text)) == sorted(expected)


@pytest.mark.parametrize("notation", [pytest.param(text, id=name) for name, text in REFUSED])
def test_what_is_no_phrase_is_refused_by_name(notation: str) -> None:
    with pytest.raises(RulesError, match="Phrase") as refused:
        parse_all(notation, NAMES)
    assert repr(notation) in str(refused.value)


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(RulesError, match=r"\[elbow\]"):
        parse("sore [elbow]", NAMES)


def test_braces_stand_for_every_choice() -> None:
    assert [each.source for each in parse_all("{a|b c} and {d|e}", NAMES)] == [
        "a and d",
        "a and e",
        "b c and d",
        "b c and e",
    ]


def test_names_in_one_book_are_kept_apart_and_the_longest_of_one_name_counts() -> None:
    phrases = [("pain", parse("sore", NAMES)), ("pain", parse("sore calf", NAMES))]
    book = PhraseBook([*phrases, ("calf", parse("calf", NAMES))])
    matches = book.find(["sore", "calf"], [frozenset(), frozenset()])
    assert {place(m) for m in matches} == {("pain", 0, 2), ("calf", 1, 2)}


def test_an_empty_book_finds_nothing() -> None:
    assert PhraseBook([]).find(["sore"], [frozenset()]) == []


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("7", 7), ("38.5", 38.5), ("38,5", 38.5), ("twenty", 20), ("a", 1), ("couple", 2),
        ("sore", None), ("1.2.3", None), ("5:30", None), ("", None),
        ("nan", None), ("inf", None), ("infinity", None),
    ],
)  # fmt: skip
def test_numbers_are_read_from_digits_and_words(word: str, value: float | None) -> None:
    assert number_of(word) == value


# A slow second opinion: each phrase as an expression of Python's own `re`, which tries its choices
# in the same order. A word is written "word@part@ ", so that parts can be asked for.

ALPHABET = ("sore", "sorely", "soreness", "calf", "shin", "my", "his", "and", "3", "five", "40")
VALUES = {"3": 3, "five": 5, "40": 40}
WORD = st.sampled_from(ALPHABET)
PLACE = st.one_of(
    WORD,
    st.lists(WORD, min_size=2, max_size=3).map("|".join),
    st.sampled_from(["sore*", "[my]", "[calf]", "[leg]", "#1-4", "#4-50", "[leg]|and", "#1-4|my"]),
)
LATER = st.one_of(PLACE, PLACE.map("({})".format), st.sampled_from(["~1", "~2", "~4"]))
NOTATION = st.tuples(PLACE, st.lists(LATER, max_size=4)).map(lambda p: " ".join((p[0], *p[1])))
SENTENCE = st.lists(WORD, max_size=12)


def expression(notation: str) -> re.Pattern[str]:
    return re.compile("".join(map(_place, notation.split())))


def _place(piece: str) -> str:
    if piece.startswith("("):
        return f"(?:{_place(piece[1:-1])})?"
    if piece.startswith("~"):
        return f"(?:[^ ]+ ){{0,{piece[1:]}}}?"
    return f"(?:{'|'.join(map(_choice, piece.split('|')))})"


def _choice(choice: str) -> str:
    if choice == "[my]":
        return "(?:my|his|her)@[^ ]* "
    if choice.startswith("["):
        return f"[^ ]*@(?:{'|'.join(NAMES.zones[choice[1:-1]])})@ "
    if choice.startswith("#"):
        low, high = map(int, choice[1:].split("-"))
        return f"(?:{'|'.join(w for w, v in VALUES.items() if low <= v <= high) or '(?!)'})@ "
    return f"{choice[:-1]}[^ @]*@[^ ]* " if choice.endswith("*") else f"{choice}@[^ ]* "


def slowly(notations: Sequence[str], words: Sequence[str]) -> set[tuple[str, int, int]]:
    pieces = [f"{word}@{PARTS[word]}@ " if word in PARTS else f"{word}@ " for word in words]
    matches = set()
    for name, notation in enumerate(notations):
        for start in range(len(pieces)):
            if hit := expression(notation).match("".join(pieces[start:])):
                matches.add((str(name), start, start + hit.group().count(" ")))
    return matches


@given(st.lists(NOTATION, min_size=1, max_size=5), SENTENCE)
def test_a_slow_matcher_finds_the_same(notations: list[str], words: list[str]) -> None:
    book = PhraseBook((str(k), parse(text, NAMES)) for k, text in enumerate(notations))
    parts = [frozenset({PARTS[word]}) if word in PARTS else frozenset() for word in words]
    matches = book.find(words, parts)
    assert {place(m) for m in matches} == slowly(notations, words)
    assert len(matches) == len({(m.name, m.start) for m in matches})


@given(NOTATION, SENTENCE)
def test_a_match_lies_within_the_sentence(notation: str, words: list[str]) -> None:
    book = PhraseBook([("it", parse(notation, NAMES))])
    places = book.find(words, [frozenset()] * len(words))
    assert all(0 <= m.start < m.end <= len(words) for m in places)
    assert [m.start for m in places] == sorted(m.start for m in places)


@given(st.text(alphabet="ab |()[]{}~#*12-myleg'", max_size=20))
def test_any_notation_is_a_phrase_or_is_refused(notation: str) -> None:
    with suppress(RulesError):
        assert all(each.elements for each in parse_all(notation, NAMES))
