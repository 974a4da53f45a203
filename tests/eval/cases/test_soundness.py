"""Labels that contradict the shelf are found, and found without quoting the question."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus import Document, Span, load_claims, load_documents
from eval.cases.case import Half, read_cases
from eval.cases.soundness import faults_of
from tests.eval.cases.made_up import ABSTAIN, ROW, write_rows

DOCUMENTS = load_documents()
ALL = load_claims(DOCUMENTS)
CLAIMS = {"1-01": ALL["1-01"], "1-02": ALL["1-02"]}


def words(claim: str) -> str:
    shelf: dict[str, Document] = {document.id: document for document in DOCUMENTS}
    return "\n".join(shelf[span.document_id].words_at(span) for span in ALL[claim])


SOUND: dict[str, Any] = {
    **ROW,
    "facts": [
        {"claims": ["1-01"], "say": [words("1-01")[:12]]},
        {"claims": ["1-02"], "say": [words("1-02")[:12]]},
    ],
    "also": [],
}


def faults(folder: Path, *rows: dict[str, Any]) -> tuple[str, ...]:
    cases = read_cases(Half.DEV, write_rows(folder, Half.DEV, *rows))
    return faults_of(cases, DOCUMENTS, CLAIMS)


def test_a_sound_set_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, SOUND, ABSTAIN) == ()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"also": ["9-99"]}, "not on the shelf: 9-99"),
        ({"facts": [{"claims": ["1-01"], "say": ["never said"]}]}, "nothing in `say`"),
        (
            {"must_not_say": [{"pattern": words("1-01")[:12], "why": "invented"}]},
            "is found in a right quote",
        ),
        ({"attribution": ["forum"]}, "attribution that none of its claims has"),
        ({"question": f"so {words('1-01')[:60]}"}, "shares a run of words"),
        ({"earlier": [f"so {words('1-01')[:60]}"]}, "shares a run of words"),
        ({"facts": SOUND["facts"][:1]}, "no case needs claim 1-02"),
    ],
)
def test_faults_are_named_by_case(tmp_path: Path, changes: dict[str, Any], named: str) -> None:
    found = faults(tmp_path, {**SOUND, **changes})
    assert any(named in fault for fault in found)
    assert not any(SOUND["question"] in fault for fault in found)


def test_texts_that_the_shelf_restates_may_not_be_repeated_either(tmp_path: Path) -> None:
    row = {**SOUND, "question": "zebras gallop over purple mountains daily?"}
    cases = read_cases(Half.DEV, write_rows(tmp_path, Half.DEV, row))
    assert faults_of(cases, DOCUMENTS, CLAIMS) == ()
    told = faults_of(cases, DOCUMENTS, CLAIMS, ["when zebras gallop over purple mountains"])
    assert told == ("ans-1: shares a run of words with the texts",)


def test_a_span_of_another_text_counts_for_its_own_kind(tmp_path: Path) -> None:
    forum = next(d for d in DOCUMENTS if d.kind.value != "article")
    claims = {"1-01": (Span(forum.id, 0, 5),)}
    case = read_cases(Half.DEV, write_rows(tmp_path, Half.DEV, SOUND))[0]
    case = replace(case, facts=case.facts[:1], attribution=frozenset({"article"}))
    assert any("attribution" in fault for fault in faults_of([case], DOCUMENTS, claims))
