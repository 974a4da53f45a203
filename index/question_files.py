"""The out-of-scope questions of an index, in a folder of their own."""

from pathlib import Path
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from corpus.durable import sync
from index.durable import digest_of, verify, write_through
from index.engine import OutOfScope
from index.errors import REBUILD, DamagedIndexError
from index.manifest import QUESTIONS, Manifest
from index.rows import Rows

_TEXTS = "questions.json"
_ROWS = "questions.rows"
_STORED = TypeAdapter(tuple[str, ...])


def write_questions(root: Path, questions: OutOfScope) -> tuple[str, dict[str, str]]:
    """Writes them to a new folder: its name, and file names with digests. Raises OSError."""
    name = uuid4().hex
    folder = root / QUESTIONS / name
    folder.mkdir(parents=True)
    write_through(folder / _TEXTS, _STORED.dump_json(questions.questions))
    write_through(folder / _ROWS, questions.vectors.astype("<f4", copy=False).tobytes())
    sync(folder)
    return name, {each: digest_of(folder / each) for each in (_TEXTS, _ROWS)}


def read_questions(root: Path, manifest: Manifest) -> OutOfScope:
    """The questions a manifest names. Raises DamagedIndexError."""
    folder = root / QUESTIONS / manifest.questions
    for name, digest in manifest.question_files.items():
        verify(folder / name, digest)
    rows = Rows(folder / _ROWS, manifest.spec.dimension, held=True)
    try:
        texts = _STORED.validate_json((folder / _TEXTS).read_bytes())
    except ValidationError as error:
        raise DamagedIndexError(f"{_TEXTS} of the index is unreadable. {REBUILD}") from error
    if len(texts) != len(rows):
        raise DamagedIndexError(f"{_TEXTS} of the index does not fit its vectors. {REBUILD}")
    return OutOfScope(texts, rows.take())
