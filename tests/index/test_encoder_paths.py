"""Which paths of the encoder a machine has is told without trying them, and in plain words."""

from pathlib import Path
from typing import get_args

import pytest

from assistant.settings import EncoderSettings
from index.encoder_paths import AUTO, EncoderPath, cpu_flags, known_path, why_not
from index.errors import EncoderError

XEON = (
    "processor\t: 0\nflags\t\t: fpu avx512f amx_bf16 amx_tile\n\nprocessor\t: 1\nflags\t\t: fpu\n"
)


def test_the_settings_know_every_path_and_no_other() -> None:
    offered = get_args(EncoderSettings.model_fields["path"].annotation)
    assert set(offered) == {AUTO, *EncoderPath}


def test_what_a_processor_can_do_is_read_from_its_own_words(tmp_path: Path) -> None:
    described = tmp_path / "cpuinfo"
    described.write_text(XEON)
    assert cpu_flags(described) == {"fpu", "avx512f", "amx_bf16", "amx_tile"}
    described.write_text("CPU implementer : 0x41\n")
    assert cpu_flags(described) == frozenset()
    assert cpu_flags(tmp_path / "nowhere") == frozenset()


def test_32_bits_run_everywhere() -> None:
    assert why_not(EncoderPath.FP32, flags=frozenset, is_installed=lambda _: False) == ""


def test_16_bits_want_amx() -> None:
    with_amx = frozenset({"amx_bf16"})
    assert why_not(EncoderPath.BF16, flags=lambda: with_amx) == ""
    assert "no AMX" in why_not(EncoderPath.BF16, flags=frozenset)


@pytest.mark.parametrize("path", [EncoderPath.ONNX, EncoderPath.ONNX_INT8])
def test_onnx_runtime_is_wanted_by_its_paths_with_the_command_that_brings_it(
    path: EncoderPath,
) -> None:
    assert why_not(path, is_installed=lambda name: name == "onnxruntime") == ""
    assert "make install" in why_not(path, is_installed=lambda _: False)


def test_a_path_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(EncoderError, match=r"auto, fp32, bf16, onnx, onnx-int8.*assistant index"):
        known_path("gpu")
