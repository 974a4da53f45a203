"""The shelf among 2,000 strangers: answers of MedQuAD mixed in as distractors.

Five texts are easily searched. A federation's shelf is not, so the same questions are also asked
of an index that holds 2,000 further passages of consumer health information (Ben Abacha and
Demner-Fushman 2019, CC BY 4.0; given by folder, never part of the project).
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus import (
    Document,
    Section,
    Sentence,
    load_out_of_scope,
)
from corpus.parse import sentence_bounds
from eval.articles import article
from eval.errors import EvalError
from eval.providers.local import Soleus
from index.build import build_index
from index.encode import Encoder, Progress
from index.opening import open_index

COUNT = 2000
_SAMPLE = Path("medquad") / "sample_2048.jsonl.gz"
_WORDS = 80
"""An answer is cut to about the length of our own passages, at the end of a sentence."""


class DistractorsError(EvalError):
    """The passages to be mixed in are not there, or too few."""


def read_distractors(data: Path, count: int = COUNT) -> tuple[Document, ...]:
    """The first `count` different answers, each as a document of one short section.

    Raises:
        DistractorsError: the sample is missing, unreadable, or has fewer.
    """
    path = data / _SAMPLE
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        texts = {(str(row["focus"]).strip(), str(row["answer"]).strip()): None for row in rows}
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise DistractorsError(
            f"No MedQuAD sample at {path} ({type(error).__name__}). Give the folder of public test "
            "data: --data DIR"
        ) from error
    found = [_document(n, focus, text) for n, (focus, text) in enumerate(texts) if text]
    if len(found) < count:
        raise DistractorsError(f"{path} holds {len(found)} answers, {count} are needed.")
    return tuple(found[:count])


def among_distractors(
    soleus: Soleus,
    shelf: tuple[Document, ...],
    distractors: tuple[Document, ...],
    encoder: Encoder,
    cache: Path,
    progress: Progress | None = None,
) -> Soleus:
    """Soleus searching shelf and distractors together; everything else stays as it is.

    The index is built once, in `cache`, and found again there. Raises PassageIndexError.
    """
    documents = (*shelf, *distractors)
    cache.mkdir(parents=True, exist_ok=True)
    turned_away = load_out_of_scope()
    build_index(documents, encoder, cache, out_of_scope=turned_away, progress=progress)
    opened = open_index(documents, encoder, cache, out_of_scope=turned_away)
    mixed = replace(soleus.assistant, searcher=opened)
    return replace(soleus, assistant=mixed, name=f"{soleus.name} among {len(distractors)}")


def _document(number: int, focus: str, answer: str) -> Document:
    bounds = tuple(_short(answer))
    text = answer[: bounds[-1][1]]
    section = Section(
        focus or "-", "author", 0, len(text), tuple(Sentence(a, b) for a, b in bounds)
    )
    return article(f"distractor-{number}", focus or "-", text, (section,))


def _short(answer: str) -> Iterator[tuple[int, int]]:
    words = 0
    for start, end in sentence_bounds(answer):
        words += len(answer[start:end].split())
        if start and words > _WORDS:
            return
        yield start, end
