"""The same weights on ONNX Runtime give the same answers, without PyTorch, or say why not."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from corpus import Document
from index.choosing import EncoderChoice, encoder_to_ask, encoder_to_build
from index.encode import Encoder, spec_for
from index.encode_all import encode_all
from index.encoder_paths import EncoderPath
from index.encoders import SentenceTransformerEncoder
from index.errors import EncoderError
from index.onnx_encoder import OnnxEncoder, _batches
from index.onnx_files import kept_file
from index.probe import compare, proof_of
from index.weights import BUNDLED_DIGEST

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "dev.jsonl"
ODD = [
    "",
    " ",
    "a",
    "My CALF — naïve, 2×; ❄️ 小腿抽筋",
    "run " * 1000,
    "\n\tcramp\r\n",
    "$$ ## [PAD]",
]

needs_onnx = pytest.mark.skipif(
    not (find_spec("onnxruntime") and find_spec("onnx")),
    reason="ONNX Runtime is not installed: make install",
)
pytestmark = [needs_onnx, pytest.mark.slow]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoders")


@pytest.fixture(scope="module")
def onnx(kept: Path) -> OnnxEncoder:
    """Made as a build makes it, opened as a question opens it."""
    choice = EncoderChoice(kept, path="onnx")
    built = encoder_to_build(choice, None)
    asked = encoder_to_ask(EncoderChoice(kept), spec_for(built))
    assert isinstance(asked, OnnxEncoder)
    return asked


def golden_questions() -> list[str]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def sentences_of(shelf: tuple[Document, ...]) -> list[str]:
    return [
        document.text[each.start : each.end]
        for document in shelf
        for section in document.sections
        for each in section.sentences
    ]


def test_the_ten_best_for_every_golden_question_are_the_same_in_the_same_order(
    shelf: tuple[Document, ...], encoder: SentenceTransformerEncoder, onnx: OnnxEncoder
) -> None:
    sentences, questions = sentences_of(shelf), golden_questions()[:60]

    def order(chosen: Encoder) -> npt.NDArray[np.intp]:
        found = encode_all(questions, chosen) @ encode_all(sentences, chosen).T
        return np.argsort(-found, axis=1, kind="stable")[:, :10]

    assert len(questions) == 60
    assert np.array_equal(order(encoder), order(onnx))


def test_odd_texts_come_out_alike_too(
    encoder: SentenceTransformerEncoder, onnx: OnnxEncoder
) -> None:
    usual, now = encoder.encode(ODD), onnx.encode(ODD)
    assert now.dtype == np.float32
    assert np.einsum("nd,nd->n", usual, now).min() > 0.99999
    for text, vector in zip(ODD, now, strict=True):
        assert float(onnx.encode([text])[0] @ vector) == pytest.approx(1, abs=1e-5)
    assert onnx.encode([]).shape == (0, 384)


def test_word_pieces_are_counted_alike(
    encoder: SentenceTransformerEncoder, onnx: OnnxEncoder
) -> None:
    assert onnx.max_tokens == encoder.max_tokens == 254
    texts = [*ODD, *golden_questions()]
    assert list(map(onnx.count_tokens, texts)) == list(map(encoder.count_tokens, texts))


def test_threads_ask_and_build_side_by_side(onnx: OnnxEncoder) -> None:
    many = [f"calf number {n}" for n in range(12)]
    alone = onnx.encode(many)
    with ThreadPoolExecutor(4) as crowd:
        for found in crowd.map(onnx.encode, [many] * 4):
            assert np.allclose(found, alone, atol=1e-5)
        for one, row in zip(
            crowd.map(lambda text: onnx.encode([text])[0], many), alone, strict=True
        ):
            assert np.allclose(one, row, atol=1e-5)


WITHOUT_TORCH = """
import sys
from pathlib import Path
from index.choosing import EncoderChoice, encoder_to_ask
encoder = encoder_to_ask(EncoderChoice(Path(sys.argv[1]), path="onnx"), None)
encoder.encode(["calf"]), encoder.count_tokens("calf")
print(sorted({"torch", "sentence_transformers", "transformers", "onnx"} & sys.modules.keys()))
"""


def test_a_question_needs_no_pytorch(onnx: OnnxEncoder, kept: Path) -> None:
    seen = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, str(kept)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert onnx.path is EncoderPath.ONNX
    assert seen.stdout.strip() == "[]"


def test_onnx_runtime_leaves_no_id_of_the_machine_behind(
    onnx: OnnxEncoder, kept: Path, tmp_path: Path
) -> None:
    """Its makers hear of every session, unless it is told not to before it is loaded."""
    assert onnx.path is EncoderPath.ONNX
    told = {name: value for name, value in os.environ.items() if not name.startswith("ORT_")}
    subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, str(kept)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        env={**told, "HOME": str(tmp_path), "XDG_CACHE_HOME": "", "XDG_DATA_HOME": ""},
    )
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == []


def test_a_damaged_file_is_refused_and_the_next_build_makes_it_anew(
    onnx: OnnxEncoder, tmp_path: Path, kept: Path
) -> None:
    whole = kept_file(kept, BUNDLED_DIGEST, EncoderPath.ONNX)
    assert whole
    harmed = tmp_path / whole.name
    harmed.write_bytes(whole.read_bytes()[:-1])
    choice = EncoderChoice(tmp_path, path="onnx")
    with pytest.raises(EncoderError, match=r"damaged.*python -m assistant index"):
        encoder_to_ask(choice, None).encode(["calf"])
    mended = encoder_to_build(choice, spec_for(onnx))
    assert np.allclose(mended.encode(["calf"]), onnx.encode(["calf"]), atol=1e-5)


def test_weights_of_8_bits_do_not_pass_the_proof(
    shelf: tuple[Document, ...], encoder: SentenceTransformerEncoder, kept: Path
) -> None:
    small = encoder_to_build(EncoderChoice(kept, path="onnx-int8"), None)
    proof = proof_of(shelf)
    texts, questions = proof.texts[:40], proof.questions[:4]
    base, other = ((e.encode(texts), e.encode(questions)) for e in (encoder, small))
    found = compare(base, other, np.array(proof.answers[:4]))
    assert 0.8 < found.least_cosine < 0.9999
    assert not found.is_unchanged


def test_batches_hold_every_text_once_and_stay_within_bounds() -> None:
    lengths = [256] * 3 + [60] * 5 + [3] * 100 + [20]
    batches = list(_batches(lengths))
    assert sorted(place for batch in batches for place in batch) == list(range(109))
    assert max(len(batch) for batch in batches) == 32
    together = [batch for batch in batches if len(batch) > 1]
    assert max(len(batch) * lengths[batch[0]] for batch in together) <= 128
