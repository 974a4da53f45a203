"""Many texts are encoded in an order and in portions that nobody can tell from the outcome."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encode import Vectors
from index.encode_all import encode_all
from tests.index.fake_encoder import FakeEncoder

WORDS = st.lists(st.sampled_from(["calf", "cramp", "a", "gastrocnemius", ""]), max_size=6)
TEXTS = st.lists(WORDS.map(" ".join), max_size=40)


class Counting(FakeEncoder):
    """Remembers what it was given at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        return super().encode(texts)


@given(TEXTS)
def test_every_text_gets_its_own_vector_in_its_own_place(texts: list[str]) -> None:
    assert np.array_equal(encode_all(texts, FakeEncoder()), FakeEncoder().encode(texts))


@given(TEXTS)
def test_the_longest_come_first_and_none_twice(texts: list[str]) -> None:
    encoder = FakeEncoder()
    encode_all(texts, encoder)
    lengths = [len(text) for text in encoder.encoded]
    assert all(one >= two for one, two in pairwise(lengths))
    assert sorted(encoder.encoded) == sorted(set(texts))


def test_nothing_to_encode_wakes_nobody() -> None:
    encoder = Counting()
    assert encode_all([], encoder).shape == (0, encoder.dimension)
    assert encoder.calls == []


def test_slices_are_bounded_in_texts_and_in_characters() -> None:
    encoder = Counting()
    encode_all(
        [f"calf {n}" for n in range(1200)] + ["x" * 20_000, "y" * 20_000, "z" * 90_000], encoder
    )
    assert max(map(len, encoder.calls)) == 512
    long = [call for call in encoder.calls if len("".join(call)) > 32_000]
    assert [len(call) for call in long] == [1], "only a text that is alone may be longer"


@given(TEXTS)
def test_progress_only_grows_and_ends_with_all(texts: list[str]) -> None:
    told: list[tuple[int, int]] = []
    encode_all(texts, FakeEncoder(), lambda done, of: told.append((done, of)))
    assert [of for _, of in told] == [len(texts)] * len(told)
    assert all(one < two for (one, _), (two, _) in pairwise(told))
    assert not texts or told[-1] == (len(texts), len(texts))


def test_ctrl_c_is_heard_between_two_slices() -> None:
    encoder = Counting()

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encode_all([f"calf {n}" for n in range(2000)], encoder, stop)
    assert len(encoder.calls) == 1
