"""Passages that are not ours, searched and judged by our own parts.

A throwaway index is built by the code that builds the shelf's, opened by the code that opens it,
read against by the same reader and judged by the same gate, with the weights that are in use. Two
things stay at home: the lexicon knows legs only, and no passage has questions of its own.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from assistant.admit import AdmitSettings, admit
from assistant.bearing import Bearing
from assistant.evidence import Candidate, Evidence
from assistant.pipeline import untimed
from assistant.question import Question
from assistant.reading.ask import Ask, Reading
from assistant.reading.lexicon import read_lexicon
from assistant.reading.reader import Reader
from assistant.reading.spelling import Speller
from assistant.retrieve import Retrieved, retrieve
from assistant.weights import Weights
from corpus import Document, Section, Sentence
from corpus.parse import sentence_bounds
from eval.articles import article
from eval.bm25 import LexicalIndex
from index.build import build_index
from index.encode import Encoder, Vectors
from index.encode_all import encode_all
from index.lexical import Analyzer
from index.opening import open_index
from index.shelf_index import ShelfIndex
from index.store import products

_ICONS = re.compile("[\ue000-\uf8ff]")
"""Glyphs of icon fonts, left over from web pages: nobody's words."""
_NOTHING = "-"
"""For a title, heading or speaker: most sets have none, and the question must not be in it."""
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """One passage of a test set."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What one ask of a question came to."""

    ask: Ask
    found: Retrieved
    evidence: Evidence


@dataclass(frozen=True)
class Outside:
    """Our own search, reading and gate over somebody else's passages."""

    index: ShelfIndex
    reader: Reader
    bearing: Bearing
    texts: tuple[Text, ...]

    def read(self, question: Question) -> Reading:
        """The question as Soleus reads it."""
        return self.reader.read(question)

    def search(self, query: str, k: int) -> tuple[str, ...]:
        """Ids of texts for words that are searched as they stand, best first, at most `k`."""
        deep = k
        while True:
            hits = self.index.search(query, deep)
            ids = tuple(dict.fromkeys(hit.passage.span.document_id for hit in hits))
            if len(ids) >= k or deep >= len(self.index.passages):
                return ids[:k]
            deep *= 2

    def find(self, question: Question, k: int) -> tuple[tuple[Ask, Retrieved], ...]:
        """What a search gives for each thing asked, best first, at most `k` passages each."""
        reading = self.read(question)
        return tuple((ask, retrieve(ask, reading, self.index, k, untimed)) for ask in reading.asks)

    def judge(
        self,
        found: Iterable[tuple[Ask, Retrieved]],
        k: int,
        wanted: Callable[[str], bool] = lambda _name: True,
    ) -> "Looks":
        """The first `k` passages found for each ask, judged, of those texts alone that are wanted.

        How rare a word is, and which words the texts use, is still counted over all of them.
        """
        looked = []
        for ask, all_found in found:
            hits = [hit for hit in all_found.hits if wanted(hit.passage.span.document_id)]
            kept = replace(all_found, hits=tuple(hits[:k]))
            looked.append(Looked(ask, kept, self.bearing.weigh(ask, kept)))
        return Looks(tuple(looked), self.bearing)

    def pieces(self, name: str) -> int:
        """Into how many passages a text was cut."""
        return self._cut[name]

    @cached_property
    def _cut(self) -> Counter[str]:
        return Counter(passage.span.document_id for passage in self.index.passages)

    def look(self, question: Question, k: int) -> "Looks":
        """Search and judge."""
        return self.judge(self.find(question, k), k)


@dataclass(frozen=True, slots=True)
class Looks:
    """Everything one question came to."""

    asks: tuple[Looked, ...]
    bearing: Bearing

    @property
    def ranked(self) -> tuple[str, ...]:
        """Ids of texts, best first; those of several asks by turns, as an answer takes them."""
        lists = [[hit.passage.span.document_id for hit in one.found.hits] for one in self.asks]
        longest = max(map(len, lists), default=0)
        return tuple(dict.fromkeys(ids[n] for n in range(longest) for ids in lists if n < len(ids)))

    @property
    def sure(self) -> float:
        """How sure our gate is of an answer, 0 to 1; 0 where a rule says that there is none."""
        verdicts = [admit(one.evidence, self.bearing, AdmitSettings()) for one in self.asks]
        return max((verdict.sure for verdict in verdicts), default=0.0)

    @property
    def admitted(self) -> bool:
        """Whether Soleus as shipped would answer."""
        return any(admit(one.evidence, self.bearing, AdmitSettings()).admitted for one in self.asks)

    @property
    def sure_without_rules(self) -> float:
        """The same from the signals alone, nothing ruled out: the rules know legs only."""
        return max((self.bearing.covered(_unruled(one.evidence)) for one in self.asks), default=0.0)

    @property
    def best(self) -> Candidate | None:
        """The sentence that would be quoted first; None when all are ruled out."""
        found = [one.evidence.eligible[0] for one in self.asks if one.evidence.eligible]
        return max(found, key=lambda candidate: candidate.score, default=None)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every sentence looked at, ruled out or not, by falling score."""
        found = [each for one in self.asks for each in one.evidence.candidates]
        return tuple(sorted(found, key=lambda candidate: -candidate.score))


class Whole:
    """The plain alternatives: BM25 alone and cosine alone, each text one unit, uncut.

    Through our own BM25 and FAISS. The encoder reads the beginning of a long text.
    """

    def __init__(self, texts: Sequence[Text], encoder: Encoder) -> None:
        self._ids = tuple(each.id for each in texts)
        self._words = LexicalIndex([each.text for each in texts], Analyzer())
        self._vectors = encode_all([each.text for each in texts], encoder)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self._ids)}

    def bm25(self, query: str) -> Scores:
        """BM25 of every text, in their order."""
        return self._words.scores(query)

    def cosine(self, vector: Vectors) -> Scores:
        """Cosine of every text, in their order; `vector` has shape (dimension,)."""
        return products(vector, self._vectors)

    def ranked(self, scores: Scores, k: int) -> tuple[str, ...]:
        """Ids of the `k` texts that score highest, equals in their order."""
        return tuple(self._ids[at] for at in np.argsort(-scores, kind="stable")[:k])

    def best(self, scores: Scores, without: AbstractSet[str] = frozenset()) -> float:
        """The highest score of any text not named in `without`; 0 if none is left."""
        kept = np.ones(len(self._ids), dtype=np.bool_)
        kept[[self._place[name] for name in without]] = False
        return float(scores[kept].max(initial=0.0))

    def score_of(self, scores: Scores, name: str) -> float:
        """The score of one text."""
        return float(scores[self._place[name]])


def open_outside(texts: Sequence[Text], encoder: Encoder) -> Outside:
    """Builds, opens and forgets an index of the texts; nothing is left on disk.

    Raises:
        PassageIndexError: the encoder or the place for temporary files cannot be used.
    """
    documents = tuple(document_of(each) for each in texts if each.text.strip())
    with TemporaryDirectory(prefix="soleus-eval-") as folder:
        build_index(documents, encoder, Path(folder))
        opened = open_index(documents, encoder, Path(folder))
    lexicon = read_lexicon()
    reader = Reader(lexicon, Speller(lexicon.words, opened.vocabulary))
    bearing = Bearing(opened, lexicon, Weights())
    return Outside(opened, reader, bearing, tuple(texts))


def reader_for(words: Iterable[str]) -> Reader:
    """A reader where there are no passages: `words` (lower case) are those nobody may mend."""
    lexicon = read_lexicon()
    return Reader(lexicon, Speller(lexicon.words, words))


def document_of(given: Text) -> Document:
    """A text as a document of one section without a heading, cut into sentences as ours are."""
    text = _ICONS.sub(" ", given.text)
    bounds = tuple(Sentence(start, end) for start, end in sentence_bounds(text))
    section = Section(_NOTHING, _NOTHING, bounds[0].start, bounds[-1].end, bounds)
    return article(given.id, _NOTHING, text, (section,))


def _unruled(evidence: Evidence) -> Evidence:
    freed = sorted(
        (replace(candidate, veto="") for candidate in evidence.candidates),
        key=lambda candidate: -candidate.score,
    )
    return replace(evidence, candidates=tuple(freed))
