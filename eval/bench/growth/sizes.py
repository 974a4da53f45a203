"""Sizes as people write them: 1k, 100k, 1M."""

import re

_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}
_LARGEST = 20_000_000


def parse_sizes(text: str) -> tuple[int, ...]:
    """Different sizes, ascending, from "1k,10k,1M"; none from "none".

    Raises:
        ValueError: something in it is no size.
    """
    if text.strip().lower() == "none":
        return ()
    return tuple(sorted({_parse(each.strip()) for each in text.split(",")}))


def short_size(size: float) -> str:
    """1k for 1,000, 1M for 1,000,000; smaller ones as they are."""
    for factor, letter in ((1_000_000, "M"), (1_000, "k")):
        if size >= factor:
            return f"{size / factor:g}{letter}"
    return f"{size:g}"


def _parse(text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,8})([kKmM]?)", text)
    size = int(found[1]) * _FACTORS[found[2].lower()] if found else 0
    if not 100 <= size <= _LARGEST:
        raise ValueError(f"{text!r} is no size from 100 to 20M; write 1k, 100k or 1M")
    return size
