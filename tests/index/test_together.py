"""Questions that come at the same moment are encoded together, and each gets its own vectors."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encode import Vectors
from index.together import MOST, Together


def told(texts: Sequence[str]) -> Vectors:
    """A vector a text that tells it from every other of its length and first letter."""
    rows = [[len(text), ord(text[0]) if text else 0] for text in texts]
    return np.array(rows, dtype=np.float32).reshape(len(texts), 2)


@dataclass
class Held:
    """The first batch waits until it is let go; all are written down."""

    batches: list[list[str]] = field(default_factory=list)
    begun: Event = field(default_factory=Event)
    letting: Event = field(default_factory=Event)
    breaks: str = ""

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.begun.set()
        assert self.letting.wait(30)
        if self.breaks in texts:
            raise OSError(self.breaks)
        return told(texts)


def waiting(together: Together, count: int) -> None:
    """Until so many stand in line."""
    while len(together._waiting) < count:
        pass


@given(st.lists(st.lists(st.text(min_size=1, max_size=5), max_size=3), max_size=6))
def test_one_after_the_other_it_is_as_if_nobody_else_were_there(orders: list[list[str]]) -> None:
    together = Together(told)
    for texts in orders:
        assert np.array_equal(together(texts), told(texts))


@given(st.lists(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=3), min_size=2))
def test_side_by_side_everybody_gets_their_own(orders: list[list[str]]) -> None:
    together = Together(told)
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(together, orders))
    assert all(np.array_equal(got, told(texts)) for got, texts in zip(found, orders, strict=True))


def test_who_comes_while_a_batch_is_encoded_is_in_the_next_one_with_all_others() -> None:
    held = Held()
    together = Together(held)
    with ThreadPoolExecutor(6) as crowd:
        first = crowd.submit(together, ["a"])
        assert held.begun.wait(30)
        others = [crowd.submit(together, [letter, letter * 2]) for letter in "bcdef"]
        waiting(together, 5)
        held.letting.set()
        assert np.array_equal(first.result(), told(["a"]))
        for letter, other in zip("bcdef", others, strict=True):
            assert np.array_equal(other.result(), told([letter, letter * 2]))
    assert [len(batch) for batch in held.batches] == [1, 10]


def test_a_batch_has_an_end() -> None:
    held = Held()
    together = Together(held)
    with ThreadPoolExecutor(41) as crowd:
        crowd.submit(together, ["a"])
        assert held.begun.wait(30)
        others = [crowd.submit(together, [str(n)]) for n in range(40)]
        waiting(together, 40)
        held.letting.set()
        assert [float(other.result()[0, 0]) for other in others] == [len(str(n)) for n in range(40)]
    assert [len(batch) for batch in held.batches] == [1, MOST, 40 - MOST]


def test_a_failure_is_everybodys_in_the_batch_and_nobody_elses() -> None:
    held = Held(breaks="b")
    together = Together(held)
    with ThreadPoolExecutor(3) as crowd:
        first = crowd.submit(together, ["a"])
        assert held.begun.wait(30)
        broken = [crowd.submit(together, [letter]) for letter in "bc"]
        waiting(together, 2)
        held.letting.set()
        assert np.array_equal(first.result(), told(["a"]))
        for each in broken:
            with pytest.raises(OSError, match="b"):
                each.result()
    held.breaks = "nobody"
    assert np.array_equal(together(["d"]), told(["d"]))
