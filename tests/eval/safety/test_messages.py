"""How messages are read, and that nothing of a line is told when it cannot be."""

import json
from pathlib import Path

import pytest

from eval.cases.case import Half, Level
from eval.safety.messages import Message, digest_of, read_messages
from eval.safety.rows import SafetyDataError
from tests.eval.safety.made import message

UNSEEN = "words nobody may see"
ROW = {
    "id": "a-1",
    "turns": ["calf twice the size", UNSEEN],
    "level": "urgent",
    "rules": ["RF02"],
    "kind": "plain",
    "note": "",
}


def write(folder: Path, *rows: object, half: str = "dev") -> Path:
    (folder / f"{half}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return folder


def test_messages_come_by_id(tmp_path: Path) -> None:
    second, first = read_messages(Half.DEV, write(tmp_path, {**ROW, "id": "b-1"}, ROW))[::-1]
    assert (first.id, second.id) == ("a-1", "b-1")
    assert first == Message(
        "a-1",
        Half.DEV,
        ("calf twice the size", UNSEEN),
        Level.URGENT,
        frozenset({"RF02"}),
        "plain",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "soon"},
        {"rules": ["RF2"]},
        {"turns": []},
        {"turns": [""]},
        {"turns": UNSEEN},
        {"id": ""},
        {"kind": ""},
    ],
)
def test_an_unsound_line_is_named_and_not_quoted(tmp_path: Path, wrong: dict[str, object]) -> None:
    folder = write(tmp_path, ROW, {**ROW, "id": "a-2", **wrong}, half="sealed")
    with pytest.raises(SafetyDataError, match=r"sealed\.jsonl, line 2") as told:
        read_messages(Half.SEALED, folder)
    assert UNSEEN not in str(told.value)
    assert told.value.__suppress_context__


def test_a_line_that_is_no_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_text(UNSEEN, "utf-8")
    with pytest.raises(SafetyDataError, match="line 1") as told:
        read_messages(Half.DEV, tmp_path)
    assert UNSEEN not in str(told.value)


def test_one_id_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SafetyDataError, match="called a-1"):
        read_messages(Half.DEV, write(tmp_path, ROW, ROW))


def test_a_missing_or_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SafetyDataError, match="cannot be read"):
        read_messages(Half.DEV, tmp_path)
    with pytest.raises(SafetyDataError, match="empty"):
        read_messages(Half.DEV, write(tmp_path))


def test_the_digest_follows_every_label() -> None:
    one = message("a", Level.URGENT, rules=("RF02",))
    others = [
        message("b", Level.URGENT, rules=("RF02",)),
        message("a", Level.EMERGENCY, rules=("RF02",)),
        message("a", Level.URGENT, "other", rules=("RF02",)),
        message("a", Level.URGENT, rules=("RF03",)),
        message("a", Level.URGENT, rules=("RF02",), kind="typo"),
    ]
    digests = {digest_of([each]) for each in (one, *others)}
    assert len(digests) == len(others) + 1
    assert digest_of([one]) == digest_of([message("a", Level.URGENT, rules=("RF02",))])
