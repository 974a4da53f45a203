"""RGB, English facts: questions with snippets that answer, that do not, and that answer wrongly.

Chen, Lin, Han and Sun 2024 (CC BY-NC-SA 4.0: for measuring only). The snippets that do not answer
were found for the same question, so they are about the same thing: the hardest kind of abstention.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.question import Question
from assistant.reading.ask import Ask
from assistant.retrieve import Retrieved
from eval.external.files import Line, read_rows
from eval.external.passages import Looks, Outside, Scores, Text, Whole, open_outside
from eval.external.ranking import Judged, Measured, area_of, compared, mean, mean_of, published
from eval.external.report import ExternalReport
from index.encode import Encoder
from index.encoders import SentenceTransformerEncoder

NAME = "rgb_en_fact"
_OWN = "[own] an earlier trial of this project"
_Side = Literal["right", "beside", "wrong"]
_SIDES: tuple[_Side, ...] = ("right", "beside", "wrong")


class _Row(Line):
    query: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    positive_wrong: tuple[str, ...]

    def snippets(self, side: _Side) -> tuple[str, ...]:
        return {"right": self.positive, "beside": self.negative, "wrong": self.positive_wrong}[side]

    def told(self, side: _Side) -> tuple[int, ...]:
        """Numbers of the snippets of one side that hold a letter."""
        return tuple(n for n, text in enumerate(self.snippets(side)) if text.strip())


@dataclass(frozen=True, slots=True)
class _Sure:
    """How sure each method is that one set of snippets answers."""

    shipped: float
    unruled: float
    cosine: float
    bm25: float
    admitted: bool


@dataclass(frozen=True, slots=True)
class _Tried:
    row: _Row
    sure: dict[_Side, _Sure]
    misled: dict[str, float]
    """By method, share of planted-wrong snippets scored above the right one they were made of."""


def run(data: Path, encoder: Encoder | None = None) -> ExternalReport:
    """Measures on the questions in `data`. Raises ExternalError, PassageIndexError."""
    encoder = encoder or SentenceTransformerEncoder()
    rows = read_rows(data / NAME / "en_fact.jsonl", _Row)
    texts = [
        Text(_name(at, side, n), row.snippets(side)[n])
        for at, row in enumerate(rows)
        for side in _SIDES
        for n in row.told(side)
    ]
    bench = _Bench(open_outside(texts, encoder), Whole(texts, encoder), encoder)
    tried = [bench.attempt(at, row) for at, row in enumerate(rows)]
    areas, shares, misled = _areas(tried), _shares(tried), _misled(tried)
    return ExternalReport(
        NAME,
        f"{len(rows)} questions, {len(texts)} snippets",
        (
            *(one.row for one in areas),
            *(one.row for one in shares),
            *(one.row for one in misled),
            *_PUBLISHED,
        ),
        (
            *compared(areas[0], *areas[2:]),
            *compared(areas[1], *areas[2:]),
            f"Given only snippets that do not answer, Soleus as shipped answers "
            f"{shares[1].row.value:.0%} of the time.",
            "A planted wrong answer cannot be told from the right one by likeness or shared words; "
            "0.5 is chance. Soleus quotes what its texts say and does not check that it is true.",
            "A few snippets labelled as not answering do hold the answer in other words: the "
            "labels are the set's own. Each side is cut to as many snippets as the smaller has.",
            "All questions' snippets are indexed together; a question is judged on its own alone.",
        ),
    )


def _name(at: int, side: _Side, n: int) -> str:
    return f"q{at}-{side}-{n}"


@dataclass(frozen=True, slots=True)
class _Bench:
    outside: Outside
    whole: Whole
    encoder: Encoder

    def attempt(self, at: int, row: _Row) -> _Tried:
        """One question with each of its sets of snippets by itself."""
        everything = len(self.outside.index.passages)
        found = self.outside.find(Question(row.query), everything)
        cosine = self.whole.cosine(self.encoder.encode([row.query])[0])
        bm25 = self.whole.bm25(row.query)
        sure = {side: self._sure(at, row, side, found, cosine, bm25) for side in _SIDES}
        pair = self.outside.judge(found, everything, _starts(f"q{at}-"))
        scores: dict[str, Callable[[str], float]] = {
            "our best sentence": _best_score(pair),
            "cosine": lambda name: self.whole.score_of(cosine, name),
            "BM25": lambda name: self.whole.score_of(bm25, name),
        }
        return _Tried(row, sure, {name: _beaten(at, row, by) for name, by in scores.items()})

    def _sure(
        self,
        at: int,
        row: _Row,
        side: _Side,
        found: tuple[tuple[Ask, Retrieved], ...],
        cosine: Scores,
        bm25: Scores,
    ) -> _Sure:
        # The best of seven snippets beats the best of three by numbers alone: as many on each side.
        fewest = min(len(row.told(each)) for each in _SIDES)
        names = {_name(at, side, n) for n in row.told(side)[:fewest]}
        looks = self.outside.judge(found, len(self.outside.index.passages), names.__contains__)
        return _Sure(
            shipped=looks.sure,
            unruled=looks.sure_without_rules,
            cosine=max(self.whole.score_of(cosine, name) for name in names),
            bm25=max(self.whole.score_of(bm25, name) for name in names),
            admitted=looks.admitted,
        )


def _starts(prefix: str) -> Callable[[str], bool]:
    return lambda name: name.startswith(prefix)


def _best_score(looks: Looks) -> Callable[[str], float]:
    best: dict[str, float] = {}
    for candidate in looks.candidates:
        name = candidate.sentence.span.document_id
        best[name] = max(best.get(name, 0.0), candidate.score)
    return lambda name: best.get(name, 0.0)


def _beaten(at: int, row: _Row, score: Callable[[str], float]) -> float:
    """How often the wrong copy of a snippet scores above the right one; level counts half."""
    pairs = [
        (score(_name(at, "right", n)), score(_name(at, "wrong", n)))
        for n in sorted(set(row.told("right")) & set(row.told("wrong")))
    ]
    return mean([float(wrong > right) + 0.5 * (wrong == right) for right, wrong in pairs])


def _areas(tried: Sequence[_Tried]) -> tuple[Measured[Judged], ...]:
    scores: dict[str, Callable[[_Sure], float]] = {
        "our gate, as shipped": lambda sure: sure.shipped,
        "our gate, rules off": lambda sure: sure.unruled,
        "cosine alone": lambda sure: sure.cosine,
        "BM25 alone": lambda sure: sure.bm25,
    }
    return tuple(
        area_of(
            name,
            "AUROC, answers",
            [Judged((by(one.sure["right"]),), (by(one.sure["beside"]),)) for one in tried],
        )
        for name, by in scores.items()
    )


def _shares(tried: Sequence[_Tried]) -> tuple[Measured[float], ...]:
    said = ("answered, right snippets", "answered, none that answers", "answered, wrong snippets")
    return tuple(
        mean_of(name, "share", [float(one.sure[side].admitted) for one in tried])
        for name, side in zip(said, _SIDES, strict=True)
    )


def _misled(tried: Sequence[_Tried]) -> tuple[Measured[float], ...]:
    return tuple(
        mean_of(f"{name}: wrong above right", "share", [one.misled[name] for one in tried])
        for name in tried[0].misled
    )


_PUBLISHED = (published("MiniLM cosine", "AUROC, answers", 0.471, _OWN),)
