"""XQuAD, English part: 240 encyclopaedia passages and 1,190 questions with their answers.

Artetxe, Ruder and Yogatama 2020 (a subset of SQuAD 1.1). Three things are measured: whether the
passage is found, whether the first sentence we would quote holds the answer, and whether anything
tells that the passage has been taken away.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evidence import Candidate
from assistant.question import Question
from eval.external.files import Line, read_rows
from eval.external.passages import Looks, Outside, Text, Whole, open_outside
from eval.external.ranking import (
    Judged,
    Measured,
    area_of,
    compared,
    mean_of,
    mrr,
    ndcg,
    published,
)
from eval.external.report import ExternalReport
from index.encode import Encoder
from index.encode_all import encode_all
from index.encoders import SentenceTransformerEncoder

NAME = "xquad_en"
_DEEP = 10
_GONE = "AUROC, gone"
_MTEB = "MTEB XQuADRetrieval en [P]"
_OWN = "[own] an earlier trial of this project, whole passages"


class _Answer(Line):
    text: str


class _Question(Line):
    question: str
    pid: str
    answers: tuple[_Answer, ...]


class _Passage(Line):
    pid: str
    text: str


@dataclass(frozen=True, slots=True)
class _Tried:
    """One question, with its passage there and with it taken away."""

    asked: _Question
    there: Looks
    gone: Looks


def run(data: Path, encoder: Encoder | None = None) -> ExternalReport:
    """Measures on the set in `data`. Raises ExternalError, PassageIndexError."""
    encoder = encoder or SentenceTransformerEncoder()
    rows = read_rows(data / NAME / "passages.jsonl", _Passage)
    texts = [Text(each.pid, each.text) for each in rows]
    questions = read_rows(data / NAME / "questions.jsonl", _Question)
    words, meaning = _plain(questions, Whole(texts, encoder), encoder)
    outside = open_outside(texts, encoder)
    tried = [_try(each, outside) for each in questions]
    search = _retrieval("our search", [(one.there.ranked, one.asked.pid) for one in tried])
    shipped, unruled, *likest = _sentences(tried)
    gate, unruled_gate, there, gone = _abstaining(tried)
    measured = (*words.search, *meaning.search, *search, shipped, unruled, *likest, there, gone)
    areas = (words.gone, meaning.gone, gate, unruled_gate)
    return ExternalReport(
        NAME,
        f"{len(texts)} passages, {len(questions)} questions",
        (*(one.row for one in measured), *(one.row for one in areas), *_PUBLISHED),
        (
            *compared(search[0], words.search[0], meaning.search[0]),
            *compared(shipped, *likest),
            *compared(unruled, *likest),
            *compared(gate, words.gone, meaning.gone),
            *compared(unruled_gate, words.gone, meaning.gone),
            "With its passage taken away a question has no answer here, and "
            f"{gone.row.value:.0%} of them are answered all the same: related words are "
            "enough for our gate.",
            "Passages are searched without their article's title. The lexicon knows legs only, so "
            "what it does for the shelf it cannot do here.",
            "With a passage taken away, words are still counted as rare or not with it there.",
        ),
    )


def _try(asked: _Question, outside: Outside) -> _Tried:
    # Deep enough that ten remain when every piece of the right passage is passed over.
    found = outside.find(Question(asked.question), _DEEP + outside.pieces(asked.pid))
    there = outside.judge(found, _DEEP)
    return _Tried(asked, there, outside.judge(found, _DEEP, lambda name: name != asked.pid))


@dataclass(frozen=True, slots=True)
class _Plain:
    """One plain method: how high the right passage stands, and whether its absence shows."""

    search: tuple[Measured[float], ...]
    gone: Measured[Judged]


def _plain(questions: Sequence[_Question], whole: Whole, encoder: Encoder) -> tuple[_Plain, ...]:
    vectors = encode_all([each.question for each in questions], encoder)
    scored = {
        "BM25 alone": [whole.bm25(each.question) for each in questions],
        "cosine alone": [whole.cosine(vector) for vector in vectors],
    }
    found = []
    for method, scores in scored.items():
        pairs = list(zip(questions, scores, strict=True))
        ranked = [(whole.ranked(s, _DEEP), q.pid) for q, s in pairs]
        judged = [Judged((whole.best(s),), (whole.best(s, {q.pid}),)) for q, s in pairs]
        found.append(_Plain(_retrieval(method, ranked), area_of(method, _GONE, judged)))
    return tuple(found)


def _retrieval(
    method: str, found: Sequence[tuple[Sequence[str], str]]
) -> tuple[Measured[float], ...]:
    return (
        mean_of(method, "nDCG@10", [ndcg(ranked, [right], _DEEP) for ranked, right in found]),
        mean_of(method, "MRR@10", [mrr(ranked, [right], _DEEP) for ranked, right in found]),
    )


def _sentences(tried: Sequence[_Tried]) -> tuple[Measured[float], ...]:
    """Whether the first sentence holds the answer, letter for letter."""
    chosen: Mapping[str, Callable[[Looks], Candidate | None]] = {
        "our best sentence, as shipped": lambda looks: looks.best,
        "our best sentence, rules off": _highest(lambda c: c.score),
        "likest sentence by cosine": _highest(lambda c: c.signals.cosine),
        "likest sentence by BM25": _highest(lambda c: c.signals.lexical),
    }
    return tuple(
        mean_of(method, "answer in 1st", _held(tried, choose)) for method, choose in chosen.items()
    )


def _held(tried: Sequence[_Tried], choose: Callable[[Looks], Candidate | None]) -> list[float]:
    return [float(_holds(choose(one.there), one.asked)) for one in tried]


def _highest(by: Callable[[Candidate], float]) -> Callable[[Looks], Candidate | None]:
    return lambda looks: max(looks.candidates, key=by, default=None)


def _holds(candidate: Candidate | None, asked: _Question) -> bool:
    said = candidate.sentence.text.lower() if candidate else ""
    return any(answer.text.lower() in said for answer in asked.answers)


def _abstaining(
    tried: Sequence[_Tried],
) -> tuple[Measured[Judged], Measured[Judged], Measured[float], Measured[float]]:
    """Our gate with and without its rules, and how often it answers."""
    sure = [Judged((one.there.sure,), (one.gone.sure,)) for one in tried]
    unruled = [
        Judged((one.there.sure_without_rules,), (one.gone.sure_without_rules,)) for one in tried
    ]
    return (
        area_of("our gate, as shipped", _GONE, sure),
        area_of("our gate, rules off", _GONE, unruled),
        mean_of("answered, passage there", "share", [float(one.there.admitted) for one in tried]),
        mean_of("answered, passage gone", "share", [float(one.gone.admitted) for one in tried]),
    )


_PUBLISHED = (
    published("all-MiniLM-L6-v2", "nDCG@10", 0.9436, _MTEB),
    published("bge-small-en-v1.5", "nDCG@10", 0.9531, _MTEB),
    published("BM25", "nDCG@10", 0.965, _OWN),
    published("MiniLM", "nDCG@10", 0.9433, _OWN),
    published("both, reciprocal rank fusion", "nDCG@10", 0.971, _OWN),
    published("MiniLM cosine", _GONE, 0.826, _OWN),
)
