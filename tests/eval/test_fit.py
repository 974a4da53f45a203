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
from corpus import Span, load_claims, load_documents
from eval.fit import (
    ADMIT,
    KNOWN,
    PLAIN,
    SCOPE,
    Looked,
    fit,
    labelled_cases,
    labelled_goldens,
    lines_of,
    look,
)
from eval.golden import BEHAVIOURS, Behaviour, Golden
from index.encoders import SentenceTransformerEncoder
from tests.assistant.made import NEUTRAL
from tests.eval.cases.made_up import ABSTAIN, case_of

QUESTIONS = 40


def telling(draw: Random, *, carries: bool, likeness: float) -> Signals:
    """A sentence whose lexical signal, and likeness to what is asked of it, tell whether it carries
    the point; `terms` and `asked_mean` are noise.
    """
    return replace(
        NEUTRAL,
        lexical=draw.gauss(0.7 if carries else 0.3, 0.05),
        asked=draw.gauss(0.7 if carries else 0.3, 0.05),
        cosine=draw.gauss(likeness, 0.02),
        terms=draw.random(),
        asked_mean=draw.random(),
    )


def looked(*, shuffled: bool = False) -> tuple[Looked, ...]:
    """Every second question is covered: one sentence of six carries its point."""
    draw = Random(7)  # noqa: S311 (no secret)
    rows = []
    for n in range(QUESTIONS):
        covered = n % 2 == 0
        carries = tuple(covered and at == 2 for at in range(6))
        likeness = 0.6 if covered else 0.3
        signals = tuple(telling(draw, carries=each, likeness=likeness) for each in carries)
        scope = (draw.random(), 0.5, draw.gauss(likeness, 0.02), draw.gauss(1 - likeness, 0.02))
        told = draw.choice([True, False]) if shuffled else covered
        rows.append(Looked(told, signals, carries, scope))
    partly = replace(rows[0], covered=None)
    return (*rows, partly, Looked(True, (), (), (0.0,) * len(SCOPE)))


def test_a_signal_that_tells_is_found_and_one_that_does_not_is_not() -> None:
    found = fit(looked()).plain
    assert tuple(found.weights) == PLAIN
    assert found.weights["lexical"] > 2.0
    assert abs(found.weights["terms"]) < 0.5
    assert found.weights["advises"] == pytest.approx(0.0, abs=1e-6)  # the same everywhere
    assert found.auroc > 0.99
    assert found.questions == QUESTIONS + 1  # one had nothing eligible


def test_a_signal_that_is_the_same_everywhere_weighs_nothing_whatever_its_value() -> None:
    # 0.4 of every sentence: the mean of that many is not 0.4 to the last digit.
    found = fit(looked())
    for fitted in (found.known, found.plain):
        assert fitted.weights["passage_cosine"] == pytest.approx(0.0, abs=1e-6)
        assert abs(fitted.bias) < 100.0


def test_sentences_with_known_questions_are_fitted_on_their_own_signals() -> None:
    found = fit(looked()).known
    assert tuple(found.weights) == KNOWN
    assert found.weights["asked"] > 2.0
    assert abs(found.weights["asked_mean"]) < found.weights["asked"] / 10
    assert found.weights["doubt"] == pytest.approx(0.0, abs=1e-6)
    assert found.auroc > 0.99


def test_a_doubtful_sentence_is_nothing_to_the_one_and_all_to_the_other() -> None:
    before = looked()
    # Likest of all by every sign, carrying nothing: only `doubt` tells it from the right one.
    misleading = replace(NEUTRAL, lexical=0.9, asked=0.9, doubt=1.0)
    with_doubt = [
        replace(each, signals=(*each.signals, misleading), carries=(*each.carries, False))
        for each in before
        if each.signals
    ]
    plain, doubtful = fit(before), fit(with_doubt)
    assert doubtful.plain == plain.plain
    assert doubtful.known.weights["doubt"] < -2.0


def test_ranking_counts_only_questions_that_have_something_to_find() -> None:
    ranked = fit(looked()).ranked
    assert ranked.questions == QUESTIONS // 2 + 1
    assert ranked.first == ranked.mrr == 1.0


def test_admission_leaves_out_what_is_covered_in_part() -> None:
    admission = fit(looked()).admission
    assert tuple(admission.weights) == ADMIT
    assert admission.questions == QUESTIONS
    assert admission.auroc > 0.95


def test_the_scope_of_a_question_is_fitted_over_the_same_questions() -> None:
    scope = fit(looked()).scope
    assert tuple(scope.weights) == SCOPE
    assert scope.questions == QUESTIONS
    assert scope.weights["passage_cosine"] > 2.0
    assert scope.weights["out_of_scope"] < -2.0
    assert abs(scope.weights["asked"]) < scope.weights["passage_cosine"] / 10
    assert scope.weights["cosine"] == pytest.approx(0.0, abs=1e-6)  # the same everywhere
    assert scope.auroc > 0.95


def test_labels_that_mean_nothing_are_not_learnt() -> None:
    found = fit(looked(shuffled=True))
    assert found.admission.auroc < 0.8
    assert found.scope.auroc < 0.8


def test_only_one_kind_of_sentence_is_an_error() -> None:
    silent = [replace(each, carries=(False,) * len(each.carries)) for each in looked()]
    with pytest.raises(ValueError, match="class"):
        fit(silent)


def test_the_lines_stand_beside_the_weights_in_use() -> None:
    used = replace(Weights(), bias=-9.87, admit_best=6.54, asked_bias=-3.21, in_scope_bias=-1.23)
    found = fit(looked())
    head, *lines = lines_of(found, used)
    assert head.split() == ["fitted", "in", "use"]
    tables: list[dict[str, list[str]]] = [{}]
    aurocs = []
    for line in lines:
        name, *figures = line.split()
        if name == "AUROC":
            aurocs.append(figures[0])
            tables.append({})
        elif len(aurocs) < 4:
            tables[-1][name] = figures
    known, plain, scope, admit = tables[:4]
    assert list(known) == ["asked_bias", *KNOWN]
    assert list(plain) == ["bias", *PLAIN]
    assert list(scope) == ["in_scope_bias", *SCOPE]
    assert list(admit) == ["admit_bias", *ADMIT]
    assert plain["bias"] == [f"{found.plain.bias:.2f}", "-9.87"]
    assert known["asked_bias"][1] == "-3.21"
    assert scope["in_scope_bias"][1] == "-1.23"
    assert admit["admit_best"][1] == "6.54"
    assert known["cosine"][1] == f"{used.asked_signals['cosine']:.2f}"
    assert scope["cosine"][1] == f"{used.in_scope['cosine']:.2f}"
    assert plain["cosine"] == [
        f"{found.plain.weights['cosine']:.2f}",
        f"{used.signals['cosine']:.2f}",
    ]
    fitted = (found.known, found.plain, found.scope, found.admission)
    assert aurocs == [f"{each.auroc:.3f}" for each in fitted]
    assert "Nothing was changed" in lines[-1]


CLAIMS = {"1-01": (Span("a", 0, 9), Span("b", 0, 9)), "1-02": (Span("a", 9, 20),)}


def golden(text: str, behaviour: Behaviour, *claim: str) -> Golden:
    points = (claim,) if claim else ()
    return Golden("x", Question(text), behaviour, points, (), (), frozenset())


def test_golden_questions_are_labelled_by_what_they_ask_of_the_shelf() -> None:
    found = labelled_goldens([golden(each, each, "1-01", "1-02") for each in BEHAVIOURS], CLAIMS)
    assert {each.asked.text: each.covered for each in found} == {
        "answer": True,
        "both_sides": True,
        "partial": None,
        "abstain": False,
    }
    assert found[0].spans == (*CLAIMS["1-01"], *CLAIMS["1-02"])


def test_cases_are_labelled_by_their_facts_and_warning_signs_are_not(tmp_path: Path) -> None:
    facts = [{"claims": ["1-01"], "say": ["60"]}, {"claims": ["1-02"], "say": ["breathe"]}]
    sign = {**ABSTAIN, "behaviour": "escalate", "level": "urgent", "tags": ["warning-sign"]}
    cases = [
        case_of(tmp_path, question="answer", facts=facts, earlier=["before"]),
        case_of(tmp_path, question="sides", facts=facts, behaviour="both_sides"),
        case_of(tmp_path, **{**ABSTAIN, "question": "near"}),
        case_of(tmp_path, **sign),
        case_of(tmp_path, **{**ABSTAIN, "behaviour": "clarify"}),
    ]
    found = labelled_cases(cases, CLAIMS)
    assert [(each.asked.text, each.covered) for each in found] == [
        ("answer", True),
        ("sides", True),
        ("near", False),
    ]
    assert found[0].asked.earlier == ("before",)
    # What only bears on it (1-02 among `also`) is no answer; both facts are.
    assert found[0].spans == (*CLAIMS["1-01"], *CLAIMS["1-02"])
    assert found[2].spans == ()


@pytest.mark.slow
def test_what_the_real_shelf_offers_is_looked_at_and_labelled(real_artifacts: Path) -> None:
    documents, encoder = load_documents(), SentenceTransformerEncoder()
    assistant = open_assistant(Settings(index=IndexSettings(folder=real_artifacts)), encoder)
    labelled = labelled_goldens(
        [
            golden("my calf cramped, should I stretch it straight away?", "answer", "1-05"),
            golden("how much magnesium should I take", "abstain"),
            golden("hello", "small_talk"),
        ],
        load_claims(documents),
    )
    answered, abstained = look(labelled, assistant)
    assert (answered.covered, abstained.covered) == (True, False)
    assert 1 <= sum(answered.carries) < len(answered.carries) == len(answered.signals)
    assert not any(abstained.carries)
    likely, unlikely = (dict(zip(SCOPE, each.scope, strict=True)) for each in (answered, abstained))
    assert likely["asked"] - likely["out_of_scope"] > unlikely["asked"] - unlikely["out_of_scope"]
