"""MTRAG-UN: conversations over four collections, some of whose last turns nothing there answers.

Apache-2.0. Their collections are not at hand: the passages of all tasks are pooled and searched
together, which is easier than the published setting by far.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.question import Question
from eval.external.files import Line, read_rows
from eval.external.passages import Looks, Outside, Text, Whole, open_outside
from eval.external.ranking import (
    Judged,
    Measured,
    area_of,
    compared,
    mean_of,
    ndcg,
    published,
    recall,
)
from eval.external.report import ExternalReport
from eval.external.rewrites import BASELINES, Turn, figures_of, last_turn, last_two, ours, recovered
from index.encode import Encoder
from index.encoders import SentenceTransformerEncoder

NAME = "mtrag"
_DEEP = 5
_JUDGED = 10
"""Passages our gate looks at."""
_ANSWERED = ("ANSWERABLE", "PARTIAL")
_OFFICIAL = "MTRAG [P], their collections; last turn"
_OFFICIAL_REWRITE = "MTRAG [P], their collections; rewritten by a model"
_UN = "MTRAG-UN [P], their collections; last turn"
_UN_REWRITE = "MTRAG-UN [P], their collections; rewritten by a model"
_OWN = "[own] an earlier trial of this project, 1,488 pooled passages"


class _Said(Line):
    role: str
    text: str


class _Passage(Line):
    id: str
    text: str


class _Task(Line):
    turns: tuple[_Said, ...]
    contexts: tuple[_Passage, ...]
    answerability: tuple[str, ...]

    @property
    def asked(self) -> Question:
        """The reader's turns alone; what the other side said is not read by Soleus either."""
        *earlier, last = [turn.text for turn in self.turns if turn.role == "user"]
        return Question(last, tuple(earlier))


class _Rewrite(Line):
    last_turn: str
    llm_rewrite: str
    all_questions: str


@dataclass(frozen=True, slots=True)
class _Tried:
    task: _Task
    looks: Looks
    cosine: float
    """Of the likest passage to the last turn."""
    cosine_two: float
    """The same to the last two turns."""


def run(data: Path, encoder: Encoder | None = None) -> ExternalReport:
    """Measures on the tasks in `data`. Raises ExternalError, PassageIndexError."""
    encoder = encoder or SentenceTransformerEncoder()
    tasks = read_rows(data / NAME / "tasks.jsonl", _Task)
    rewrites = read_rows(data / NAME / "query_rewrite.jsonl", _Rewrite)
    pool = {each.id: each.text for task in tasks for each in task.contexts if each.text.strip()}
    texts = [Text(f"p{at}", text) for at, text in enumerate(pool.values())]
    names = {given: text.id for given, text in zip(pool, texts, strict=True)}
    outside, whole = open_outside(texts, encoder), Whole(texts, encoder)
    tried = [_try(task, outside, whole, encoder) for task in tasks]
    search = _Search(outside, whole, encoder, names)
    answered = [one for one in tried if one.task.answerability[0] in _ANSWERED]
    found = search.figures([one for one in answered if one.task.contexts])
    gate = _gate(tried)
    words = _rewritten(rewrites, outside)
    return ExternalReport(
        NAME,
        f"{len(tasks)} tasks, {len(texts)} pooled passages",
        (
            *(figure.row for pair in found.values() for figure in pair),
            *(one.row for one in gate),
            *(one.row for each in words for one in each),
            *_PUBLISHED,
        ),
        (
            *compared(found[_OURS][0], *(found[name][0] for name in found if name != _OURS)),
            *compared(gate[0], gate[2], gate[3]),
            *compared(gate[1], gate[2], gate[3]),
            "No reference rewrite is searched: the file of rewrites is of other conversations than "
            "the tasks. Our words are held against those rewrites instead.",
            "Published figures are of whole collections, not of a pool, and so not to be compared.",
            *_answered_anyway(tried),
        ),
    )


_OURS = "our search, our follow-up reading"


@dataclass(frozen=True, slots=True)
class _Search:
    """The same turns searched in several wordings and by several methods."""

    outside: Outside
    whole: Whole
    encoder: Encoder
    names: dict[str, str]

    def figures(
        self, tried: Sequence[_Tried]
    ) -> dict[str, tuple[Measured[float], Measured[float]]]:
        """Recall and nDCG of the first five, by method."""
        read = ours(self.outside.reader)
        methods: dict[str, Callable[[_Tried], Sequence[str]]] = {
            _OURS: lambda one: one.looks.ranked,
            "our search, last turn": lambda one: self._plain(last_turn(one.task.asked)),
            "our search, last two turns": lambda one: self._plain(last_two(one.task.asked)),
            "BM25 alone, last turn": lambda one: self._bm25(last_turn(one.task.asked)),
            "BM25 alone, last two turns": lambda one: self._bm25(last_two(one.task.asked)),
            "BM25 alone, our follow-up reading": lambda one: self._bm25(read(one.task.asked)),
            "cosine alone, last turn": lambda one: self._cosine(last_turn(one.task.asked)),
            "cosine alone, last two turns": lambda one: self._cosine(last_two(one.task.asked)),
        }
        return {name: self._figures(name, tried, how) for name, how in methods.items()}

    def _figures(
        self, name: str, tried: Sequence[_Tried], how: Callable[[_Tried], Sequence[str]]
    ) -> tuple[Measured[float], Measured[float]]:
        pairs = [
            (how(one), [self.names[each.id] for each in one.task.contexts if each.id in self.names])
            for one in tried
        ]
        return (
            mean_of(name, "R@5", [recall(ranked, right, _DEEP) for ranked, right in pairs]),
            mean_of(name, "nDCG@5", [ndcg(ranked, right, _DEEP) for ranked, right in pairs]),
        )

    def _plain(self, query: str) -> tuple[str, ...]:
        return self.outside.search(query, _DEEP)

    def _bm25(self, query: str) -> tuple[str, ...]:
        return self.whole.ranked(self.whole.bm25(query), _DEEP)

    def _cosine(self, query: str) -> tuple[str, ...]:
        vector = self.encoder.encode([query])[0]
        return self.whole.ranked(self.whole.cosine(vector), _DEEP)


def _try(task: _Task, outside: Outside, whole: Whole, encoder: Encoder) -> _Tried:
    vectors = encoder.encode([last_turn(task.asked), last_two(task.asked)])
    last, two = (whole.best(whole.cosine(vector)) for vector in vectors)
    return _Tried(task, outside.look(task.asked, _JUDGED), last, two)


def _gate(tried: Sequence[_Tried]) -> tuple[Measured[Judged], ...]:
    """Whether anything tells the answerable from the unanswerable, the pool being all there is."""
    scores: dict[str, Callable[[_Tried], float]] = {
        "our gate, as shipped": lambda one: one.looks.sure,
        "our gate, rules off": lambda one: one.looks.sure_without_rules,
        "cosine, last turn": lambda one: one.cosine,
        "cosine, last two turns": lambda one: one.cosine_two,
    }
    return tuple(
        area_of(name, "AUROC, answerable", [_judged(one, score) for one in _clear(tried)])
        for name, score in scores.items()
    )


def _judged(one: _Tried, score: Callable[[_Tried], float]) -> Judged:
    sure = (score(one),)
    return Judged(sure, ()) if one.task.answerability[0] == "ANSWERABLE" else Judged((), sure)


def _clear(tried: Sequence[_Tried]) -> list[_Tried]:
    """Tasks that are plainly answerable or plainly not."""
    return [one for one in tried if one.task.answerability[0] in ("ANSWERABLE", "UNANSWERABLE")]


def _answered_anyway(tried: Sequence[_Tried]) -> tuple[str, ...]:
    kinds = sorted({one.task.answerability[0] for one in tried})
    return tuple(
        f"{kind.capitalize()}: Soleus would answer {sum(one.looks.admitted for one in these)} of "
        f"{len(these)}."
        for kind in kinds
        for these in [[one for one in tried if one.task.answerability[0] == kind]]
    )


def _rewritten(
    rewrites: Sequence[_Rewrite], outside: Outside
) -> tuple[tuple[Measured[float], ...], ...]:
    """Our follow-up reading beside a model's rewrites of other conversations."""
    turns = [turn for turn in map(_turn_of, rewrites) if turn.asked.earlier]
    methods = {
        "our follow-up reading": ours(outside.reader),
        "last two turns": BASELINES["last two turns"],
    }
    return tuple(figures_of(name, recovered(turns, how)) for name, how in methods.items())


def _turn_of(row: _Rewrite) -> Turn:
    asked = [each.strip() for each in row.all_questions.split("|user|:") if each.strip()]
    return Turn(Question(asked[-1], tuple(asked[:-1])), row.llm_rewrite.replace("|user|:", ""))


_PUBLISHED = (
    published("BM25", "R@5", 0.20, _OFFICIAL),
    published("BM25", "R@5", 0.25, _OFFICIAL_REWRITE),
    published("BGE-base", "R@5", 0.30, _OFFICIAL),
    published("BGE-base", "R@5", 0.37, _OFFICIAL_REWRITE),
    published("Elser", "R@5", 0.49, _OFFICIAL),
    published("Elser", "R@5", 0.52, _OFFICIAL_REWRITE),
    published("BM25", "nDCG@5", 0.18, _OFFICIAL),
    published("BGE-base", "nDCG@5", 0.27, _OFFICIAL),
    published("Elser", "nDCG@5", 0.45, _OFFICIAL),
    published("BM25", "nDCG@5", 0.22, _OFFICIAL_REWRITE),
    published("BGE-base", "nDCG@5", 0.34, _OFFICIAL_REWRITE),
    published("Elser", "nDCG@5", 0.48, _OFFICIAL_REWRITE),
    published("BM25", "R@5", 0.29, _UN),
    published("BM25", "R@5", 0.36, _UN_REWRITE),
    published("BGE-base", "R@5", 0.25, _UN),
    published("BGE-base", "R@5", 0.38, _UN_REWRITE),
    published("Granite R2", "R@5", 0.29, _UN),
    published("Granite R2", "R@5", 0.40, _UN_REWRITE),
    published("Elser", "R@5", 0.40, _UN),
    published("Elser", "R@5", 0.49, _UN_REWRITE),
    published("reciprocal rank fusion, last turn", "R@5", 0.796, _OWN),
    published("reciprocal rank fusion, last two turns", "R@5", 0.870, _OWN),
    published("reciprocal rank fusion, all turns", "R@5", 0.784, _OWN),
    published("BM25, last turn", "R@5", 0.759, _OWN),
    published("BM25, last two turns", "R@5", 0.807, _OWN),
    published("MiniLM cosine", "AUROC, answerable", 0.797, _OWN),
)
