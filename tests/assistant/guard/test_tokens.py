"""Sentences and words: nothing typed is lost, breaks and question marks are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guard.tokens import Sentence, sentences_in

# Words that stand as they are: no shorthand, no letter three times, no single letters.
PLAIN_WORDS = st.sampled_from(
    "calf swollen hurts running mile week shoes left right sore tight marathon pain after hill"
    " swelling stretch ankle toes cramp since tuesday maybe physio looks really bad today".split()
)
SPLITS = [
    ("one sentence", "my calf hurts", [["my", "calf", "hurts"]]),
    ("two sentences", "it hurts. it aches", [["it", "hurts"], ["it", "aches"]]),
    ("a question answered", "swollen? no.", [["swollen"], ["no"]]),
    ("lines", "sore calf\nno swelling", [["sore", "calf"], ["no", "swelling"]]),
    ("semicolon", "sore; hot", [["sore"], ["hot"]]),
    ("marks in a row", "why?!?! help...", [["why"], ["help"]]),
    ("no space after the stop", "hurts.help", [["hurts"], ["help"]]),
    ("a decimal is one number", "temp is 38.5 now", [["temp", "is", "38.5", "now"]]),
    ("a time is one number", "5:30 pace", [["5:30", "pace"]]),
    ("number and unit", "10k race", [["10", "k", "race"]]),
    ("apostrophes go", "can't don't", [["cant", "dont"]]),
    ("cannot", "i cannot feel it", [["i", "cant", "feel", "it"]]),
    ("can not", "i can not feel it", [["i", "cant", "feel", "it"]]),
    ("is not", "it is not red", [["it", "isnt", "red"]]),
    ("will not", "it will not bend", [["it", "wont", "bend"]]),
    ("not after no auxiliary", "sore not red", [["sore", "not", "red"]]),
    ("not begins", "not red", [["not", "red"]]),
    ("a limb's is two words", "my leg's hot", [["my", "leg", "is", "hot"]]),
    ("it's is one word", "it's hot", [["its", "hot"]]),
    ("text speak", "u n ur mate", [["you", "and", "your", "mate"]]),
    ("and as a mark", "red & hot + sore", [["red", "and", "hot", "and", "sore"]]),
    ("scots", "ma leg isnae right, cannae walk", [["my", "leg", "isnt", "right", "cant", "walk"]]),
    ("underscores part words", "my_calf", [["my", "calf"]]),
    ("quotes go", "'swollen' \"calf\"", [["swollen", "calf"]]),
    ("nothing", "", []),
    ("only marks", "?!... ;\n\n", []),
    ("only brackets", "(((( ))))", []),
]


def flat(sentences: tuple[Sentence, ...]) -> list[str]:
    return [word for sentence in sentences for word in sentence.words]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=n) for n, t, e in SPLITS])
def test_a_message_becomes_sentences(text: str, expected: list[list[str]]) -> None:
    assert [list(each.words) for each in sentences_in((text,))] == expected


def test_each_sentence_knows_its_turn() -> None:
    read = sentences_in(("sore. tight", "", "no"))
    assert [each.turn for each in read] == [0, 0, 2]


def test_a_sentence_never_reaches_over_two_turns() -> None:
    assert len(sentences_in(("my calf is", "swollen"))) == 2


def test_only_a_question_mark_asks() -> None:
    asked = [each.asks for each in sentences_in(("sore? tight. red?! hot! numb",))]
    assert asked == [True, False, True, False, False]


@pytest.mark.parametrize("mark", [",", " -", " –", " (", ":", " 😭", " /", " *"])
def test_a_comma_dash_bracket_or_picture_breaks(mark: str) -> None:
    (read,) = sentences_in((f"sore calf{mark} no swelling",))
    assert read.breaks == {2}


def test_a_break_at_either_end_is_no_error() -> None:
    (read,) = sentences_in((", sore calf ,",))
    assert read.words == ("sore", "calf")
    assert read.breaks <= {0, 2}


def test_lengths_are_in_words() -> None:
    (read,) = sentences_in(("my calf hurts",))
    assert len(read) == 3


@given(
    st.lists(st.tuples(PLAIN_WORDS, st.sampled_from([" ", ", ", ". ", "? ", "\n", " (", " – "])))
)
def test_no_word_is_lost_or_moved(pieces: list[tuple[str, str]]) -> None:
    read = sentences_in(("".join(word + mark for word, mark in pieces),))
    assert flat(read) == [word for word, _ in pieces]


@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=30).filter(
        lambda word: not any(mark * 3 in word for mark in word)
    )
)
def test_no_letter_of_an_ascii_word_is_lost(word: str) -> None:
    """Whatever is written between two others: those stay, and it is one or two whole words."""
    read = flat(sentences_in((f"calf {word} ankle",)))
    assert (read[0], read[-1]) == ("calf", "ankle")
    assert len(read) == 3
    short = len(word) <= 6  # a shorthand may stand for a longer word
    assert read[1] == word or short or word in ("carnt", "dinnae", "doesnae", "wasnae", "havnae")


@given(st.text(max_size=120))
def test_any_text_gives_words_without_marks(text: str) -> None:
    for sentence in sentences_in((text,)):
        assert sentence.words
        assert all(word and word[0].isalnum() and "'" not in word for word in sentence.words)
        assert all(0 <= place <= len(sentence) for place in sentence.breaks)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_turns_are_read_one_by_one(turns: list[str]) -> None:
    together = sentences_in(tuple(turns))
    apart = [(k, each.words) for k, turn in enumerate(turns) for each in sentences_in((turn,))]
    assert [(each.turn, each.words) for each in together] == apart
