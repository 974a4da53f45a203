"""When a step of a procedure is quoted alone, and when a dispute comes before all else."""

from dataclasses import replace

import pytest

from assistant.reading.asks import AskKind
from assistant.reply import ItemKind
from assistant.select import Known, SelectSettings, select
from tests.assistant.drawn import nonsense
from tests.assistant.made import ask, candidate, disagreement, evidence, passage, place, shelf

SETTINGS = SelectSettings()
ARTICLE = passage(nonsense(0, 8), nonsense(1, 8), document="article", speaker="author")
POST = passage(nonsense(2, 8), document="thread", speaker="reply 3")
STEPS = passage(*((step, nonsense(3 + step, 6)) for step in (1, 2, 3)), document="steps")
STEPS_ASKED = replace(
    STEPS, sentences=tuple(replace(each, asked=("where do I grip?",)) for each in STEPS.sentences)
)


@pytest.mark.parametrize(
    ("scores", "known", "steps"),
    [
        ((0.02, 0.9, 0.03), True, [2]),  # 1 of 3 comes near: the step asked about, alone
        ((0.02, 0.9, 0.37), True, [1, 2, 3]),  # 2 of 3 at 0.4 * 0.9 = 0.36 or above
        ((0.02, 0.9, 0.35), True, [2, 3]),  # 1 of 3, and no step is said twice
        ((0.02, 0.9, 0.03), False, [1, 2, 3]),  # not known what people ask: never alone
    ],
)
def test_a_step_stands_alone_only_where_it_is_what_was_asked(
    scores: tuple[float, ...], known: bool, steps: list[int]
) -> None:
    source = STEPS_ASKED if known else STEPS
    found = evidence(*(candidate(source, at, score) for at, score in enumerate(scores)))
    shown = select(found, shelf(source), SETTINGS)
    assert [one.sentence.step for point in shown for one in point.places] == steps
    assert (shown[0].kind is ItemKind.PROCEDURE) is (len(steps) == 3)


@pytest.mark.parametrize(
    ("kind", "known", "labels"),
    [
        (AskKind.WHETHER, Known(frozenset({"dispute"})), ["Side 1", "Side 2", ""]),
        (AskKind.OPEN, Known(frozenset({"dispute"})), ["", "Side 1", "Side 2"]),
    ],
)
def test_to_whether_a_dispute_about_the_very_thing_is_the_direct_answer(
    kind: AskKind, known: Known, labels: list[str]
) -> None:
    dispute = disagreement(place(ARTICLE), place(POST))
    found = evidence(
        candidate(ARTICLE, 1, 0.95),
        candidate(ARTICLE, 0, 0.7),
        candidate(POST, 0, 0.6),
        asked=ask(kind=kind),
    )
    points = select(found, shelf(ARTICLE, POST, disagreements=[dispute]), SETTINGS, known)
    assert [point.label for point in points] == labels
