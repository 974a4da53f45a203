"""Questions come from the golden file, from a list, or with a reason why not."""

import json
from pathlib import Path

import pytest

from eval.bench.questions import BUILT_IN, QuestionsError, as_many_as, read_questions


def test_json_lines_are_read_by_their_question(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    lines = [json.dumps({"question": q, "sources": []}) for q in ("first?", "second?")]
    path.write_text("\n\n".join(lines) + "\n", "utf-8")
    assert read_questions(path) == ("first?", "second?")


def test_the_built_in_list_is_plain_lines() -> None:
    assert "is it ok to hang my heels off a kerb" in read_questions(BUILT_IN)


def test_without_a_file_there_are_questions_all_the_same() -> None:
    assert len(read_questions()) >= 10


@pytest.mark.parametrize("line", ["not json", "{}", "[]", '"question"'])
def test_a_line_that_is_no_question_is_shown(tmp_path: Path, line: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(QuestionsError, match=r"broken\.jsonl"):
        read_questions(path)


def test_an_empty_file_and_a_missing_one_are_told_apart(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text(" \n", "utf-8")
    with pytest.raises(QuestionsError, match="holds no question"):
        read_questions(empty)
    with pytest.raises(QuestionsError, match="cannot be read"):
        read_questions(tmp_path / "gone.txt")


def test_too_few_questions_are_asked_again_and_too_many_left_out() -> None:
    assert as_many_as(5, ["a", "b"]) == ("a", "b", "a", "b", "a")
    assert as_many_as(1, ["a", "b"]) == ("a",)
