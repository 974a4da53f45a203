"""`python -m eval check`: counts, and the names of what is unsound; never a question's words."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.cases.case import Case, CasesError, Half
from tests.eval.cases.made_up import ABSTAIN, case_of

UNSEEN = "purple xylophones cramp after marathons"


@pytest.fixture
def halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two cases in one half, one in the other."""
    dev = (case_of(tmp_path), case_of(tmp_path, **ABSTAIN))
    sealed = (case_of(tmp_path, Half.SEALED, id="ans-9", question=UNSEEN),)
    cases = {Half.DEV: dev, Half.SEALED: sealed}
    monkeypatch.setattr("eval.commands.check.read_cases", lambda half: cases[half])
    return tmp_path


def test_sound_questions_are_counted_by_half_and_kind(
    halves: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given: list[Sequence[object]] = []

    def sound(
        cases: Sequence[Case], _documents: object, _claims: object, others: list[str]
    ) -> list[str]:
        given.extend((cases, others))
        return []

    monkeypatch.setattr("eval.cases.soundness.faults_of", sound)
    other = halves / "other.txt"
    other.write_text("not to be repeated", "utf-8")
    assert main(["check", "--also", str(other)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "dev: 1 answerable, 1 near-topic",
        "sealed: 1 answerable",
        "3 questions, all sound",
    ]
    assert [len(each) for each in given] == [3, 1]
    assert given[1] == ["not to be repeated"]


def test_unsound_questions_are_named_and_not_quoted(
    halves: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Against the real shelf: three cases leave most of its claims without a question.
    other = halves / "other.txt"
    other.write_text(f"Somebody wrote: {UNSEEN}", "utf-8")
    assert main(["check", "--also", str(other)]) == 1
    told = capsys.readouterr()
    assert "no case needs claim" in told.err
    assert "ans-9: shares a run of words with the texts" in told.err
    assert "all sound" not in told.out
    assert "xylophones" not in told.out + told.err


def test_a_text_that_is_not_there_is_named(
    halves: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--also", "no-such-text.txt"]) == 1
    assert "no-such-text.txt cannot be read" in capsys.readouterr().err


def test_questions_that_cannot_be_read_are_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreadable(_half: Half) -> tuple[Case, ...]:
        raise CasesError("cases.jsonl, line 3 is not a case: level")

    monkeypatch.setattr("eval.commands.check.read_cases", unreadable)
    assert main(["check"]) == 1
    assert "line 3 is not a case" in capsys.readouterr().err
