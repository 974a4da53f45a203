"""Texts written before the code that reads them, by somebody who had not seen it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus.intake.threads import Post, Thread, read_thread, thread_markdown, without_furniture

FOLDER = Path(__file__).parent / "sealed" / "threads"
CASES = sorted(path.stem for path in FOLDER.glob("*.txt"))
KNOWN: dict[str, str] = {}
"""Cases that do not come out right, and why. One that comes out right must not stand here."""


@dataclass(frozen=True, slots=True)
class Score:
    """How a case came out."""

    right: int
    posts: int
    faults: tuple[str, ...]


def folded(text: str) -> str:
    """Text as snippets are compared with it."""
    for curly, straight in zip("“”‘’", "\"\"''", strict=True):
        text = text.replace(curly, straight)
    return " ".join(text.split())


def score(case: str) -> Score:
    wanted: dict[str, Any] = json.loads((FOLDER / f"{case}.json").read_text("utf-8"))
    text = (FOLDER / f"{case}.txt").read_bytes().decode("utf-8")
    thread = read_thread(text)
    shown = folded(thread_markdown(thread) if thread else without_furniture(text)[0])
    posts = thread.posts if thread else ()
    faults = [f"gone: {words}" for words in wanted.get("gone", []) if folded(words) in shown]
    faults += [f"lost: {words}" for words in wanted.get("words", []) if folded(words) not in shown]
    faults += _faults_of_the_whole(wanted, thread)
    wrong = [n for n, post in enumerate(wanted["posts"]) if not _stands(post, posts, n)]
    faults += [f"post {n + 1}: {wanted['posts'][n]}" for n in wrong]
    return Score(len(wanted["posts"]) - len(wrong), len(wanted["posts"]), tuple(faults))


def _faults_of_the_whole(wanted: dict[str, Any], thread: Thread | None) -> list[str]:
    faults = []
    if wanted["is_thread"] != (thread is not None):
        faults.append(f"is_thread: {thread is not None}")
    elif thread and len(thread.posts) != len(wanted["posts"]):
        faults.append(f"{len(thread.posts)} posts, not {len(wanted['posts'])}")
    if thread and wanted["title"] and folded(wanted["title"]) != folded(thread.title or ""):
        faults.append(f"title: {thread.title}")
    return faults


def _stands(wanted: dict[str, Any], posts: tuple[Post, ...], place: int) -> bool:
    """Whether a post of that speaker has these words, and no other post has them."""
    for words in map(folded, wanted["words"]):
        holders = [post for post in posts if words in folded(post.text)]
        if [post.speaker for post in holders] != [wanted["speaker"]]:
            return False
        if place >= len(posts) or holders[0] is not posts[place]:
            return False
    return True


@pytest.mark.parametrize("case", CASES)
def test_a_sealed_case_comes_out_right_or_is_known_not_to(case: str) -> None:
    faults = score(case).faults
    if case in KNOWN:
        assert faults, f"{case} comes out right now: take it out of KNOWN"
    else:
        assert faults == ()


def test_there_are_cases_and_only_they_are_known() -> None:
    assert len(CASES) >= 20
    assert set(KNOWN) <= set(CASES)
