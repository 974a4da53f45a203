"""A path is taken for being faster only where it is proved to leave every answer as it was."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus import Document
from index.encode import Encoder, Vectors
from index.encoder_paths import EncoderPath
from index.errors import EncoderError
from index.probe import (
    Agreement,
    ProbeResult,
    Proof,
    Speed,
    Tried,
    compare,
    described,
    probe,
    proof_of,
)
from tests.index.fake_encoder import FakeEncoder

FP32, BF16, ONNX, INT8 = EncoderPath
LEGS = ("calf", "shin", "heel", "toe", "knee", "sole", "arch", "ankle", "hip", "thigh", "foot")
DOES = ("hurts", "cramps", "swells", "tingles", "burns", "aches")
TEXTS = tuple(f"the {leg} {does} on a run" for leg in LEGS for does in DOES)
PROOF = Proof(TEXTS, tuple(f"my {text}" for text in TEXTS[::5]), tuple(range(0, len(TEXTS), 5)))


class Watch:
    """A clock that goes only as far as an encoder says its work took."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Timed(FakeEncoder):
    """Costs so many seconds a text, and may be off by so much."""

    def __init__(self, watch: Watch, seconds: float, off: float = 0.0) -> None:
        super().__init__()
        self._watch, self._seconds, self._off = watch, seconds, off

    def encode(self, texts: Sequence[str]) -> Vectors:
        self._watch.now += self._seconds * len(texts)
        exact = super().encode(texts)
        noise = np.random.default_rng(len(texts)).normal(size=exact.shape)
        made = exact + self._off * noise
        normalised: Vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(
            np.float32
        )
        return normalised


def probed(watch: Watch, **encoders: Encoder) -> ProbeResult:
    def opened(path: EncoderPath) -> Encoder:
        if path.name not in encoders:
            raise EncoderError(f"no {path} here")
        return encoders[path.name]

    return probe(opened, PROOF, clock=watch)


def test_the_fastest_of_those_that_agree_is_chosen() -> None:
    watch = Watch()
    found = probed(
        watch, FP32=Timed(watch, 0.010), ONNX=Timed(watch, 0.004), BF16=Timed(watch, 0.005)
    )
    assert found.chosen is ONNX
    speeds = {each.path: each.speed for each in found.tried if each.speed}
    assert speeds[FP32].bulk == pytest.approx(100)
    assert speeds[FP32].query == pytest.approx(100)
    assert found.gain(found.tried[2]) == pytest.approx(2.5)


def test_one_that_gives_other_answers_is_not_chosen_however_fast_it_is() -> None:
    watch = Watch()
    found = probed(watch, FP32=Timed(watch, 0.010), ONNX_INT8=Timed(watch, 0.001, off=0.1))
    [refused] = [each for each in found.tried if each.path is INT8]
    assert found.chosen is FP32
    assert refused.agreement
    assert not refused.agreement.is_unchanged
    assert refused.agreement.least_cosine < 0.99


def test_a_gain_that_is_hardly_one_is_left() -> None:
    watch = Watch()
    found = probed(watch, FP32=Timed(watch, 0.0100), ONNX=Timed(watch, 0.0098))
    assert found.chosen is FP32


def test_a_path_that_cannot_run_is_listed_with_the_reason() -> None:
    watch = Watch()
    found = probed(watch, FP32=Timed(watch, 0.01), ONNX=Timed(watch, 0.01))
    assert [each.path for each in found.tried] == list(EncoderPath)
    assert {each.path: each.why_not for each in found.tried if each.why_not} == {
        BF16: "no bf16 here",
        INT8: "no onnx-int8 here",
    }


def test_a_line_says_of_each_path_what_became_of_it() -> None:
    watch = Watch()
    found = probed(
        watch,
        FP32=Timed(watch, 0.010),
        ONNX=Timed(watch, 0.005),
        ONNX_INT8=Timed(watch, 0.001, 0.1),
    )
    fp32, bf16, onnx, int8 = described(found)
    assert fp32.startswith("fp32: 100 texts/s in bulk, 100 questions/s, 1.00 times fp32")
    assert bf16 == "bf16: no bf16 here"
    assert onnx.startswith("onnx (chosen): 200 texts/s")
    assert "2.00 times fp32; quality unchanged (least cosine 1.000000, recall@10 1.0000" in onnx
    assert "10.00 times fp32; other answers" in int8
    assert described(probed(watch, FP32=FakeEncoder()))[0].endswith("only one here, not measured")


def test_where_there_is_one_path_nothing_is_measured() -> None:
    watch = Watch()
    only = Timed(watch, 0.01)
    found = probed(watch, FP32=only)
    assert found.chosen is FP32
    assert only.encoded == []


def test_an_encoder_that_does_not_run_at_all_is_an_error() -> None:
    with pytest.raises(EncoderError, match="no fp32 here"):
        probed(Watch(), ONNX=FakeEncoder())


GOOD = Agreement(least_cosine=0.99995, kept=1.0, ndcg=0.5, ndcg_fp32=0.5)


@pytest.mark.parametrize(
    "spoilt",
    [{"least_cosine": 0.9998}, {"kept": 0.998}, {"ndcg": 0.4985}, {"ndcg": 0.5015}],
    ids=["vectors", "order", "worse", "better"],
)
def test_each_bound_counts_alone(spoilt: dict[str, float]) -> None:
    assert GOOD.is_unchanged
    assert not replace(GOOD, **spoilt).is_unchanged


UNITS = arrays(np.float32, (12, 6), elements=st.floats(0.125, 1, width=32)).map(
    lambda rows: rows / np.linalg.norm(rows, axis=1, keepdims=True)
)


@given(UNITS, UNITS)
def test_whatever_is_the_same_is_unchanged(texts: Vectors, questions: Vectors) -> None:
    found = compare((texts, questions), (texts, questions), np.arange(12))
    assert found.is_unchanged
    assert found.kept == 1.0
    assert 0.0 <= found.ndcg <= 1.0


def test_ndcg_is_worked_out_as_on_paper() -> None:
    texts = np.eye(12, dtype=np.float32)
    question = np.linspace(1, 0.1, 12, dtype=np.float32)[None, :]  # nearest to the first text
    for place, worth in [(0, 1.0), (1, 1 / np.log2(3)), (9, 1 / np.log2(11)), (10, 0.0)]:
        found = compare((texts, question), (texts, question), np.array([place]))
        assert found.ndcg == pytest.approx(worth)


def test_a_path_that_turns_the_order_round_keeps_less() -> None:
    texts = np.eye(20, dtype=np.float32)
    question = np.linspace(1, 0.1, 20, dtype=np.float32)[None, :]
    turned = np.ascontiguousarray(question[:, ::-1])
    found = compare((texts, question), (texts, turned), np.array([0]))
    assert (found.kept, found.ndcg, found.ndcg_fp32) == (0.0, 0.0, 1.0)


def test_nothing_is_proved_by_a_gain_without_agreement() -> None:
    fast = Tried(ONNX, speed=Speed(900, 900))
    assert ProbeResult((Tried(FP32, speed=Speed(1, 1)), fast)).chosen is FP32


def test_the_shelf_proves_with_questions_of_its_own(shelf: tuple[Document, ...]) -> None:
    proof = proof_of(shelf)
    assert len(proof.questions) > 100
    asked = {
        document.text[each.start : each.end]: each.asked
        for document in shelf
        for section in document.sections
        for each in section.sentences
    }
    for question, place in zip(proof.questions, proof.answers, strict=True):
        assert question in asked[proof.texts[place]]


def test_documents_without_known_questions_prove_nothing(shelf: tuple[Document, ...]) -> None:
    with pytest.raises(ValueError, match="cannot be proved"):
        proof_of(())
