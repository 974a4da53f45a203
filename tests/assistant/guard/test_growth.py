"""Whatever is typed, however much of it: a verdict comes back, and work grows with length alone.

Work is counted, not timed: the lines of the guard's own code that Python runs, where a turn of a
loop counts once more. The same text has the same count on every machine.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Protocol, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guard import guard as guard_module
from assistant.guard.guard import Guard, Verdict
from assistant.question import Question

ROOM = str(Path(guard_module.__file__).parent)
SMALL, LARGE = 400, 1_600
"""Characters."""
AT_MOST = 4.4
"""Times the work for four times the length: 4.0 is a line, and 4.2 the most that was measured."""
HUGE = 100_000
REPEATED = {
    "no": "no ",
    "what if": "what if ",
    "question and answer": "swollen? no. ",
    "brackets": "(",
    "letters": "a b c ",
    "one word": "a",
    "one word of rules": "swollen",
    "lines": "\n",
    "stops": ".",
    "apostrophes": "can't'",
    "spaces": " ",
    "zero-width": "\u200b",
    "right to left": "\u202e",
    "emoji": "😭",
    "joined emoji": "🏃\u200d",
    "accents": "e\u0301",
    "cyrillic look-alikes": "сорс ",
    "leet": "sw0ll3n ",
    "digits": "1 ",
    "one number": "9",
    "signs in one sentence": "swollen hot red numb ",
    "signs, listed": "swollen, red, ",
    "signs denied": "not swollen ",
    "denials, listed": "no, not, never, ",
    "past": "years ago ",
    "gone": "gone now but ",
    "people": "my dad he i ",
    "body parts": "my left calf ",
    "phrases half begun": "the back of my lower ",
    "gaps half begun": "sock sock one ",
    "long words misspelt": "swelliing brethless ",
    "an emergency": "crushing chest pain. ",
    "sentences of one word": "swollen. ",
    "questions": "is it swollen? ",
    "chinese": "胸",
    "russian": "не могу ",
    "german": "ich habe ",
    "alarm in german": "brustschmerzen ",
    "hindi": "दर्द ",
    "subjects": "it is i ",
    "and": "and or nor ",
    "idioms": "took my breath ",
    "suicide sprints": "suicide sprints ",
}
MIXED: dict[str, Callable[[int], str]] = {
    "signs in a question, then denials": lambda n: f"{'swollen ' * (n // 12)}? {'no ' * (n // 9)}",
    "signs, then endings": lambda n: f"{'swollen ' * (n // 16)}. {'gone now ' * (n // 18)}",
    "parts, then signs": lambda n: f"{'calf ' * (n // 10)}. {'swollen ' * (n // 16)}",
    "signs, then parts": lambda n: f"{'swollen ' * (n // 16)}. {'calf ' * (n // 10)}",
    "parts without a sentence": lambda n: f"{'calf, ' * (n // 12)}{'numb, ' * (n // 12)}",
    "history of many": lambda n: "my mum had a clot. my calf hurts. " * (n // 34),
    "lists after one denial": lambda n: f"no {'red, ' * (n // 5)}",
    "idioms and signs": lambda n: f"{'dead tired ' * (n // 22)}{'swollen ' * (n // 16)}",
    "a novel": lambda n: "then i ran on and my calf was fine and we had tea. " * (n // 51),
}


class Trace(Protocol):
    """What Python calls for each line of a function that is watched."""

    def __call__(self, frame: FrameType, event: str, argument: object) -> Self | None: ...


def made(name: str, length: int) -> str:
    if name in MIXED:
        return MIXED[name](length)
    piece = REPEATED[name]
    return (piece * (length // len(piece) + 1))[:length]


def steps(work: Callable[[], object]) -> int:
    """How many lines of the guard's own code ran."""
    count = 0

    def within(frame: FrameType, event: str, argument: object) -> Trace:
        nonlocal count
        count += event == "line"
        return within

    def enter(frame: FrameType, event: str, argument: object) -> Trace | None:
        return within if frame.f_code.co_filename.startswith(ROOM) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def screened(guard: Guard, text: str, *earlier: str) -> Verdict:
    return guard.screen(Question(text, earlier))


def test_steps_tell_a_line_from_a_square(guard: Guard) -> None:
    sentence = "my calf is swollen. "
    once = steps(lambda: screened(guard, sentence))
    assert once > 100
    assert steps(lambda: screened(guard, sentence)) == once


@pytest.mark.parametrize("name", [*REPEATED, *MIXED])
def test_work_grows_no_faster_than_length(guard: Guard, name: str) -> None:
    small, large = made(name, SMALL), made(name, LARGE)
    screened(guard, small)  # what is worked out once for a word is remembered
    spent = steps(lambda: screened(guard, small)), steps(lambda: screened(guard, large))
    assert spent[1] <= AT_MOST * spent[0], spent


@pytest.mark.parametrize("name", ["question and answer", "signs denied", "parts, then signs"])
def test_work_grows_no_faster_than_the_number_of_turns(guard: Guard, name: str) -> None:
    piece = made(name, 100)
    small = steps(lambda: screened(guard, "ok", *([piece] * 5)))
    large = steps(lambda: screened(guard, "ok", *([piece] * 20)))
    assert large <= AT_MOST * small, (small, large)


# A verdict on 100,000 characters is the point here. What is slow in a straight line is asked in
# smaller pieces, and what hides a square is left to the count above: waiting would prove no more.
@pytest.mark.parametrize("name", ["what if", "brackets", "letters", "one word", "lines"])
def test_a_hundred_thousand_characters_get_a_verdict(guard: Guard, name: str) -> None:
    text = made(name, HUGE)
    assert len(text) == HUGE
    assert isinstance(screened(guard, text), Verdict)


@pytest.mark.parametrize("name", ["no", "question and answer", "signs denied"])
def test_thousands_of_signs_and_denials_get_a_verdict(guard: Guard, name: str) -> None:
    assert isinstance(screened(guard, made(name, HUGE // 5)), Verdict)


def test_a_hundred_thousand_characters_without_a_space_get_a_verdict(guard: Guard) -> None:
    assert isinstance(screened(guard, "shoes,sock.mile?why;" * (HUGE // 20)), Verdict)


def test_a_sign_at_the_end_of_a_long_message_is_read(guard: Guard) -> None:
    text = "i ran along the canal and had a coffee. " * 1_000 + "my left calf is swollen and hot"
    alert = screened(guard, text).alert
    assert alert is not None
    assert "RF02" in alert.rules


def test_a_sign_at_the_start_of_a_long_message_is_read(guard: Guard) -> None:
    text = "my left calf is swollen and hot. " + "i ran along the canal and had a coffee. " * 1_000
    alert = screened(guard, text).alert
    assert alert is not None
    assert "RF02" in alert.rules


@settings(max_examples=60)
@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_gets_a_verdict(guard: Guard, text: str, earlier: list[str]) -> None:
    assert isinstance(screened(guard, text, *earlier), Verdict)


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*REPEATED.values(), "\x00", "\ud800", "'", "-", "{emergency}"])))
def test_any_mixture_gets_a_verdict(guard: Guard, pieces: list[str]) -> None:
    assert isinstance(screened(guard, "".join(pieces)), Verdict)


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=["L"]), max_size=80))
def test_a_text_without_letters_raises_nothing(guard: Guard, text: str) -> None:
    assert screened(guard, text).alert is None
