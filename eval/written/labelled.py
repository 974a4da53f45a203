"""Sentences with what they cite and whether people hold them to be supported.

`lies_*.jsonl` were written by hand before the checker was tuned, most of them to deceive it.
`attack_dev.jsonl` were written by hand by who had read the checker's rules, to get past them.
`drafts_*.jsonl` are sentences that language models really drafted, labelled by hand.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.checking.rules import Source
from corpus import Document, DocumentKind
from eval.cases.case import Half
from eval.errors import EvalError

FOLDER = Path(__file__).resolve().parent


class LabelledError(EvalError):
    """A file of labelled sentences cannot be used."""


class Kept(StrEnum):
    """Where labelled sentences come from."""

    LIES = "lies"
    """Written by people, to deceive or to be fair."""
    ATTACK = "attack"
    """Written by people who know the rules; every one is a lie, and none is in the sealed half."""
    DRAFTS = "drafts"
    """Written by language models that were asked questions."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence, as the checker meets it, with the verdict of whoever read it."""

    id: str
    kept: Kept
    half: Half
    group: str
    """Of lies what sort of lie or paraphrase; of drafts whose they are."""
    sentence: str
    sources: tuple[Source, ...]
    supported: bool
    """Fully, by the cited words alone."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_Shape = TypeVar("_Shape", bound=_Row)


class _Cite(_Row):
    document: str
    quote: str
    speaker: str = ""
    kind: str = ""


class _Lie(_Row):
    id: Annotated[str, Field(min_length=1)]
    kind: str
    supported: bool
    cites: tuple[_Cite, ...]
    sentence: Annotated[str, Field(min_length=1)]
    note: str


class _Attack(_Lie):
    pass


class _Draft(_Row):
    id: Annotated[str, Field(min_length=1)]
    model: str
    case: str
    half: Half
    text: Annotated[str, Field(min_length=1)]
    cites: tuple[_Cite, ...]
    supported: bool
    note: str = ""


def read_labelled(
    half: Half, documents: Sequence[Document], folder: Path = FOLDER
) -> tuple[Labelled, ...]:
    """All labelled sentences of one half, lies before drafts; at least one.

    Raises:
        LabelledError: nothing is there, or a line does not hold one. The message names the line
            and never quotes it: it may be a sealed one.
    """
    shelf = {document.id: document for document in documents}
    read: list[_Read] = [
        *_of_files(folder, f"lies_{half}.jsonl", _Lie),
        *_of_files(folder, f"attack_{half}.jsonl", _Attack),
        *(
            (where, row)
            for where, row in _of_files(folder, "drafts_*.jsonl", _Draft)
            if row.half is half
        ),
    ]
    if not read:
        raise LabelledError(f"No labelled sentences ({half}). Restore them: git checkout eval")
    if twice := [name for (_, name), n in Counter(map(_name, read)).items() if n > 1]:
        raise LabelledError(f"{half}: two labelled sentences are called {', '.join(twice)}")
    return tuple(_resolved(where, row, half, shelf) for where, row in read)


def digest_of(labelled: Sequence[Labelled]) -> str:
    """First 12 hexadecimal digits of a digest of sentences, what they cite, and labels."""
    lines = sorted(
        repr((one.id, one.sentence, [source.words for source in one.sources], one.supported))
        for one in labelled
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _of_files(folder: Path, name: str, shape: type[_Shape]) -> Iterator[tuple[str, _Shape]]:
    for file in sorted(folder.glob(name)):
        yield from _rows(file, shape)


_Read = tuple[str, _Lie | _Draft]
"""Where it stands, and the row."""


def _name(read: _Read) -> tuple[type, str]:
    return type(read[1]), read[1].id


def _rows(file: Path, shape: type[_Shape]) -> Iterator[tuple[str, _Shape]]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelledError(f"{file.name} cannot be read: {type(error).__name__}") from error
    for number, line in enumerate(lines, start=1):
        where = f"{file.name}, line {number}"
        if not line.strip():
            continue
        try:
            yield where, shape.model_validate_json(line)
        except ValidationError as error:
            fields = {".".join(map(str, each["loc"])) for each in error.errors()}
            named = ", ".join(sorted(filter(None, fields))) or "it is no JSON object"
            # Not chained: pydantic's own words quote the line.
            raise LabelledError(f"{where} is no labelled sentence: {named}") from None


def _resolved(where: str, row: _Lie | _Draft, half: Half, shelf: dict[str, Document]) -> Labelled:
    sources = tuple(_source(where, cite, shelf) for cite in row.cites)
    if isinstance(row, _Lie):
        kept = Kept.ATTACK if isinstance(row, _Attack) else Kept.LIES
        return Labelled(row.id, kept, half, row.kind, row.sentence, sources, row.supported)
    return Labelled(row.id, Kept.DRAFTS, half, row.model, row.text, sources, row.supported)


def _source(where: str, cite: _Cite, shelf: dict[str, Document]) -> Source:
    """The cited words as the writer hands them to the checker: with who says them."""
    document = shelf.get(cite.document)
    if document is None:
        raise LabelledError(f"{where} cites a document that is not on the shelf")
    speaker = next(
        (
            section.speaker
            for section in document.sections
            for sentence in section.sentences
            if document.text[sentence.start : sentence.end] == cite.quote
        ),
        None,
    )
    if speaker is None:
        raise LabelledError(f"{where} cites what is no whole sentence of {cite.document}")
    forum = document.kind is not DocumentKind.ARTICLE
    return Source(cite.quote, (document.id, speaker), forum)
