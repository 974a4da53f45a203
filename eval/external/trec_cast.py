"""TREC CAsT 2019 and 2020: follow-up questions with rewrites that people made of them.

Dalton, Xiong and Callan 2020. The conversations alone, without the collection that was searched:
what is measured is how much of a rewrite our reading recovers, not what is found with it.
"""

from collections.abc import Mapping
from pathlib import Path

from assistant.question import Question
from eval.external.files import Line, read_rows
from eval.external.passages import reader_for
from eval.external.ranking import Measured, compared, published
from eval.external.report import ExternalReport
from eval.external.rewrites import BASELINES, Turn, figures_of, ours, recovered
from index.lexical import words_of

NAME = "trec_cast"
_OURS = "our follow-up reading"
_CITED = "CAsT papers [P], retrieval over the whole collection: another measure"


class _Turn(Line):
    year: int
    history: tuple[str, ...]
    raw: str
    manual: str
    automatic: str = ""


def run(data: Path) -> ExternalReport:
    """Measures on the turns in `data`. Raises ExternalError."""
    rows = read_rows(data / NAME / "turns.jsonl", _Turn)
    later = [row for row in rows if row.history]
    turns = [Turn(Question(row.raw, row.history), row.manual) for row in later]
    # Their words count as known: a shelf would know those of its own subject.
    reader = reader_for(word for row in rows for word in words_of(row.raw))
    methods = {_OURS: ours(reader), **BASELINES}
    figures = {name: figures_of(name, recovered(turns, how)) for name, how in methods.items()}
    theirs = _automatic(later)
    leaning = sum(bool(one.lacked) for one in recovered(turns, BASELINES["last turn"]))
    return ExternalReport(
        NAME,
        f"{len(later)} turns with turns before them, {leaning} of which lack a word",
        (
            *(one.row for found in figures.values() for one in found),
            *(one.row for one in theirs),
            *_PUBLISHED,
        ),
        (
            *_notes(figures),
            "Our reading tells a change of subject by legs it names; here it sees only words that "
            "point or continue, so what it does on the shelf's subject is not measured.",
            "A word counts as recovered wherever it came from: a whole turn carried over recovers "
            "much and adds much besides.",
        ),
    )


def _notes(figures: Mapping[str, tuple[Measured[float], ...]]) -> tuple[str, ...]:
    others = [figures[name] for name in ("last turn", "last two turns", "first and last turn")]
    return (
        *compared(figures[_OURS][0], *(found[0] for found in others)),
        *(f"{line} (Lower is better.)" for line in _lower(figures)),
    )


def _lower(figures: Mapping[str, tuple[Measured[float], ...]]) -> tuple[str, ...]:
    """The same of needless changes, whose signs are turned: fewer are better."""
    turned = {"Better": "WORSE", "WORSE": "Better"}
    lines = compared(figures[_OURS][1], figures["last turn"][1], figures["last two turns"][1])
    return tuple(
        line.replace(said, turned[said], 1)
        for line in lines
        for said in [line.partition(":")[0]]
        if said in turned
    )


def _automatic(rows: list[_Turn]) -> tuple[Measured[float], ...]:
    """The rewrites that the organisers' model made in 2020, scored as ours are."""
    made = [row for row in rows if row.automatic]
    if not made:
        return ()
    by_turn = {Question(row.raw, row.history): row.automatic for row in made}
    turns = [Turn(asked, row.manual) for asked, row in zip(by_turn, made, strict=True)]
    name = "the organisers' model, 2020 turns alone"
    return figures_of(name, recovered(turns, lambda asked: by_turn[asked]))


_PUBLISHED = (
    published("automatic rewriting, 2019, at least", "NDCG lost", 0.30, _CITED),
    published("model rewriting, at best", "NDCG@3 gained", 0.27, _CITED),
)
