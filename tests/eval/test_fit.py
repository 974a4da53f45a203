"""The fit finds what is in the data, judges itself on what it has not seen, and changes nothing."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from assistant.evidence import Signals
from assistant.question import Question
from assistant.settings import IndexSettings, Settings
from assistant.weights import Weights
from assistant.wire import open_assistant
from corpus import load_claims, load_documents
from eval.fit import ADMIT, SIGNALS, Looked, fit, lines_of, look
from eval.golden import Behaviour, Golden
from index.build import build_index
from index.encoders import SentenceTransformerEncoder
from tests.assistant.made import NEUTRAL

QUESTIONS = 40


def telling(draw: Random, *, carries: bool, likeness: float) -> Signals:
    """A sentence whose lexical signal tells whether it carries the point; `terms` is noise."""
    return replace(
        NEUTRAL,
        lexical=draw.gauss(0.7 if carries else 0.3, 0.05),
        cosine=draw.gauss(likeness, 0.02),
        terms=draw.random(),
    )


def looked(*, shuffled: bool = False) -> tuple[Looked, ...]:
    """Every second question is covered: one sentence of six carries its point."""
    draw = Random(7)  # noqa: S311 (no secret)
    rows = []
    for n in range(QUESTIONS):
        covered = n % 2 == 0
        carries = tuple(covered and at == 2 for at in range(6))
        signals = tuple(
            telling(draw, carries=each, likeness=0.6 if covered else 0.3) for each in carries
        )
        told = draw.choice([True, False]) if shuffled else covered
        rows.append(Looked(told, signals, carries))
    return (*rows, Looked(None, rows[0].signals, rows[0].carries), Looked(True, (), ()))


def test_a_signal_that_tells_is_found_and_one_that_does_not_is_not() -> None:
    found = fit(looked()).sentences
    assert tuple(found.weights) == SIGNALS
    assert found.weights["lexical"] > 2.0
    assert abs(found.weights["terms"]) < 0.5
    assert found.weights["advises"] == pytest.approx(0.0, abs=1e-6)  # the same everywhere
    assert found.auroc > 0.99
    assert found.questions == QUESTIONS + 1  # one had nothing eligible


def test_ranking_counts_only_questions_that_have_something_to_find() -> None:
    ranked = fit(looked()).ranked
    assert ranked.questions == QUESTIONS // 2 + 1
    assert ranked.first == ranked.mrr == 1.0


def test_admission_leaves_out_what_is_covered_in_part() -> None:
    admission = fit(looked()).admission
    assert tuple(admission.weights) == ADMIT
    assert admission.questions == QUESTIONS
    assert admission.auroc > 0.95


def test_labels_that_mean_nothing_are_not_learnt() -> None:
    assert fit(looked(shuffled=True)).admission.auroc < 0.8


def test_only_one_kind_of_sentence_is_an_error() -> None:
    silent = [replace(each, carries=(False,) * len(each.carries)) for each in looked()]
    with pytest.raises(ValueError, match="class"):
        fit(silent)


def test_the_lines_stand_beside_the_weights_in_use() -> None:
    lines = lines_of(fit(looked()), replace(Weights(), bias=-9.87, admit_best=6.54))
    rows = [line.split() for line in lines[1 : 1 + len(SIGNALS) + len(ADMIT) + 2]]
    named = {name: figures for name, *figures in rows}
    assert {"bias", *SIGNALS, "admit_bias", *ADMIT} == set(named)
    assert named["bias"][1] == "-9.87"
    assert named["admit_best"][1] == "6.54"


@pytest.mark.slow
def test_what_the_real_shelf_offers_is_looked_at_and_labelled(tmp_path: Path) -> None:
    documents, encoder = load_documents(), SentenceTransformerEncoder()
    build_index(documents, encoder, tmp_path)
    assistant = open_assistant(Settings(index=IndexSettings(folder=tmp_path)), encoder)
    claims = load_claims(documents)

    def golden(text: str, behaviour: Behaviour, *claim: str) -> Golden:
        points = (claim,) if claim else ()
        return Golden("x", Question(text), behaviour, points, (), (), frozenset())

    answered, abstained = look(
        [
            golden("my calf cramped, should I stretch it straight away?", "answer", "1-05"),
            golden("how much magnesium should I take", "abstain"),
            golden("hello", "small_talk"),
        ],
        assistant,
        claims,
    )
    assert (answered.covered, abstained.covered) == (True, False)
    assert 1 <= sum(answered.carries) < len(answered.carries) == len(answered.signals)
    assert not any(abstained.carries)
