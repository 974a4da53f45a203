"""An index keeps to the path it was made on; where that is not to be had, a message says so."""

from pathlib import Path

import pytest

from index.choosing import EncoderChoice, encoder_to_ask, encoder_to_build, probe_paths
from index.encode import spec_for
from index.encoder_paths import EncoderPath
from index.encoders import SentenceTransformerEncoder
from index.errors import EncoderError
from index.onnx_encoder import OnnxEncoder
from index.onnx_files import keep
from index.spec import IndexSpec
from index.weights import BUNDLED_DIGEST

FP32, BF16, ONNX, _ = EncoderPath


def everywhere(_path: EncoderPath) -> str:
    return ""


def only_fp32(path: EncoderPath) -> str:
    return "" if path is FP32 else f"no {path} here"


def made_on(path: str) -> IndexSpec:
    return spec_for(SentenceTransformerEncoder()).model_copy(update={"path": path})


def test_a_question_goes_the_way_the_index_was_made(tmp_path: Path) -> None:
    choice = EncoderChoice(tmp_path, available=everywhere)
    assert encoder_to_ask(choice, None).path is FP32
    assert encoder_to_ask(choice, made_on("bf16")).path is BF16
    keep(tmp_path, BUNDLED_DIGEST, ONNX, b"model")
    asked = encoder_to_ask(choice, made_on("onnx"))
    assert isinstance(asked, OnnxEncoder)
    assert spec_for(asked) == made_on("onnx")


def test_a_path_in_the_settings_is_taken_so_that_opening_sees_the_difference(
    tmp_path: Path,
) -> None:
    choice = EncoderChoice(tmp_path, path="fp32", available=everywhere)
    assert spec_for(encoder_to_ask(choice, made_on("bf16"))) != made_on("bf16")


def test_an_index_from_a_machine_with_more_is_refused_with_the_command(tmp_path: Path) -> None:
    choice = EncoderChoice(tmp_path, available=only_fp32)
    with pytest.raises(EncoderError, match=r'"bf16".*no bf16 here.*python -m assistant index'):
        encoder_to_ask(choice, made_on("bf16"))


def test_an_index_without_its_encoders_file_is_refused_with_the_command(tmp_path: Path) -> None:
    choice = EncoderChoice(tmp_path, available=everywhere)
    with pytest.raises(EncoderError, match=r"not beside the index.*python -m assistant index"):
        encoder_to_ask(choice, made_on("onnx"))
    assert list(tmp_path.iterdir()) == [], "asking never writes"


def test_a_path_of_a_later_version_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no encoder path 'fp8'"):
        encoder_to_ask(EncoderChoice(tmp_path), made_on("fp8"))


def test_a_build_stays_on_the_path_of_the_index(tmp_path: Path) -> None:
    told: list[EncoderPath] = []
    choice = EncoderChoice(tmp_path, available=everywhere)
    built = encoder_to_build(choice, made_on("bf16"), told=told.append)
    assert built.path is BF16
    assert told == [], "nothing was probed"


def test_a_build_leaves_a_path_that_this_machine_has_not(tmp_path: Path) -> None:
    choice = EncoderChoice(tmp_path, available=only_fp32)
    for gone in ("bf16", "onnx", "fp8"):
        assert encoder_to_build(choice, made_on(gone)).path is FP32


def test_a_build_of_other_weights_chooses_anew(tmp_path: Path) -> None:
    other = made_on("bf16").model_copy(update={"encoder_digest": "0" * 64})
    choice = EncoderChoice(tmp_path, available=only_fp32)
    assert encoder_to_build(choice, other).path is FP32
    assert encoder_to_build(choice, made_on("fp32"), afresh=True).path is FP32


def test_a_build_on_a_path_that_is_asked_for_and_not_there_is_an_error(tmp_path: Path) -> None:
    choice = EncoderChoice(tmp_path, path="onnx", available=only_fp32)
    with pytest.raises(EncoderError, match=r'no onnx here.*path = "auto"'):
        encoder_to_build(choice, None)


def test_where_only_32_bits_run_the_probe_says_why_and_loads_nothing(tmp_path: Path) -> None:
    found = probe_paths(EncoderChoice(tmp_path, available=only_fp32))
    assert found.chosen is FP32
    assert [each.why_not for each in found.tried] == [
        "",
        "no bf16 here",
        "no onnx here",
        "no onnx-int8 here",
    ]
    assert list(tmp_path.iterdir()) == []
