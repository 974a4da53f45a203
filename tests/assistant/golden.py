"""The golden questions that tests may look at. Judging them: eval/golden.py."""

from collections.abc import Iterator

from eval.golden import (
    DEV,
    Claims,
    Golden,
    citations_of,
    fault,
    forbidden,
    path_of,
    quoted,
    read_golden,
)

__all__ = [
    "Claims",
    "Golden",
    "citations_of",
    "dev_questions",
    "fault",
    "forbidden",
    "quoted",
]


def dev_questions() -> Iterator[Golden]:
    """The golden questions that may be looked at."""
    for name in DEV:
        yield from read_golden(path_of(name))
