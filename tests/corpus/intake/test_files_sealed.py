"""Pages written before the code that reads them, by somebody who had not seen it."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.document import DocumentKind
from corpus.intake.files import read_file
from corpus.intake.reading import UNKNOWN, Reading
from corpus.parse import parse_sections

FOLDER = Path(__file__).parent / "sealed" / "pages"
CASES = sorted(path.stem for path in FOLDER.glob("*.html"))
KNOWN: dict[str, str] = {}
"""Cases that do not come out right, and why. One that comes out right must not stand here."""


def folded(text: str) -> str:
    """Text as snippets are compared with it."""
    for curly, straight in zip("“”‘’", "\"\"''", strict=True):
        text = text.replace(curly, straight)
    return " ".join(text.split())


def faults_of(case: str) -> list[str]:
    wanted: dict[str, Any] = json.loads((FOLDER / f"{case}.json").read_text("utf-8"))
    (reading,) = read_file(FOLDER / f"{case}.html")
    shown = folded(reading.text)
    faults = [f"gone: {words}" for words in wanted["gone"] if folded(words) in shown]
    faults += [f"lost: {words}" for words in wanted["words"] if folded(words) not in shown]
    for key in ("author", "published"):
        found = getattr(reading, key)
        if found != (wanted[key] or UNKNOWN):
            faults.append(f"{key}: {found}, not {wanted[key]}")
    if wanted["title"] and folded(wanted["title"]) != folded(reading.title):
        faults.append(f"title: {reading.title}, not {wanted['title']}")
    if wanted["is_thread"] != (reading.kind is DocumentKind.FORUM_THREAD):
        faults.append(f"kind: {reading.kind}")
    return [*faults, *_faults_of_posts(wanted["posts"] or [], reading)]


def _faults_of_posts(wanted: list[dict[str, Any]], reading: Reading) -> list[str]:
    """Each post's words stand under its speaker, and under no other."""
    said: dict[str, str] = {}
    for section in parse_sections(reading.text, reading.kind):
        words = folded(reading.text[section.start : section.end])
        said[section.speaker] = f"{said.get(section.speaker, '')} {words}"
    faults = []
    for post in wanted:
        for words in map(folded, post["words"]):
            places = [speaker for speaker, text in said.items() if words in text]
            if places != [post["speaker"]]:
                faults.append(f"{post['speaker']}: {words!r} stands with {places}")
    speakers = {post["speaker"] for post in wanted}
    return [*faults, *(f"nobody: {each}" for each in said if wanted and each not in speakers)]


@pytest.mark.parametrize("case", [case for case in CASES if case not in KNOWN])
def test_a_sealed_page_comes_out_right(case: str) -> None:
    assert faults_of(case) == []


def test_what_is_known_to_come_out_wrong_still_does() -> None:
    assert [case for case in KNOWN if case not in CASES or not faults_of(case)] == []


def test_the_sealed_pages_are_there() -> None:
    assert len(CASES) == 6
