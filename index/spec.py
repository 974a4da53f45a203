"""What an index is called, and the label it carries on disk."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from corpus import Document

FORMAT_VERSION = 3
"""Raise it whenever the same texts and encoder would give other bytes or another layout."""

PASSAGE_BUDGET = 96
"""Word pieces of body text a passage aims to stay under: a few sentences."""

EXACT_PASSAGES = 10_000
"""Up to so many a question is compared with everything; of more, with what is likely. No part of
the spec: it changes no answer of a small shelf and no file of a large one but its neighbours."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class SentenceContext(StrEnum):
    """What is put before a sentence when its own vector is made."""

    NONE = "none"
    TOPIC = "topic"
    """An article's section heading, a thread's title: on the golden questions, the best of the
    three within the first ten sentences."""
    HEADER = "header"


class _Label(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IndexSpec(_Label):
    """Everything, and only what, changes the bytes of an index besides the texts themselves."""

    encoder: str
    encoder_digest: Sha256
    path: str = "fp32"
    """How the encoder's weights are run: all vectors of an index come about in one way."""
    dimension: Annotated[int, Field(gt=0)]
    passage_budget: Annotated[int, Field(gt=0)] = PASSAGE_BUDGET
    sentence_context: SentenceContext = SentenceContext.TOPIC
    format_version: int = FORMAT_VERSION


def document_digest(document: Document) -> str:
    """SHA-256 of all that an index keeps of a document, who wrote it and where included."""
    shaped = {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "tier": document.tier,
        "wording": document.wording,
        "provenance": asdict(document.provenance),
        "topics": [asdict(topic) for topic in document.topics],
        "text": document.text,
        "sections": [asdict(section) for section in document.sections],
    }
    return _sha256(shaped)


def questions_digest(questions: Sequence[str]) -> str:
    """SHA-256 of questions, in their order."""
    return _sha256(list(questions))


def _sha256(value: object) -> str:
    canonical = json.dumps(
        value, default=str, sort_keys=True, ensure_ascii=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
