"""Misspelt words are mended towards words of ours; everything else stays as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.lexicon import Lexicon
from assistant.reading.spelling import Speller, english_words
from assistant.reading.words import tidy, words_in

NAMED = ("magnesium", "stretch", "calf", "potassium", "cramp", "peroneal")
SHELF = ("gradually", "hydrated", "comfortable")


@pytest.fixture(scope="module")
def speller() -> Speller:
    """Knows a few words; no English word list."""
    return Speller(NAMED, SHELF, lambda word: word in {"call", "scramble", "half"})


@pytest.fixture(scope="module")
def real(lexicon: Lexicon, shelf_words: frozenset[str]) -> Speller:
    return Speller(lexicon.words, shelf_words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("magneisum", "magnesium"),
        ("strech", "stretch"),
        ("banannas", "bananas"),
        ("gastrocnemeus", "gastrocnemius"),
        ("perroneal", "peroneal"),
        ("hydratoin", "hydration"),
        ("compresion", "compression"),
        ("crampp", "cramp"),
    ],
)
def test_misspelt_names_of_things_are_mended(real: Speller, typed: str, meant: str) -> None:
    assert real.mend(typed) == meant


@pytest.mark.parametrize(
    "word",
    ["cafe", "Kowalczyk", "Xiaomi", "Leeds", "100mg", "13.1", "messages", "calves", "the", "tri"],
)
def test_names_numbers_and_english_words_are_left(real: Speller, word: str) -> None:
    assert real.mend(word) == word


def test_only_the_misspelt_word_of_a_sentence_changes(real: Speller) -> None:
    typed = "Do I STRECH it, at mile 8?? 😭"
    assert real.mend(typed) == "Do I stretch it, at mile 8?? 😭"


def test_a_word_english_knows_is_left_however_near_it_is(speller: Speller) -> None:
    assert speller.mend("call half scramble") == "call half scramble"


def test_a_short_word_is_mended_towards_named_things_only(speller: Speller) -> None:
    assert speller.mend_word("cramb") == "cramp"
    assert speller.mend_word("hydra") is None


def test_a_word_that_begins_otherwise_is_left(speller: Speller) -> None:
    assert speller.mend_word("ztretch") is None


def test_letters_typed_twice_are_typed_once(speller: Speller) -> None:
    assert speller.mend_word("callf") == "calf"


@given(word=st.sampled_from(NAMED + SHELF))
def test_a_word_that_is_known_never_changes(speller: Speller, word: str) -> None:
    assert speller.mend_word(word) is None


def test_no_word_of_the_lexicon_or_the_shelf_ever_changes(
    real: Speller, lexicon: Lexicon, shelf_words: frozenset[str]
) -> None:
    changed = {w: real.mend_word(w) for w in lexicon.words | shelf_words if real.mend_word(w)}
    assert changed == {}


@given(text=st.text(max_size=300))
def test_no_text_is_refused_and_the_number_of_words_stays(speller: Speller, text: str) -> None:
    mended = speller.mend(text)
    assert len(words_in(mended)) == len(words_in(tidy(text)))


@given(text=st.text(alphabet=st.characters(exclude_categories=("L", "N")), max_size=80))
def test_a_text_without_words_is_only_tidied(speller: Speller, text: str) -> None:
    assert speller.mend(text) == tidy(text)


@given(word=st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_mended_word_is_one_of_ours_and_begins_alike(speller: Speller, word: str) -> None:
    mended = speller.mend_word(word)
    assert mended is None or (mended in NAMED + SHELF and mended[0] == word[0])


def test_the_english_list_knows_plain_words_and_no_nonsense() -> None:
    known = english_words()
    assert known("banana")
    assert not known("magneisum")
