"""What an index is called, and the label it carries on disk."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from corpus import Document

FORMAT_VERSION = 2
"""Raise it whenever the same texts and encoder would give other bytes or another layout."""

PASSAGE_BUDGET = 96
"""Word pieces of body text a passage aims to stay under: a few sentences."""

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
    dimension: Annotated[int, Field(gt=0)]
    passage_budget: Annotated[int, Field(gt=0)] = PASSAGE_BUDGET
    sentence_context: SentenceContext = SentenceContext.TOPIC
    format_version: int = FORMAT_VERSION


class Manifest(_Label):
    """The label of a finished build. Written last: without it, nothing has been built."""

    spec: IndexSpec
    documents: Mapping[str, Sha256]
    """Document id to digest of everything passages are made from."""
    out_of_scope: Sha256
    """Digest of the questions that the texts are known not to answer."""
    passages: int
    sentences: int
    build: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    """Folder, beside the manifest, that holds the files."""
    files: Mapping[str, Sha256]
    """File name to digest of its bytes."""


def document_digest(document: Document) -> str:
    """SHA-256 of all that shapes a document's passages: a new title changes every header."""
    shaped = {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "tier": document.tier,
        "wording": document.wording,
        "text": document.text,
        "sections": [asdict(section) for section in document.sections],
    }
    return _sha256(shaped)


def document_digests(documents: Iterable[Document]) -> dict[str, str]:
    """Document id to digest, in id order."""
    return dict(sorted((each.id, document_digest(each)) for each in documents))


def questions_digest(questions: Sequence[str]) -> str:
    """SHA-256 of questions, in their order."""
    return _sha256(list(questions))


def fingerprint(
    spec: IndexSpec, documents: Iterable[Document], out_of_scope: Sequence[str] = ()
) -> str:
    """Name of the index for these texts: 16 hexadecimal digits, the same on every machine."""
    named = {
        "spec": spec.model_dump(mode="json"),
        "documents": document_digests(documents),
        "out_of_scope": questions_digest(out_of_scope),
    }
    return _sha256(named)[:16]


def _sha256(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
