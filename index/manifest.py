"""The label of an index on disk. Replacing it is the only step that changes what readers see.

<artifacts root>/manifest.json        which segments there are and which documents count in each
<artifacts root>/segments/<name>/     documents, vectors and words (index/segment_files.py)
<artifacts root>/questions/<name>/    the out-of-scope questions and their vectors
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.engine import Label
from index.errors import REBUILD, DamagedIndexError, StaleIndexError
from index.segment_files import SegmentLabel
from index.spec import FORMAT_VERSION, IndexSpec, Sha256

MANIFEST = "manifest.json"
SEGMENTS = "segments"
QUESTIONS = "questions"

Name = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class Holding(NamedTuple):
    """Where a document is and how much of it there is."""

    digest: Sha256
    segment: Name
    passages: int
    sentences: int


def living_in(
    segment: str, ids: Sequence[str], documents: Mapping[str, Holding]
) -> npt.NDArray[np.bool_]:
    """Which of a segment's documents count, shape (ids,): those that are not held elsewhere now."""
    held = (documents.get(each) for each in ids)
    return np.array([each is not None and each.segment == segment for each in held], dtype=np.bool_)


class Manifest(BaseModel):
    """What an index is made of. Written last: what it does not name does not exist."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    spec: IndexSpec
    documents: Mapping[str, Holding]
    """By document id; a copy of it in another segment than that does not count."""
    segments: Mapping[Name, SegmentLabel]
    out_of_scope: Sha256
    """Digest of the questions that the texts are known not to answer."""
    questions: Name
    """Folder that holds them."""
    question_files: Mapping[str, Sha256]
    generation: Name

    @property
    def label(self) -> Label:
        """The same, as far as other engines have it too."""
        return Label(
            self.spec,
            {name: each.digest for name, each in self.documents.items()},
            self.out_of_scope,
            sum(each.passages for each in self.documents.values()),
            sum(each.sentences for each in self.documents.values()),
            self.generation,
        )


class _AnyFormat(BaseModel):
    """As much of a label as every format has had."""

    model_config = ConfigDict(extra="ignore")

    class Spec(BaseModel):
        format_version: int

    spec: Spec


def read_manifest(root: Path) -> Manifest | None:
    """The label in a folder, or None where nothing has been built.

    Raises:
        StaleIndexError: it was written by another version of this program.
        DamagedIndexError: there is a label and it cannot be read.
    """
    try:
        content = (root / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable() from error
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise _other_format(content) or _unreadable() from error


def _other_format(content: bytes) -> StaleIndexError | None:
    try:
        found = _AnyFormat.model_validate_json(content).spec.format_version
    except ValidationError:
        return None
    if found == FORMAT_VERSION:
        return None
    return StaleIndexError(
        f"The index was written in format {found}, this program reads format {FORMAT_VERSION}."
        f" {REBUILD}"
    )


def _unreadable() -> DamagedIndexError:
    return DamagedIndexError(f"The label of the index ({MANIFEST}) is unreadable. {REBUILD}")
