"""Files that commands leave are whole or not there."""

import json
from pathlib import Path

import pytest

from eval.commands.files import shown, write_json
from eval.whole import write_whole


def test_what_is_written_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    for report in ({"n": 1}, {"n": 2}):
        write_json(path, report)
        assert json.loads(path.read_text("utf-8")) == report
    assert [each.name for each in tmp_path.iterdir()] == ["kept.json"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_whole(path, "before")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_text("utf-8") == "before"


def test_a_path_is_said_from_here_if_it_is_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "a" / "b.json") == str(Path("a") / "b.json")
    assert shown(tmp_path.parent / "b.json") == str(tmp_path.parent / "b.json")
