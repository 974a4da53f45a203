"""How the judge reads: numbers in digits, stems, how telling a word is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.judge.reading import heft, names_in, plain, sentences_of, words_of


def numbers(text: str) -> list[str]:
    return [word.text for word in words_of(text) if word.number]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fifteen heel drops, twice a day", ["15", "2"]),
        ("twenty-five minutes", ["25"]),
        ("twenty five of two hundred runners", ["25", "200"]),
        ("1,000 steps and 2.5 km", ["1000", "2.5"]),
        ("about 5.2 million", ["5200000"]),
        ("a hundred times", ["100"]),
        ("half of them, a third of us", ["1/2", "1/3"]),
        ("a fifth season with a third cousin", []),
        ("one of the calves", []),
        ("vitamin b12 and covid-19", []),
        ("8-10 mm", ["8", "10"]),
        ("ten percent, 10%", ["10", "10"]),
    ],
)
def test_numbers_are_read_as_digits(text: str, found: list[str]) -> None:
    assert numbers(text) == found


def test_curly_quotes_long_dashes_and_gaps_are_made_plain() -> None:
    assert plain("Don’t  “push”\n8–10 reps") == 'don\'t "push" 8-10 reps'


def test_a_text_is_cut_into_sentences() -> None:
    assert sentences_of("Rest first. Then run 2.5 km!\n- Stop") == (
        "Rest first.",
        "Then run 2.5 km!",
        "- Stop",
    )


def test_forms_of_a_word_share_its_stem() -> None:
    first, second = words_of("stretching stretched")
    assert first.stem == second.stem


def test_names_are_capitalised_words_that_begin_no_sentence() -> None:
    assert names_in("Yesterday Anna saw I and Bert. Carl ran.") == {"anna", "bert"}


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    the, runner, soleus = words_of("the runner soleus")
    assert 2 < heft(the) < heft(runner) < heft(soleus) < 19


@given(st.text())
def test_any_text_is_read_and_making_it_plain_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert all(word.text and heft(word) > 0 for word in words_of(text))


@given(st.integers(0, 10**9))
def test_digits_are_kept(number: int) -> None:
    assert numbers(f"of {number:,} runs") == [str(number)]
