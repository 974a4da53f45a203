"""Gaps and exports as they are read: a page, JSON, files for one pair of eyes."""

import json
import re
import stat
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from assistant.errors import RecordsError
from assistant.records.as_json import export_lines, gaps_json
from assistant.records.files import write_private
from assistant.records.gaps_html import html_of
from assistant.records.kept import Feedback, RatedTurn, Thumb
from tests.assistant.records.made_gaps import HOSTILE, NOTHING, WHOLE
from tests.assistant.records.made_records import CODE, NOON, OTHER_CODE, turn

TODAY = date(2026, 11, 26)


def words(page: str) -> str:
    body = page.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_the_page_tells_what_was_asked_how_often_and_what_is_nearest() -> None:
    told = words(html_of(WHOLE, TODAY, "Anytown Harriers"))
    assert "Anytown Harriers, from 27 October 2026 to 26 November 2026." in told
    assert "14 questions the shelf did not cover" in told
    assert "Of 3 no text was kept." in told
    assert "7 times, in 5 chats" in told
    assert "1 November 2026 to 20 November 2026" in told
    assert "3 more things were asked in fewer than 2 chats each" in told
    assert "On pacing (2)" in told


def test_what_readers_typed_is_no_markup_and_nothing_is_loaded() -> None:
    page = html_of(WHOLE, TODAY, "<i>Club</i>")
    assert "<script" not in page
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;i&gt;Club&lt;/i&gt;" in page
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"(?:src|href|url)\s*[=(]", page)


def test_without_gaps_the_page_says_so() -> None:
    told = words(html_of(NOTHING, TODAY))
    assert "Nothing was asked in these days that is not covered." in told
    assert "fewer than" not in told


def test_gaps_as_json_hold_every_gap() -> None:
    payload = json.loads(gaps_json(WHOLE))
    assert [gap["asked"] for gap in payload["gaps"]] == [7, 2, 2, 1, 1]
    assert payload["gaps"][0]["examples"][0] == HOSTILE
    assert payload["gaps"][0]["first"] == "2026-11-01"
    assert (payload["turns"], payload["untold"], payload["least"]) == (14, 3, 2)


def test_an_export_tells_chats_apart_by_a_number_and_holds_no_digest_and_no_id() -> None:
    first, second, third = turn("a", documents=("salt",)), turn("b"), turn("c")
    other = turn("d", chat=OTHER_CODE.digest)
    opinion = Feedback(second.id, Thumb.DOWN, "too short")
    rated = [RatedTurn(first, None), RatedTurn(second, opinion), RatedTurn(other, None)]
    text = "".join(export_lines([*rated, RatedTurn(third, None)]))
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["chat"] for line in lines] == [1, 1, 2, 1]
    assert lines[0] == {
        "chat": 1,
        "asked_at": NOON.isoformat(),
        "question": "a",
        "outcome": "not covered",
        "level": "self_care",
        "documents": ["salt"],
        "uncovered": [],
        "written_by": "",
        "thumb": None,
        "comment": "",
    }
    assert (lines[1]["thumb"], lines[1]["comment"]) == ("down", "too short")
    assert CODE.digest not in text
    assert first.id not in text


def test_a_file_is_for_this_user_alone_and_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "gaps.html"
    path.write_text("older")
    write_private(path, ["new", "er\n"])
    assert path.read_bytes() == b"newer\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_breaks_off_leaves_the_older_one_and_nothing_else(tmp_path: Path) -> None:
    def parts() -> Iterator[str]:
        yield "half"
        raise RecordsError("the server went away")

    path = tmp_path / "export.jsonl"
    path.write_text("older")
    with pytest.raises(RecordsError, match="went away"):
        write_private(path, parts())
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["", "nowhere/out.html"])
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordsError, match="Name another file"):
        write_private(tmp_path / name, ["text"])
