"""The real encoder: the right weights or none, loaded once and late, never from the network."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encode import spec_for
from index.encoder_paths import EncoderPath
from index.encoders import SentenceTransformerEncoder
from index.errors import EncoderError
from index.weights import (
    BUNDLED_DIGEST,
    bundled_folder,
    refuse_foreign_code,
    stated_dimension,
    weights_digest,
)


def test_the_bundled_weights_are_the_ones_we_tested() -> None:
    assert weights_digest(bundled_folder()) == BUNDLED_DIGEST


def test_an_encoder_is_known_before_it_is_loaded() -> None:
    encoder = SentenceTransformerEncoder()
    assert (encoder.name, encoder.digest, encoder.dimension) == (
        "all-MiniLM-L6-v2",
        BUNDLED_DIGEST,
        384,
    )


LIGHT = """
import sys
import index, index.build, index.choosing, index.chunk, index.encoders, index.opening
import index.shelf_index
encoder = index.encoders.SentenceTransformerEncoder()
encoder.name, encoder.digest, encoder.dimension
heavy = {"torch", "sentence_transformers", "transformers", "llama_index", "huggingface_hub"}
heavy |= {"onnx", "onnxruntime", "tokenizers"}
print(sorted(heavy & sys.modules.keys()))
"""


def test_importing_every_room_of_the_index_wakes_no_heavy_library() -> None:
    root = Path(__file__).parents[2]
    seen = subprocess.run(
        [sys.executable, "-c", LIGHT], check=True, cwd=root, capture_output=True, text=True
    )
    assert seen.stdout.strip() == "[]"


def test_the_door_of_the_index_wakes_not_even_the_light_ones() -> None:
    root = Path(__file__).parents[2]
    code = "import index, sys; print(sorted({'faiss', 'bm25s', 'numpy'} & sys.modules.keys()))"
    seen = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=root, capture_output=True, text=True
    )
    assert seen.stdout.strip() == "[]"


@pytest.mark.slow
def test_vectors_have_length_one_and_stand_in_order(encoder: SentenceTransformerEncoder) -> None:
    texts = ["calf cramp", "a much longer text about an ankle that creaks on hills", "ice"]
    vectors = encoder.encode(texts)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1, 1], abs=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert float(encoder.encode([text])[0] @ vector) == pytest.approx(1, abs=1e-4)


@pytest.mark.slow
def test_in_16_bits_vectors_are_nearly_the_same_and_still_of_length_one(
    encoder: SentenceTransformerEncoder,
) -> None:
    texts = ["calf cramp", "an ankle that creaks on hills"]
    half = SentenceTransformerEncoder(path=EncoderPath.BF16)
    assert spec_for(half) != spec_for(encoder)
    vectors = half.encode(texts)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1], abs=1e-6)
    cosines = np.einsum("nd,nd->n", vectors, encoder.encode(texts))
    assert 0.999 < cosines.min() < 1


@pytest.mark.slow
def test_no_texts_give_no_vectors(encoder: SentenceTransformerEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


@pytest.mark.slow
def test_what_is_close_in_meaning_is_close_in_angle(encoder: SentenceTransformerEncoder) -> None:
    asked, near, far = encoder.encode(
        ["my calf seized up on a run", "a leg cramp while jogging", "the price of tea"]
    )
    assert asked @ near > asked @ far + 0.3


@pytest.mark.slow
def test_word_pieces_are_counted_past_what_is_read(encoder: SentenceTransformerEncoder) -> None:
    assert encoder.count_tokens("") == 0
    assert encoder.count_tokens("calf cramp") == 3
    assert encoder.count_tokens("run " * 1000) == 1000
    full, over = encoder.encode(["run " * 254, "run " * 254 + "ankle"])
    assert np.array_equal(full, over), "254 pieces are all that is read"


@pytest.mark.slow
def test_a_query_longer_than_is_read_is_no_error(encoder: SentenceTransformerEncoder) -> None:
    assert encoder.encode(["my calf hurts " * 400]).shape == (1, 384)


@pytest.mark.slow
def test_threads_that_ask_at_once_share_one_model() -> None:
    encoder = SentenceTransformerEncoder()
    with ThreadPoolExecutor(8) as crowd:
        models = list(crowd.map(lambda _: id(encoder.load()), range(8)))
    assert len(set(models)) == 1


@pytest.mark.slow
def test_threads_encode_and_count_side_by_side(encoder: SentenceTransformerEncoder) -> None:
    texts = ["calf " * length for length in range(1, 400, 20)]
    alone = [(encoder.encode([text])[0], encoder.count_tokens(text)) for text in texts]
    with ThreadPoolExecutor(8) as crowd:
        vectors = crowd.map(lambda text: encoder.encode([text])[0], texts)
        counts = crowd.map(encoder.count_tokens, texts)
    for (vector, count), other, again in zip(alone, vectors, counts, strict=True):
        assert np.allclose(vector, other, atol=1e-5)
        assert count == again


@pytest.mark.slow
def test_a_folder_can_be_named_instead(tmp_path: Path, encoder: SentenceTransformerEncoder) -> None:
    copy = shutil.copytree(bundled_folder(), tmp_path / "my-encoder")
    own = SentenceTransformerEncoder(str(copy))
    assert (own.name, own.digest) == ("my-encoder", BUNDLED_DIGEST)
    assert np.allclose(own.encode(["calf"]), encoder.encode(["calf"]))


def damaged_copy(tmp_path: Path) -> Path:
    copy = shutil.copytree(bundled_folder(), tmp_path / "model")
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    return copy


@pytest.mark.slow
def test_bundled_weights_with_one_flipped_bit_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = damaged_copy(tmp_path)
    monkeypatch.setattr("index.encoders.bundled_folder", lambda: copy)
    encoder = SentenceTransformerEncoder()
    for _again in range(2):  # nothing of the first try was kept
        with pytest.raises(EncoderError, match="damaged"):
            encoder.encode(["calf"])


def test_an_encoder_that_is_nowhere_is_an_error_and_not_a_download() -> None:
    encoder = SentenceTransformerEncoder("nobody/no-such-encoder")
    wanted = r"allow_download = true under \[encoder\].*python -m assistant index"
    with pytest.raises(EncoderError, match=wanted):
        _ = encoder.digest


def test_a_failed_download_is_not_answered_with_the_advice_to_download() -> None:
    encoder = SentenceTransformerEncoder("not a name!", allow_download=True)
    with pytest.raises(EncoderError, match="Fetching it failed") as caught:
        _ = encoder.digest
    assert "allow_download" not in str(caught.value)


def test_a_name_that_is_none_is_an_error() -> None:
    with pytest.raises(EncoderError, match="neither a folder nor downloaded"):
        _ = SentenceTransformerEncoder("not a name!").digest


def test_a_missing_bundle_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.weights.find_spec", lambda _: None)
    with pytest.raises(EncoderError, match="make install"):
        bundled_folder()


def test_weights_that_could_run_code_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(EncoderError, match="safetensors"):
        weights_digest(tmp_path)


def test_a_folder_that_brings_its_own_code_is_refused(tmp_path: Path) -> None:
    modules = [{"idx": 0, "path": "", "type": "own_code.Module"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(EncoderError, match=r"own_code\.Module"):
        refuse_foreign_code(tmp_path)
    refuse_foreign_code(bundled_folder())


def test_several_weight_files_have_one_digest_that_notices_each(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.safetensors").write_text(name)
    before = weights_digest(tmp_path)
    (tmp_path / "two.safetensors").write_text("other")
    assert weights_digest(tmp_path) != before


def test_a_dimension_that_a_later_layer_changes_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text('{"word_embedding_dimension": 384}')
    assert stated_dimension(tmp_path) == 384
    (tmp_path / "2_Dense").mkdir()
    assert stated_dimension(tmp_path) is None


def test_unreadable_settings_of_an_encoder_are_named(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("{")
    with pytest.raises(EncoderError, match=r"modules\.json"):
        refuse_foreign_code(tmp_path)
