"""One slip in a long word is mended; English words that are meant as they stand are left alone."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from assistant.guard import spelling
from assistant.guard.lexicon import GuardLexicon
from assistant.guard.patterns import Phrase
from assistant.guard.spelling import Vocabulary, read_real_words
from tests.assistant.guard.books import phrases_in

REAL_WORDS = Path(spelling.__file__).with_name("real_words.txt")

FREQUENT = 100
"""How often a word must stand in the dictionary to be an English one: below, it lists slips too."""
SHORT = 3
VOCABULARY = Vocabulary(
    ["swelling", "breathless", "numb", "collapsed", "swollen", "calf", "warm", "wee"],
    frozenset({"selling", "swallen"}),
    {"wrm": "warm"},
)
LONG = ("swelling", "breathless", "collapsed", "swollen")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MENDED = [
    ("a letter missing", "sweling", "swelling"),
    ("a letter doubled", "swwelling", "swelling"),
    ("two swapped", "swlelling", "swelling"),
    ("another letter", "swekling", "swelling"),
    ("a letter missing in a shorter one", "swolen", "swollen"),
    ("two slips in a long word", "breathlless", "breathless"),
    ("two slips in ten letters", "braethlees", "breathless"),
    ("two slips in a short one", "swleing", "swleing"),
    ("a slip at the front", "zwelling", "zwelling"),
    ("a dropped g", "swellin", "swelling"),
    ("a letter doubled in a short word", "calff", "calf"),
    ("two swapped in a short word", "wamr", "warm"),
    ("another letter in a short word", "walm", "walm"),
    ("a letter missing in a short word", "clf", "clf"),
    ("a listed misspelling", "wrm", "warm"),
    ("a short word is no misspelling of a shorter", "week", "week"),
    ("a real word", "selling", "selling"),
    ("a known word", "swollen", "swollen"),
    ("nothing near", "marathon", "marathon"),
    ("no letters", "3333333", "3333333"),
]


@pytest.fixture(scope="session")
def english() -> dict[str, int]:
    """Lower-case English words, with how often they were counted."""
    counts = SpellChecker().word_frequency
    return {
        word: counts[word]
        for word in counts.words()
        if word.isascii() and word.isalpha() and word.islower() and len(word) >= SHORT
    }


@pytest.mark.parametrize(("typed", "meant"), [pytest.param(t, m, id=n) for n, t, m in MENDED])
def test_a_slip_is_mended_or_left(typed: str, meant: str) -> None:
    assert VOCABULARY.meant(typed) == meant


def test_a_guess_asks_nobody_whether_the_word_is_real() -> None:
    assert VOCABULARY.guess("selling") == "swelling"
    assert VOCABULARY.guess("swollen") == "swollen"
    assert VOCABULARY.guess("banana") == "banana"


def test_no_english_word_is_taken_for_one_of_ours(
    words: GuardLexicon, english: dict[str, int]
) -> None:
    """To mend: add the words named here to assistant/guard/real_words.txt, in order."""
    vocabulary, listed = words.vocabulary, words.vocabulary._spellings
    missing = sorted(
        word
        for word, count in english.items()
        if count >= FREQUENT and vocabulary.meant(word) != word and word not in listed
    )
    assert not missing, "add to assistant/guard/real_words.txt:\n" + "\n".join(missing)


def test_every_real_word_listed_is_left_as_it_stands(words: GuardLexicon) -> None:
    assert [word for word in read_real_words() if words.vocabulary.meant(word) != word] == []


def test_real_words_are_listed_once_and_in_order() -> None:
    lines = REAL_WORDS.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    assert listed == sorted(set(listed))
    assert all(word.isascii() and word.isalpha() and word.islower() for word in listed)


def test_comments_and_empty_lines_are_no_words(tmp_path: Path) -> None:
    path = tmp_path / "real.txt"
    path.write_text("# a note\n\nselling\n  telling \n", encoding="utf-8")
    assert read_real_words(path) == {"selling", "telling"}


def test_every_word_of_ours_stays(words: GuardLexicon) -> None:
    vocabulary = words.vocabulary
    known = vocabulary._known - vocabulary._spellings.keys()
    assert len(known) > 500
    assert [word for word in known if vocabulary.meant(word) != word] == []


@pytest.mark.parametrize(
    "word", "week weak bump lump dead pail hop clog cloth lunge leap leaf ship carve calm".split()
)
def test_a_short_word_is_itself(words: GuardLexicon, word: str) -> None:
    assert words.vocabulary.meant(word) == word


def test_a_listed_misspelling_is_mended_for_good(words: GuardLexicon) -> None:
    vocabulary = words.vocabulary
    assert [r for r in vocabulary._spellings.values() if vocabulary.meant(r) != r] == []


@pytest.mark.parametrize("kind", ["parts", "phrases"])
def test_no_phrase_waits_for_a_word_that_is_mended_away(words: GuardLexicon, kind: str) -> None:
    """To mend: write the word named here in its right spelling, or both, in the phrase."""
    phrases = phrases_in(getattr(words, kind))
    waiting = [
        f"{name}: {phrase.source!r} waits for {word!r}, which is read as {meant!r}"
        for name, phrase in phrases
        for place, element in enumerate(phrase.elements)
        for word in sorted(element.words)
        if (meant := words.vocabulary.meant(word)) not in element.words
        and not any(
            other != phrase and of == name and stands_for(other, phrase, place, meant)
            for of, other in phrases
        )
    ]
    assert not waiting, "\n".join(waiting)


def stands_for(other: Phrase, phrase: Phrase, place: int, word: str) -> bool:
    """Whether another phrase says the same with `word` at a place."""
    return len(other.elements) == len(phrase.elements) and all(
        word in theirs.words if number == place else theirs.words >= ours.words
        for number, (ours, theirs) in enumerate(zip(phrase.elements, other.elements, strict=True))
    )


@given(st.sampled_from(LONG), st.data())
def test_one_letter_too_few_is_mended(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    slip = word[:at] + word[at + 1 :]
    assert VOCABULARY.meant(slip) in (word, slip if slip in VOCABULARY._real else word)


@given(st.sampled_from(LONG), st.data())
def test_one_letter_too_many_is_mended(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word)))
    assert VOCABULARY.meant(word[:at] + data.draw(st.sampled_from(LETTERS)) + word[at:]) == word


@given(st.sampled_from(LONG), st.data())
def test_two_letters_swapped_are_mended(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    assert VOCABULARY.meant(word[:at] + word[at + 1] + word[at] + word[at + 2 :]) == word


@given(st.one_of(st.text(max_size=40), st.text(alphabet="swelingbrathcop", max_size=14)))
def test_what_is_meant_is_the_word_or_one_of_ours_close_by(word: str) -> None:
    meant = VOCABULARY.meant(word)
    if meant == word:
        return
    assert meant in VOCABULARY._known
    assert meant[0] == word[0] or sorted(meant) == sorted(word)
    assert VOCABULARY.meant(meant) == meant
    bare = re.sub(r"(.)\1+", r"\1", word), re.sub(r"(.)\1+", r"\1", meant)
    assert OSA.distance(meant, word) <= (2 if len(word) >= 10 else 1) or bare[0] == bare[1]


@given(st.text(alphabet="swelingbrathcop", min_size=3, max_size=12))
def test_the_order_of_the_words_makes_no_difference(word: str) -> None:
    other = Vocabulary(
        sorted(VOCABULARY._known, reverse=True), VOCABULARY._real, VOCABULARY._spellings
    )
    assert other.meant(word) == VOCABULARY.meant(word)


def test_an_endless_word_is_left_alone() -> None:
    endless = "swelling" * 20_000
    assert VOCABULARY.meant(endless) == endless
