"""What a whole turn says: its message, and whether there is anything to search for."""

import pytest

from assistant.reading.ask import Reading
from assistant.reading.asks import AskKind
from tests.assistant.made import ask, reading


def turn(words: int, *, named: bool = False) -> Reading:
    """A turn of so many words that asks how long, of something or of nothing."""
    asked = ask("how long?", AskKind.DURATION, focus=["soleus"] if named else [])
    return reading(asked, text=" ".join(["so"] * words))


def test_the_message_is_what_was_typed_after_the_turns_it_leans_on() -> None:
    assert reading(ask("how long?")).message == "how long?"
    leaning = reading(ask("long?"), text="and how long?", carried=["the soleus", "which one?"])
    assert leaning.message == "the soleus which one? and how long?"


@pytest.mark.parametrize(("words", "bare"), [(1, True), (8, True), (9, False)])
def test_a_short_message_that_names_nothing_is_bare(words: int, bare: bool) -> None:
    """A longer one tells enough around its question to be searched for."""
    assert turn(words).subjectless
    assert turn(words).bare is bare


def test_a_message_that_names_something_is_not_bare() -> None:
    assert not turn(2, named=True).bare


def test_one_ask_that_names_something_is_enough() -> None:
    assert not reading(ask("why?"), ask("ice?", focus=["ice"]), text="why? ice?").bare
