"""What is asked and not covered: the like together, biggest first, nobody given away."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records.code import new_code
from assistant.records.gaps import MOST_EXAMPLES, Gap, Gaps, gaps_of
from assistant.records.kept import Ending, KeptTurn
from index.encode import Vectors
from tests.assistant.records.made_records import NOON, turn

SINCE = date(2026, 10, 27)
DAY = timedelta(days=1)
MATTERS = ("beetroot", "shoes", "altitude", "yoga")
CHATS = tuple(new_code().digest for _ in range(5))


def encode(texts: Sequence[str]) -> Vectors:
    """Alike are texts that name the same matter; each word of its own turns a text a little."""
    vectors = np.zeros((len(texts), 64), dtype=np.float32)
    for row, text in zip(vectors, texts, strict=True):
        for word in text.lower().split():
            at = MATTERS.index(word) if word in MATTERS else 4 + sum(map(ord, word)) % 60
            row[at] += 3.0 if word in MATTERS else 0.5
        row /= np.linalg.norm(row) or 1.0
    return vectors


def nearest(text: str, vector: Vectors) -> str:
    assert vector.shape == (64,)
    return f"On {next(one for one in MATTERS if one in text.lower())}"


def found(turns: Sequence[KeptTurn], least: int = 2) -> Gaps:
    return gaps_of(turns, SINCE, encode, nearest, least=least)


def asked(text: str, chat: int = 0, days: int = 0) -> KeptTurn:
    return turn(text, chat=CHATS[chat], asked_at=NOON - days * DAY)


def test_the_like_come_together_with_count_chats_days_words_and_nearest() -> None:
    gaps = found(
        [
            asked("does beetroot help", 0, 9),
            asked("is beetroot good", 1, 2),
            asked("Is beetroot good", 1, 1),
            asked("which shoes", 2),
        ]
    )
    assert (gaps.turns, gaps.untold, gaps.withheld) == (4, 0, 1)
    beetroot, shoes = gaps.found
    assert beetroot == Gap(
        asked=3,
        chats=2,
        first=(NOON - 9 * DAY).date(),
        last=(NOON - DAY).date(),
        nearest="On beetroot",
        examples=beetroot.examples,
    )
    assert set(beetroot.examples) == {"does beetroot help", "is beetroot good", "Is beetroot good"}
    assert (shoes.asked, shoes.nearest) == (1, "On shoes")


def test_of_an_answer_in_part_only_what_it_left_out_counts() -> None:
    partly = turn(
        "does salt help and is yoga good and which shoes",
        outcome=Ending.PARTLY,
        uncovered=("is yoga good", "which shoes"),
    )
    gaps = found([partly], least=1)
    assert {gap.examples for gap in gaps.found} == {("is yoga good",), ("which shoes",)}
    assert gaps.turns == 1


def test_what_too_few_chats_asked_is_shown_in_no_words_unless_wanted() -> None:
    turns = [asked("my own yoga story"), asked("my own yoga story"), asked("altitude", 1)]
    gaps = found(turns)
    assert [gap.examples for gap in gaps.found] == [(), ()]
    assert gaps.shown == ()
    assert gaps.withheld_near == (("On altitude", 1), ("On yoga", 1))
    everything = found(turns, least=1)
    assert [gap.examples for gap in everything.found] == [("my own yoga story",), ("altitude",)]
    assert everything.withheld == 0


def test_the_most_usual_words_stand_first_and_no_more_than_a_few() -> None:
    turns = [asked(f"yoga {'abcdefgh'[n]}", n % 3) for n in range(8)]
    turns += [asked("yoga h", n) for n in range(3)]
    [gap] = found(turns).found
    assert len(gap.examples) == MOST_EXAMPLES
    assert gap.examples[0] == "yoga h"


def test_a_matter_of_many_chats_comes_before_one_chat_that_insists() -> None:
    gaps = found([asked("yoga") for _ in range(9)] + [asked("shoes", n) for n in range(2)])
    assert [gap.chats for gap in gaps.found] == [2, 1]


def test_questions_without_text_are_counted_and_no_more() -> None:
    gaps = found([asked(""), asked(""), turn("", outcome=Ending.PARTLY)])
    assert (gaps.turns, gaps.untold, gaps.found) == (3, 3, ())


def test_where_nothing_was_asked_there_is_no_gap() -> None:
    assert found([]) == Gaps(SINCE, 0, 0, (), 2)


_askings = st.lists(
    st.builds(
        lambda matter, words, chat, days: asked(" ".join([*words, matter]), chat, days),
        st.sampled_from(MATTERS),
        st.lists(st.sampled_from("is are my old the Old good".split()), max_size=3),
        st.integers(0, 4),
        st.integers(0, 30),
    ),
    max_size=25,
)


@given(_askings, st.randoms())
def test_the_order_of_the_questions_changes_nothing_and_none_is_lost(
    turns: list[KeptTurn], order: random.Random
) -> None:
    gaps = found(turns)
    order.shuffle(turns)
    assert found(turns) == gaps
    assert sum(gap.asked for gap in gaps.found) == len(turns)
    assert all(bool(gap.examples) is (gap.chats >= 2) for gap in gaps.found)
    assert [gap.chats for gap in gaps.found] == sorted((g.chats for g in gaps.found), reverse=True)


def test_many_questions_are_compared_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = [asked(f"{MATTERS[n % 4]} {n % 7}", n % 5) for n in range(60)]
    whole = found(turns)
    monkeypatch.setattr("assistant.records.gaps._ROWS", 7)
    assert found(turns) == whole
