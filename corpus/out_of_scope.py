"""Questions that the bundled texts do not answer, as people put them.

Likeness to an answer cannot tell "how much magnesium" from "does magnesium help": both are about
magnesium. Likeness to known questions of either sort can (out-of-scope detection, Larson et al.
2019, arXiv 1909.02027). Each was checked against every sentence of the bundled texts, so it says
nothing of documents that an operator adds.
"""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from corpus.datafile import DataModel, Line, read_data
from corpus.errors import InvalidCatalogError
from corpus.loader import SHELF

OUT_OF_SCOPE_NAME = "out_of_scope.toml"


class _Questions(DataModel):
    questions: Annotated[tuple[Line, ...], Field(min_length=1)]


class _File(DataModel):
    """By how near they are to what the texts are about."""

    near: _Questions
    running: _Questions
    other: _Questions


def load_out_of_scope(root: Path | None = None) -> tuple[str, ...]:
    """Every such question of the shelf in `root` (default: the bundled one); none without a file.

    Raises:
        InvalidCatalogError: the file does not validate, or asks something twice.
    """
    path = (SHELF if root is None else root) / OUT_OF_SCOPE_NAME
    if not path.exists():
        return ()
    read = read_data(path, _File)
    found = (*read.near.questions, *read.running.questions, *read.other.questions)
    if len(set(found)) < len(found):
        twice = next(each for each in found if found.count(each) > 1)
        raise InvalidCatalogError(f'{path.name} holds "{twice}" twice. Keep one.')
    return found
