"""Which type of answer a sentence holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer_types import HARD, advises, holds
from assistant.reading.asks import AskKind

HOLDS = [
    (AskKind.DURATION, "Keep it there for 60 seconds.", 1.0),
    (AskKind.DURATION, "It took two weeks.", 1.0),
    (AskKind.DURATION, "It lasted a few full minutes.", 1.0),
    (AskKind.DURATION, "Hold the stretch.", 0.0),
    (AskKind.AMOUNT, "Take 400 mg.", 1.0),
    (AskKind.AMOUNT, "Magnesium matters.", 0.0),
    (AskKind.COUNT, "Do two sets.", 1.0),
    (AskKind.COUNT, "Do it.", 0.0),
    (AskKind.FREQUENCY, "Stretch every morning.", 1.0),
    (AskKind.FREQUENCY, "Stretch well.", 0.0),
    (AskKind.PRICE, "It sells for £5.", 1.0),
    (AskKind.PRICE, "It works.", 0.0),
    (AskKind.PLACE, "Any running shop has it.", 1.0),
    (AskKind.DATE, "It was in March 2019.", 1.0),
    (AskKind.DATE, "It was long ago.", 0.0),
    (AskKind.CAUSE, "Cramp is due to overload.", 1.0),
    (AskKind.METHOD, "Squeeze the muscle.", 1.0),
    (AskKind.METHOD, "The muscle is big.", 0.0),
    (AskKind.FIX, "Ice sorted it.", 1.0),
    (AskKind.FIX, "You should rest.", 1.0),
    (AskKind.FIX, "The race was wet.", 0.0),
    (AskKind.WHO, "See a physio.", 1.0),
    (AskKind.OPEN, "Anything at all.", 0.5),
    (AskKind.WHETHER, "Anything at all.", 0.5),
]


@pytest.mark.parametrize(("kind", "sentence", "expected"), HOLDS)
def test_a_sentence_holds_the_type_of_answer_or_does_not(
    kind: AskKind, sentence: str, expected: float
) -> None:
    assert holds(kind, sentence) == expected


@given(st.sampled_from(AskKind), st.text(max_size=200))
def test_every_sentence_can_be_judged_for_every_kind(kind: AskKind, sentence: str) -> None:
    assert holds(kind, sentence) in ({0.0, 1.0} if kind in HARD else {0.0, 0.5, 1.0})


def test_every_hard_type_can_be_named_in_plain_words() -> None:
    assert all(name and name == name.lower() for _, name in HARD.values())


@pytest.mark.parametrize(
    "sentence", ["Do not stretch it.", "The poster recommends ice.", "Hold on."]
)
def test_advice_is_known(sentence: str) -> None:
    assert advises(sentence)


@pytest.mark.parametrize("sentence", ["My calf hurts.", "It was cold.", ""])
def test_what_is_only_told_is_no_advice(sentence: str) -> None:
    assert not advises(sentence)
