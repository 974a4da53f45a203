"""Cases are read whole or refused, and a refusal never quotes a question."""

from pathlib import Path
from typing import Any

import pytest

from eval.cases.case import Behaviour, CasesError, Half, Level, Wrong, read_cases
from tests.eval.cases.made_up import ABSTAIN, ROW, case_of, write_rows

UNSEEN = "words nobody may see"


def test_a_row_becomes_a_case(tmp_path: Path) -> None:
    case = case_of(tmp_path, earlier=["my calf"])
    assert (case.id, case.half, case.behaviour) == ("ans-1", Half.DEV, Behaviour.ANSWER)
    assert case.asked.text == "how long do i hold it??"
    assert case.asked.earlier == ("my calf",)
    assert case.level is Level.SELF_CARE
    assert case.category == "answerable"
    assert case.facts[0].claims == ("1-01",)
    assert case.must_not_say[0].why is Wrong.WRONG_NUMBER


def test_patterns_ignore_case(tmp_path: Path) -> None:
    assert case_of(tmp_path).facts[0].say[0].search("Sixty seconds")


def test_cases_come_by_id_from_every_file(tmp_path: Path) -> None:
    write_rows(tmp_path, Half.DEV, {**ROW, "id": "ans-2"})
    (tmp_path / "dev" / "more.jsonl").write_text(
        (tmp_path / "dev" / "cases.jsonl").read_text("utf-8").replace("ans-2", "ans-1"), "utf-8"
    )
    assert [case.id for case in read_cases(Half.DEV, tmp_path)] == ["ans-1", "ans-2"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"behaviour": "dance"}, "behaviour"),
        ({"facts": [{"claims": ["1-01"], "say": ["("]}]}, "say"),
        ({"facts": [{"claims": [], "say": ["x"]}]}, "claims"),
        ({"more": 1}, "more"),
        ({"id": "no number"}, "id"),
        ({"tags": ["typo"]}, "category"),
        ({"tags": ["answerable", "off-topic"]}, "category"),
        ({"level": "urgent"}, "warning sign"),
        ({"facts": []}, "needs a fact"),
        ({"behaviour": "both_sides"}, "needs a fact"),
        ({"behaviour": "abstain"}, "only an answer"),
    ],
)
def test_an_unsound_case_is_named_by_its_line_and_not_quoted(
    tmp_path: Path, changes: dict[str, Any], named: str
) -> None:
    rows = [ABSTAIN, {**ROW, **changes, "question": UNSEEN}]
    with pytest.raises(CasesError, match=named) as refused:
        read_cases(Half.SEALED, write_rows(tmp_path, Half.SEALED, *rows))
    assert "line 2" in str(refused.value)
    assert UNSEEN not in str(refused.value)
    assert refused.value.__cause__ is None


def test_no_json_no_file_and_doubles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CasesError, match="No questions"):
        read_cases(Half.DEV, tmp_path)
    with pytest.raises(CasesError, match="two cases are called near-1"):
        read_cases(Half.DEV, write_rows(tmp_path, Half.DEV, ABSTAIN, ABSTAIN))
    (tmp_path / "dev" / "cases.jsonl").write_text("not json", "utf-8")
    with pytest.raises(CasesError, match="no JSON object"):
        read_cases(Half.DEV, tmp_path)


def test_levels_rise() -> None:
    assert [level.rank for level in Level] == [0, 1, 2, 3]
    assert Level.EMERGENCY.rank == 3
