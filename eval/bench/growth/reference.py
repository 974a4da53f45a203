"""The vectors that rivals are given, and what an exact search of the same passages finds.

The passages are those that stand in our index, seen to be all the sentences of the documents; their
vectors are made here once more, so that nothing of the index but its cutting is taken on trust.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from eval.bench.growth.exact import Best, ExactSearch
from eval.bench.growth.plan import WARM_UP, Plan
from eval.bench.process import BenchError
from index.encode import Encoder, Vectors, passage_text, sentence_text
from index.lexical import Analyzer
from index.passage import Passage
from index.spec import SentenceContext

_VECTORS, _PASSAGES = "passages.f32", "passages.jsonl"
_QUESTIONS, _ASKED, _EXACT = "questions.json", "questions.npy", "exact.json"
_PART = 4000


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked, with vectors of shape (questions, dimension)."""

    texts: tuple[str, ...]
    vectors: Vectors

    @property
    def warm_up(self) -> Iterator[tuple[str, Vectors]]:
        """Those asked before the clock runs."""
        return zip(self.texts[:WARM_UP], self.vectors[:WARM_UP], strict=True)

    @property
    def timed(self) -> Iterator[tuple[str, Vectors]]:
        """Those asked against the clock."""
        return zip(self.texts[WARM_UP:], self.vectors[WARM_UP:], strict=True)


@dataclass(frozen=True, slots=True)
class Given:
    """Passages as they are handed to a rival."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: Vectors

    def differing(self, other: "Given") -> int:
        """Place of the first passage whose words are not among the other's."""
        return next(n for n, text in enumerate(self.texts) if text not in other.texts)


@dataclass(frozen=True, slots=True)
class Written:
    """What a reference came to."""

    documents: int
    passages: int
    sentences: int


def write_reference(plan: Plan, passages: Iterable[Passage], encoder: Encoder) -> Written:
    """Writes everything into the plan's reference folder. Raises BenchError."""
    folder = plan.reference
    folder.mkdir(parents=True, exist_ok=True)
    asked = tuple(plan.shelf.queries(WARM_UP + plan.questions))
    vectors = encoder.encode(asked)
    (folder / _QUESTIONS).write_text(json.dumps(asked), "utf-8")
    np.save(folder / _ASKED, vectors)
    analyze = Analyzer()
    timed = tuple(tuple(analyze(text)) for text in asked[WARM_UP:])
    search = ExactSearch(vectors[WARM_UP:], timed)
    with (folder / _VECTORS).open("wb") as rows, (folder / _PASSAGES).open("w") as lines:
        walking = _checked(passages, plan)
        while part := list(islice(walking, _PART)):
            found = _take(part, search, encoder, analyze)
            rows.write(found.tobytes())
            lines.writelines(
                json.dumps([each.id, passage_text(each, encoder)]) + "\n" for each in part
            )
    exact = {
        "ranked": [_plain(search.best(n)) for n in range(len(timed))],
        "meaning": [_plain(search.best_by_meaning(n)) for n in range(len(timed))],
    }
    (folder / _EXACT).write_text(json.dumps(exact), "utf-8")
    return Written(plan.shelf.documents, len(search.ids), search.first[-1])


def _take(
    part: Sequence[Passage], search: ExactSearch, encoder: Encoder, analyze: Analyzer
) -> Vectors:
    """Vectors of passages; they and their sentences are added to the search."""
    passages = encoder.encode([passage_text(each, encoder) for each in part])
    spoken = [
        sentence_text(passage, each, SentenceContext.TOPIC, encoder)
        for passage in part
        for each in passage.sentences
    ]
    search.add_vectors(passages, encoder.encode(spoken))
    for passage in part:
        said = [analyze(each.text) for each in passage.sentences]
        search.add_words(passage.id, analyze(passage.header), said)
    return passages


def _checked(passages: Iterable[Passage], plan: Plan) -> Iterator[Passage]:
    """The same passages; every fiftieth document is seen to be whole. Raises BenchError."""
    shelf = plan.shelf
    every = {shelf.source(n).id: n for n in range(0, shelf.documents, 50)}
    seen: dict[str, list[tuple[int, int]]] = {name: [] for name in every}
    for passage in passages:
        if (spans := seen.get(passage.span.document_id)) is not None:
            spans.extend((each.span.start, each.span.end) for each in passage.sentences)
        yield passage
    for name, number in every.items():
        sections = shelf.document(number).sections
        if seen[name] != [(each.start, each.end) for one in sections for each in one.sentences]:
            raise BenchError(f"{name} is not whole in the index: there is nothing to compare with.")


def read_questions(folder: Path) -> Questions:
    """What is asked."""
    texts = tuple(json.loads((folder / _QUESTIONS).read_text("utf-8")))
    return Questions(texts, np.load(folder / _ASKED))


def read_given(folder: Path, dimension: int, size: int = _PART) -> Iterator[Given]:
    """All passages, some at a time."""
    with (folder / _PASSAGES).open() as lines, (folder / _VECTORS).open("rb") as rows:
        while part := [json.loads(line) for line in islice(lines, size)]:
            read = rows.read(4 * dimension * len(part))
            vectors = np.frombuffer(read, dtype=np.float32).reshape(len(part), dimension)
            yield Given(tuple(each for each, _ in part), tuple(text for _, text in part), vectors)


def read_exact(folder: Path) -> tuple[tuple[Best, ...], tuple[Best, ...]]:
    """For each timed question the best passages: as ranked, and by their vectors alone."""
    read = json.loads((folder / _EXACT).read_text("utf-8"))
    ranked, meaning = (
        tuple(Best(tuple(ids), tuple(scores)) for ids, scores in read[kind])
        for kind in ("ranked", "meaning")
    )
    return ranked, meaning


def _plain(best: Best) -> tuple[tuple[str, ...], tuple[float, ...]]:
    return best.ids, best.scores
