"""The ways an encoder can run on a processor, and which of them this machine has."""

from collections.abc import Callable
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from index.errors import REBUILD, EncoderError

AUTO = "auto"
"""Setting that means: whatever a measured probe finds fastest at unchanged quality."""

_CPU = Path("/proc/cpuinfo")
_WAY_OUT = f'Or set path = "auto" under [encoder] in the settings. {REBUILD}'


class EncoderPath(StrEnum):
    """How the same weights are run. Each gives vectors of its own: an index keeps to one."""

    FP32 = "fp32"
    """PyTorch, 32 bits: what the others are compared with. Runs everywhere."""
    BF16 = "bf16"
    """PyTorch, 16 bits: fast on processors with AMX, very slow on others."""
    ONNX = "onnx"
    """ONNX Runtime, 32 bits."""
    ONNX_INT8 = "onnx-int8"
    """ONNX Runtime, weights of 8 bits."""

    @property
    def is_onnx(self) -> bool:
        """Whether ONNX Runtime runs it, from a file that is made when an index is built."""
        return self in (EncoderPath.ONNX, EncoderPath.ONNX_INT8)


def cpu_flags(described: Path = _CPU) -> frozenset[str]:
    """What the processor says it can do, in the words of Linux; empty where that is not told."""
    try:
        lines = described.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    stated = (line.partition(":")[2] for line in lines if line.startswith("flags"))
    return frozenset(next(stated, "").split())


def _is_installed(library: str) -> bool:
    return find_spec(library) is not None  # finds without importing


def why_not(
    path: EncoderPath,
    *,
    flags: Callable[[], frozenset[str]] = cpu_flags,
    is_installed: Callable[[str], bool] = _is_installed,
) -> str:
    """Why this machine cannot run a path, and what to do about it; "" if it can.

    Imports nothing.
    """
    if path is EncoderPath.BF16 and "amx_bf16" not in flags():
        return "this processor has no AMX, so that 16 bits would be slower than 32"
    if path.is_onnx and not is_installed("onnxruntime"):
        return "ONNX Runtime is not installed; run: make install"
    return ""


def known_path(name: str) -> EncoderPath:
    """The path of this name. Raises EncoderError for a name that is none."""
    try:
        return EncoderPath(name)
    except ValueError:
        names = ", ".join([AUTO, *EncoderPath])
        raise EncoderError(
            f"There is no encoder path {name!r}: there are {names}. Set one of them as `path`"
            f" under [encoder] in the settings. {REBUILD}"
        ) from None


def refuse_path(path: EncoderPath, reason: str) -> EncoderError:
    """The error that says why an index or a setting asks for something that cannot be."""
    return EncoderError(
        f'The encoder path "{path}" is not to be had on this machine: {reason}. {_WAY_OUT}'
    )
