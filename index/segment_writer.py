"""Writes one segment, a document at a time: never more than one is held as Python objects."""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.durable import sync
from index.durable import digest_of, write_through
from index.encode import Vectors
from index.engine import CutDocument
from index.lexical import Analyzer, words_of
from index.near import Near
from index.passage import Passage
from index.postings import Kind, PostingsWriter
from index.rows import Rows
from index.segment_files import (
    ASKED_FIRST,
    ASKED_ROWS,
    CARD,
    CARD_STARTS,
    CARDS,
    DOCUMENT_FIRST,
    DOCUMENT_IDS,
    NEAR,
    PASSAGE_ROWS,
    SENTENCE_FIRST,
    SENTENCE_ROWS,
    TEXT_STARTS,
    TEXTS,
    WORDS,
    SegmentLabel,
    passage_line,
)

_MOST_WORDS = 100_000
"""Words a segment remembers for mending spelling: more than any dictionary of a language needs."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A document that was written: its card's id and digest, and how much of it there is."""

    id: str
    digest: str
    passages: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a manifest has to say of a segment."""

    label: SegmentLabel
    documents: tuple[Counted, ...]


def write_segment(
    folder: Path, documents: Iterable[CutDocument], dimension: int, exact_passages: int
) -> Written | None:
    """Writes the documents, which must come in order of id, into a new folder.

    A segment of more than `exact_passages` gets approximate neighbours as well.

    Returns None, and makes no folder, if there are no documents.

    Raises:
        OSError: it cannot be written; the folder may be there in part, and nothing refers to it.
        ValueError: documents out of order.
    """
    writer: _Writer | None = None
    with ExitStack() as files:
        for document in documents:
            if writer is None:
                folder.mkdir(parents=True)
                writer = _Writer(folder, files)
            writer.add(document)
    if writer is None:
        return None
    writer.finish()
    if writer.passages > exact_passages:
        Near.write(Rows(folder / PASSAGE_ROWS, dimension, held=False), dimension, folder / NEAR)
    return Written(_label(folder, writer), tuple(writer.counts))


def _label(folder: Path, writer: "_Writer") -> SegmentLabel:
    digests = {}
    for path in sorted(folder.iterdir()):
        sync(path)
        digests[path.name] = digest_of(path)
    sync(folder)
    return SegmentLabel(passages=writer.passages, sentences=writer.sentences, files=digests)


class _Writer:
    def __init__(self, folder: Path, files: ExitStack) -> None:
        self._folder = folder
        self._texts = files.enter_context((folder / TEXTS).open("xb"))
        self._cards = files.enter_context((folder / CARDS).open("xb"))
        self._rows: dict[str, BinaryIO] = {
            name: files.enter_context((folder / name).open("xb"))
            for name in (PASSAGE_ROWS, SENTENCE_ROWS, ASKED_ROWS)
        }
        self._starts = array("q", [0])
        self._sentence_first = array("q", [0])
        self._asked_first = array("q", [0])
        self.counts: list[Counted] = []
        self._card_starts = array("q", [0])
        self._document_first = array("q", [0])
        self._analyze = Analyzer()
        self._postings = {kind: PostingsWriter() for kind in Kind}
        self._words: Counter[str] = Counter()

    @property
    def passages(self) -> int:
        return len(self._starts) - 1

    @property
    def sentences(self) -> int:
        return len(self._asked_first) - 1

    def add(self, document: CutDocument) -> None:
        if self.counts and document.card.id <= self.counts[-1].id:
            raise ValueError("documents must come in order of id, each once")
        card = CARD.dump_json(document.card) + b"\n"
        self._cards.write(card)
        sentences = sum(len(each.sentences) for each in document.passages)
        counted = Counted(document.card.id, document.card.digest, len(document.passages), sentences)
        self.counts.append(counted)
        self._card_starts.append(self._card_starts[-1] + len(card))
        self._document_first.append(self._document_first[-1] + len(document.passages))
        self._append(PASSAGE_ROWS, document.passage_vectors)
        self._append(SENTENCE_ROWS, document.sentence_vectors)
        self._append(ASKED_ROWS, document.asked_vectors)
        for passage in document.passages:
            self._add(passage)

    def _append(self, name: str, vectors: Vectors) -> None:
        self._rows[name].write(vectors.astype("<f4", copy=False).tobytes())

    def _add(self, passage: Passage) -> None:
        line = passage_line(passage)
        self._texts.write(line)
        self._starts.append(self._starts[-1] + len(line))
        self._sentence_first.append(self._sentence_first[-1] + len(passage.sentences))
        shown = f"{passage.header}\n{passage.text}"
        self._words.update(words_of(shown))
        self._postings[Kind.PASSAGE].add(self._analyze(shown))
        for sentence in passage.sentences:
            terms = self._analyze(sentence.text)
            self._postings[Kind.SENTENCE].add(terms)
            self._add_asked(terms, sentence.asked)

    def _add_asked(self, terms: Sequence[str], asked: Sequence[str]) -> None:
        self._asked_first.append(self._asked_first[-1] + len(asked))
        self._postings[Kind.ASKED].add([*terms, *self._analyze("\n".join(asked))])

    def finish(self) -> None:
        for file in (self._texts, self._cards, *self._rows.values()):
            file.close()
        self._put(DOCUMENT_IDS, json.dumps([each.id for each in self.counts]).encode())
        self._put(DOCUMENT_FIRST, self._document_first.tobytes())
        self._put(CARD_STARTS, self._card_starts.tobytes())
        self._put(TEXT_STARTS, self._starts.tobytes())
        self._put(SENTENCE_FIRST, self._sentence_first.tobytes())
        self._put(ASKED_FIRST, self._asked_first.tobytes())
        self._put(WORDS, json.dumps(dict(self._words.most_common(_MOST_WORDS))).encode())
        if not self._asked_first[-1]:  # a sentence with its known questions is the sentence
            del self._postings[Kind.ASKED]
        for kind, words in self._postings.items():
            for name, content in words.files(kind).items():
                self._put(name, content)

    def _put(self, name: str, content: bytes) -> None:
        write_through(self._folder / name, content)
