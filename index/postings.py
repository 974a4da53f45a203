"""Search by words over immutable files: who holds which term how often, and BM25 from that.

bm25s, which this replaces in the index, bakes what it knows of the whole collection into every
number it stores, so one more document changes all of them. Here the files hold bare counts, and
what the collection looks like now (how many units, how long, how many hold a term) comes in with
the question. The formula is Lucene's, as in bm25s (Kamphuis et al. 2020, "Which BM25 do you
mean?"):
ln(1 + (N - df + 0.5) / (df + 0.5)) * tf / (tf + k1 (1 - b + b length / mean length)).
A test holds the two against each other.
"""

import hashlib
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from index.errors import REBUILD, DamagedIndexError
from index.rows import Places, Scores


class Kind(StrEnum):
    """What BM25 counts as one unit; the value is how its files are called."""

    PASSAGE = "passage"
    SENTENCE = "sentence"
    ASKED = "asked"
    """A sentence together with the questions it is known to answer."""


K1 = 1.5
B = 0.75

_Number = TypeVar("_Number", bound=np.generic)

Alive = npt.NDArray[np.bool_]
"""Shape (units,): False for those of a document that is gone."""


def term_key(term: str) -> int:
    """64 bits a term is filed under; two of a million share one in 3 of 100 million cases."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A term of a question and how much it tells: its inverse document frequency."""

    key: int
    idf: float


def idf_of(units: int, holding: int) -> float:
    """Inverse document frequency of a term that `holding` of `units` hold."""
    return log(1.0 + (units - holding + 0.5) / (holding + 0.5))


class PostingsWriter:
    """Collects the terms of units, in order, and turns them into files."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._terms = array("I")
        self._counts = array("H")
        self._different = array("I")
        self._lengths = array("I")

    def add(self, terms: Sequence[str]) -> None:
        """The next unit's terms, repeats and all."""
        counts = Counter(terms)
        rows = self._rows
        self._terms.extend([rows.setdefault(term, len(rows)) for term in counts])
        self._counts.extend([min(count, 65535) for count in counts.values()])
        self._different.append(len(counts))
        self._lengths.append(len(terms))

    def files(self, kind: Kind) -> Mapping[str, bytes]:
        """File name to content."""
        keys = np.array([term_key(term) for term in self._rows], dtype=np.uint64)
        by_key = np.argsort(keys)
        rank = np.empty(len(keys), dtype=np.uint32)
        rank[by_key] = np.arange(len(keys), dtype=np.uint32)
        terms = rank[np.frombuffer(self._terms, dtype=np.uint32)]
        # Stable, so that under each term the units stand in order.
        order = np.argsort(terms, kind="stable")
        units = np.repeat(
            np.arange(len(self._lengths), dtype=np.int32),
            np.frombuffer(self._different, dtype=np.uint32),
        )
        starts = np.zeros(len(keys) + 1, dtype=np.int64)
        np.cumsum(np.bincount(terms, minlength=len(keys)), out=starts[1:])
        return {
            f"{kind}.keys": keys[by_key].tobytes(),
            f"{kind}.starts": starts.tobytes(),
            f"{kind}.units": units[order].tobytes(),
            f"{kind}.counts": np.frombuffer(self._counts, dtype=np.uint16)[order].tobytes(),
            f"{kind}.lengths": np.frombuffer(self._lengths, dtype=np.int32).tobytes(),
        }


class Postings:
    """The postings of one kind of unit in one segment. Large files are memory-mapped."""

    def __init__(self, folder: Path, kind: Kind, *, held: bool) -> None:
        """Raises DamagedIndexError."""
        self._keys = _array(folder / f"{kind}.keys", np.uint64, held=True)
        self._starts = _array(folder / f"{kind}.starts", np.int64, held=True)
        self._units = _array(folder / f"{kind}.units", np.int32, held=held)
        self._counts = _array(folder / f"{kind}.counts", np.uint16, held=held)
        self.lengths = _array(folder / f"{kind}.lengths", np.int32, held=held)
        """Terms in each unit, repeats and all, shape (units,)."""
        if len(self._starts) != len(self._keys) + 1 or self._starts[-1] != len(self._units):
            raise DamagedIndexError(f"The words of the index do not fit together. {REBUILD}")

    def holding(self, key: int, alive: Alive | None) -> int:
        """How many units that are alive (None: all are) hold the term."""
        units, _ = self._of(key)
        return len(units) if alive is None else int(np.count_nonzero(alive[units]))

    def scores(
        self, weighed: Sequence[Weighed], mean_length: float, places: Places | None = None
    ) -> Scores:
        """BM25 of these units, or of all of them; 0 where no term of the question occurs."""
        out = np.zeros(len(self.lengths) if places is None else len(places), dtype=np.float32)
        lengths = self.lengths if places is None else self.lengths[places]
        for each in weighed:
            at, counts = self._found(each.key, places)
            if len(at):
                out[at] += _bm25(each.idf, counts, lengths[at], mean_length)
        return out

    def best(
        self, weighed: Sequence[Weighed], mean_length: float, size: int, alive: Alive | None
    ) -> Places:
        """Places of the `size` highest scores above 0 among the units that are alive."""
        if not weighed:
            return np.zeros(0, dtype=np.intp)
        scores = self.scores(weighed, mean_length)
        if alive is not None:
            scores[~alive] = 0.0
        least = self._reached(weighed, scores, size)
        scoring = np.flatnonzero(scores >= least if least > 0 else scores > 0)
        if len(scoring) <= size:
            return scoring
        return scoring[np.argpartition(-scores[scoring], size)[:size]]

    def _reached(self, weighed: Sequence[Weighed], scores: Scores, size: int) -> float:
        """A score that at least `size` units reach, found among those that hold one rare term.

        Units below it need not be sorted, and of a large shelf that is nearly all of them.
        """
        held = [units for each in weighed if len(units := self._of(each.key)[0]) >= size]
        if not held:
            return 0.0
        among = scores[min(held, key=len)]
        return float(np.partition(among, len(among) - size)[len(among) - size])

    def _found(
        self, key: int, places: Places | None
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.uint16]]:
        """Where among the places units hold the term, and how often they do."""
        units, counts = self._of(key)
        if places is None or not len(units):
            return units.astype(np.intp), counts
        near = np.minimum(np.searchsorted(units, places), len(units) - 1)
        there = units[near] == places
        return np.flatnonzero(there), counts[near[there]]

    def _of(self, key: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16]]:
        row = int(np.searchsorted(self._keys, np.uint64(key)))
        if row == len(self._keys) or int(self._keys[row]) != key:
            return self._units[:0], self._counts[:0]
        start, end = int(self._starts[row]), int(self._starts[row + 1])
        return self._units[start:end], self._counts[start:end]


def _bm25(
    idf: float,
    counts: npt.NDArray[np.uint16],
    lengths: npt.NDArray[np.int32],
    mean_length: float,
) -> Scores:
    tf = counts.astype(np.float32)
    norm = np.float32(K1 * (1.0 - B)) + np.float32(K1 * B / mean_length) * lengths
    score: Scores = (np.float32(idf) * (tf / (tf + norm))).astype(np.float32)
    return score


def _array(path: Path, kind: type[_Number], *, held: bool) -> npt.NDArray[_Number]:
    try:
        if held or path.stat().st_size == 0:  # nothing cannot be mapped
            return np.frombuffer(path.read_bytes(), dtype=kind)
        return np.memmap(path, dtype=kind, mode="r")
    except (OSError, ValueError) as error:
        raise DamagedIndexError(
            f"{path.name} of the index is missing or cut short. {REBUILD}"
        ) from error
