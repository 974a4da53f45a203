"""Questions that the texts leave open: a list without doubles, apart from those they answer."""

import json
import re
from pathlib import Path

import pytest

from corpus import Document, load_out_of_scope
from corpus.errors import InvalidCatalogError

Shelf = tuple[Document, ...]


def written(root: Path, **groups: list[str]) -> Path:
    (root / "out_of_scope.toml").write_text(
        "\n".join(f"[{name}]\nquestions = {json.dumps(each)}" for name, each in groups.items()),
        encoding="utf-8",
    )
    return root


def plain(question: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", question.lower()))


def test_questions_come_in_the_order_of_the_file_from_near_to_far(tmp_path: Path) -> None:
    root = written(tmp_path, other=["what is a star"], near=["b", "a"], running=["which shoe"])
    assert load_out_of_scope(root) == ("b", "a", "which shoe", "what is a star")


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert load_out_of_scope(tmp_path) == ()


@pytest.mark.parametrize(
    "groups",
    [
        {"near": ["a", "why me", "why me"], "running": ["b"], "other": ["c"]},
        {"near": ["why me"], "running": ["b"], "other": ["c", "  why me "]},
    ],
)
def test_a_question_that_stands_twice_is_refused(
    tmp_path: Path, groups: dict[str, list[str]]
) -> None:
    with pytest.raises(InvalidCatalogError, match=r'out_of_scope\.toml holds "why me" twice'):
        load_out_of_scope(written(tmp_path, **groups))


@pytest.mark.parametrize(
    ("groups", "wrong"),
    [
        ({"near": ["a"], "running": ["b"]}, "other"),
        ({"near": [], "running": ["b"], "other": ["c"]}, "near.questions"),
        ({"near": ["a"], "running": [" "], "other": ["c"]}, "running.questions"),
        ({"near": ["a"], "running": ["b"], "other": ["c"], "far": ["d"]}, "far"),
    ],
)
def test_a_malformed_file_is_refused_by_name(
    tmp_path: Path, groups: dict[str, list[str]], wrong: str
) -> None:
    with pytest.raises(InvalidCatalogError, match=rf"out_of_scope\.toml.*{wrong}"):
        load_out_of_scope(written(tmp_path, **groups))


def test_the_bundled_questions_load_and_stand_once_however_they_are_spelled() -> None:
    found = [plain(question) for question in load_out_of_scope()]
    assert len(found) > 500
    assert sorted(found) == sorted(set(found))


def test_no_question_is_both_answered_and_out_of_scope(documents: Shelf) -> None:
    answered = {
        plain(question)
        for document in documents
        for section in document.sections
        for sentence in section.sentences
        for question in sentence.asked
    }
    assert answered
    assert [each for each in load_out_of_scope() if plain(each) in answered] == []


def test_no_topic_that_is_offered_to_readers_is_out_of_scope(documents: Shelf) -> None:
    offered = {plain(topic.question) for document in documents for topic in document.topics}
    assert offered.isdisjoint(plain(each) for each in load_out_of_scope())
