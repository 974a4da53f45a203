"""Reads one segment: its documents, vectors and words, as far as somebody asks for them."""

from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from index.durable import verify
from index.encode import Vectors
from index.engine import Card, CutDocument
from index.errors import REBUILD, DamagedIndexError
from index.near import Near
from index.passage import Passage
from index.pieces import Pieces
from index.postings import Kind, Postings
from index.rows import Places, Rows
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
    passage_of,
)

Starts = npt.NDArray[np.int64]
_Stored = TypeVar("_Stored")
_IDS = TypeAdapter(list[str])
_COUNTS = TypeAdapter(dict[str, int])


class Segment:
    """One folder of the index, opened. Nothing in it ever changes; threads may share it."""

    def __init__(self, folder: Path, label: SegmentLabel, dimension: int, *, held: bool) -> None:
        """`held`: whether to keep vectors and words in memory, or read them as needed.

        Raises:
            DamagedIndexError: a file is missing, cut short or altered.
        """
        self.label = label
        self._words = Pieces(folder / WORDS)
        self.ids = _read(folder / DOCUMENT_IDS, _IDS)
        """Ids of its documents, ascending."""
        self.document_first = _starts(folder / DOCUMENT_FIRST)
        """For each document the place of its first passage; then the number of all."""
        self.sentence_first = _starts(folder / SENTENCE_FIRST)
        """For each passage the place of its first sentence; then the number of all."""
        self.asked_first = _starts(folder / ASKED_FIRST)
        """For each sentence the place of its first known question; then the number of all."""
        self.passage_rows = Rows(folder / PASSAGE_ROWS, dimension, held=held)
        self.sentence_rows = Rows(folder / SENTENCE_ROWS, dimension, held=held)
        self.asked_rows = Rows(folder / ASKED_ROWS, dimension, held=True)
        sentences = Postings(folder, Kind.SENTENCE, held=held)
        self.words_by: Mapping[Kind, Postings] = {
            Kind.PASSAGE: Postings(folder, Kind.PASSAGE, held=held),
            Kind.SENTENCE: sentences,
            # Where no question is known, a sentence with its questions is the sentence.
            Kind.ASKED: (
                Postings(folder, Kind.ASKED, held=held) if len(self.asked_rows) else sentences
            ),
        }
        self._cards = _Lines(folder / CARDS, folder / CARD_STARTS)
        self._texts = _Lines(folder / TEXTS, folder / TEXT_STARTS)
        self.near = (
            Near.open(folder / NEAR, label.passages, dimension) if NEAR in label.files else None
        )
        """Approximate neighbours, if it is large."""
        self._require_whole()

    def _require_whole(self) -> None:
        passages, sentences = len(self.passage_rows), len(self.sentence_rows)
        fitting = (
            _fit(self.document_first, len(self.ids), passages)
            and _fit(self.sentence_first, passages, sentences)
            and _fit(self.asked_first, sentences, len(self.asked_rows))
            and (passages, sentences) == (self.label.passages, self.label.sentences)
            and len(self.words_by[Kind.PASSAGE].lengths) == passages
            and len(self.words_by[Kind.SENTENCE].lengths) == sentences
            and len(self.words_by[Kind.ASKED].lengths) == sentences
        )
        if not fitting:
            raise DamagedIndexError(f"Parts of the index do not fit together. {REBUILD}")

    def number_of(self, document_id: str) -> int | None:
        """A document's place among those of the segment."""
        at = bisect_left(self.ids, document_id)
        return at if at < len(self.ids) and self.ids[at] == document_id else None

    def card(self, number: int) -> Card:
        """The card of a document, by its place."""
        return CARD.validate_json(self._cards[number])

    def passage(self, place: int) -> Passage:
        """A passage by its place."""
        number = int(np.searchsorted(self.document_first, place, side="right")) - 1
        return passage_of(self._texts[place], self.card(number))

    def document(self, number: int) -> CutDocument:
        """A whole document with its vectors, by its place."""
        start, end = (int(each) for each in self.document_first[number : number + 2])
        first, last = int(self.sentence_first[start]), int(self.sentence_first[end])
        card = self.card(number)
        return CutDocument(
            card,
            tuple(passage_of(self._texts[place], card) for place in range(start, end)),
            _take(self.passage_rows, start, end),
            _take(self.sentence_rows, first, last),
            _take(self.asked_rows, int(self.asked_first[first]), int(self.asked_first[last])),
        )

    def words(self) -> dict[str, int]:
        """How often each word stands in the texts, titles and headings."""
        try:
            return _COUNTS.validate_json(self._words.read(0, len(self._words)))
        except ValidationError as error:
            raise self._words.damaged() from error


def open_segment(
    folder: Path, label: SegmentLabel, dimension: int, *, held: bool, thoroughly: bool
) -> Segment:
    """The segment in a folder; `thoroughly`: after every byte was compared with its digest.

    Raises:
        DamagedIndexError: a file is missing, cut short or altered; it says which.
    """
    if thoroughly:
        _verify_files(folder, label)
    return Segment(folder, label, dimension, held=held)


def _verify_files(folder: Path, label: SegmentLabel) -> None:
    for name, digest in label.files.items():
        verify(folder / name, digest)


class _Lines:
    """Lines of a file, each read when it is asked for."""

    def __init__(self, path: Path, starts: Path) -> None:
        self._starts = _starts(starts)
        self._file = Pieces(path)

    def __getitem__(self, place: int) -> bytes:
        start, end = int(self._starts[place]), int(self._starts[place + 1])
        return self._file.read(start, end - start)


def sentences_of(first: Starts, passages: Places) -> Places:
    """Places of all sentences of these passages, in order; `first` as in a segment."""
    counts = first[passages + 1] - first[passages]
    ends = np.cumsum(counts)
    shift = np.repeat(first[passages] - (ends - counts), counts)
    places: Places = (np.arange(ends[-1] if len(ends) else 0) + shift).astype(np.intp)
    return places


def _fit(starts: Starts, count: int, total: int) -> bool:
    """Whether these are the starts of so many runs, which come to `total` together."""
    return len(starts) == count + 1 and starts[-1] == total and bool((np.diff(starts) >= 0).all())


def _take(rows: Rows, start: int, end: int) -> Vectors:
    return rows.take(np.arange(start, end, dtype=np.intp))


def _starts(path: Path) -> Starts:
    try:
        return np.frombuffer(path.read_bytes(), dtype=np.int64)
    except (OSError, ValueError) as error:
        raise DamagedIndexError(
            f"{path.name} of the index is missing or cut short. {REBUILD}"
        ) from error


def _read(path: Path, kind: TypeAdapter[_Stored]) -> _Stored:
    try:
        return kind.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise DamagedIndexError(f"{path.name} of the index is unreadable. {REBUILD}") from error
