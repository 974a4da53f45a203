"""The made-up encoder gives every text a vector of its own, at once and always the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.bench.made_encoder import MadeEncoder
from index.encode import spec_for


@pytest.fixture(scope="module")
def encoder() -> MadeEncoder:
    return MadeEncoder()


@settings(max_examples=50)
@given(texts=st.lists(st.text(max_size=80), min_size=1, max_size=6))
def test_every_text_has_a_vector_of_length_one(encoder: MadeEncoder, texts: list[str]) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_has_the_same_bits_whatever_stands_beside_it(encoder: MadeEncoder) -> None:
    text = "Stretching a tight calf helps some runners."
    alone = encoder.encode([text])[0]
    among = encoder.encode(["another text", text, *["filler words here"] * 3000])[1]
    assert alone.tobytes() == among.tobytes()


def test_no_text_is_no_vector(encoder: MadeEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_texts_of_like_meaning_are_closer_than_others(encoder: MadeEncoder) -> None:
    one, like, other = encoder.encode(
        ["a painful cramp in the calf", "calf pain and cramping", "invoices of the committee"]
    )
    assert one @ like > 0.3 > one @ other


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("calf", 1),
        ("a calf, a cramp.", 7),
        ("gastrocnemius", 5),
        ("don't stretch!", 5),
        ("Mile 8: 30-second", 6),
        ("", 0),
        ("\u4f60\u597d", 2),
    ],
)
def test_word_pieces_are_counted_as_the_real_tokenizer_counts(
    encoder: MadeEncoder, text: str, pieces: int
) -> None:
    assert encoder.count_tokens(text) == pieces


def test_it_is_never_taken_for_the_real_encoder(encoder: MadeEncoder) -> None:
    spec = spec_for(encoder)
    assert spec.encoder == "made-static-minilm"
    assert len(spec.encoder_digest) == 64


def test_words_without_end_are_not_remembered_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eval.bench.made_encoder._REMEMBERED", 10)
    small = MadeEncoder()
    counted = [small.count_tokens(f"word{n}") for n in range(50)]
    assert counted == [small.count_tokens(f"word{n}") for n in range(50)]
    assert len(small._known) <= 10
