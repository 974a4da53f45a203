"""The five texts that the shelf restates, as they were found, come out right.

They are never shipped: without them there is nothing to read and these tests say so.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import DocumentKind
from corpus.intake.threads import Thread, read_thread, thread_markdown, without_furniture
from corpus.loader import SHELF
from corpus.parse import parse_sections

SOURCES = SHELF.parent.parent / "shared" / "corpus"
POSTS = {"000": 6, "002": 9, "003": 5}
RETOLD = {"000": "outer-calf", "002": "race-week", "003": "trail-pain"}
ARTICLES = ("001", "004")
FURNITURE = {"001": ["top of page", "bottom of page", "click here"], "004": []}


def source(number: str) -> str:
    if not SOURCES.is_dir():
        pytest.skip("the source texts are not here to read (they are never shipped)")
    [path] = SOURCES.glob(f"{number}_*.txt")
    return path.read_text("utf-8")


def thread(number: str) -> Thread:
    found = read_thread(source(number))
    assert found is not None
    return found


def claims(number: str) -> Iterator[tuple[str, str]]:
    """Who says it and the words, of every claim in a source."""
    source(number)
    for line in (SOURCES / "claims.jsonl").read_text("utf-8").splitlines():
        claim = json.loads(line)
        if claim["file"].startswith(number):
            yield claim["speaker"], claim["quote"]


def bare(text: str) -> str:
    """Words without BBCode tags and numbers of list items, white space collapsed."""
    text = re.sub(r"\[/?[a-z]+\]", " ", text)
    return " ".join(re.sub(r"^\s*\d+\. ", " ", text, flags=re.MULTILINE).split())


def test_every_post_stands_apart() -> None:
    assert {number: len(thread(number).posts) for number in POSTS} == POSTS


@pytest.mark.parametrize("number", POSTS)
def test_every_claim_stands_in_a_post_of_its_speaker(number: str) -> None:
    speakers = [post.speaker for post in thread(number).posts]
    posts = [bare(post.text) for post in thread(number).posts]
    told = list(claims(number))
    found: dict[int, set[str]] = defaultdict(set)
    for speaker, quote in told:
        places = [n for n, text in enumerate(posts) if bare(quote) in text]
        assert len(places) == 1, quote
        role = "original poster" if "original" in speaker else speaker.partition(" (")[0]
        found[places[0]].add(role)
        assert (speakers[places[0]] == "original poster") == (role == "original poster"), quote
    # "replier 2 or 3" is the source's own doubt; it may stand with either.
    assert all(len(roles - {"replier 2 or 3"}) <= 1 for roles in found.values())


@pytest.mark.parametrize("number", POSTS)
def test_posts_have_the_speakers_under_which_the_shelf_retells_them(number: str) -> None:
    text = thread_markdown(thread(number))
    retold = (SHELF / "texts" / f"{RETOLD[number]}-thread.md").read_text("utf-8")
    ours, theirs = (parse_sections(each, DocumentKind.FORUM_THREAD) for each in (text, retold))
    assert [(s.heading, s.speaker) for s in ours] == [(s.heading, s.speaker) for s in theirs]


@pytest.mark.parametrize("number", POSTS)
def test_a_thread_that_was_written_down_is_read_as_the_same(number: str) -> None:
    again = read_thread(thread_markdown(thread(number)))
    assert again is not None
    assert (again.title, again.posts) == (thread(number).title, thread(number).posts)


@pytest.mark.parametrize("number", ARTICLES)
def test_an_article_is_no_thread_and_keeps_every_claim_without_the_rest(number: str) -> None:
    assert read_thread(source(number)) is None
    text, _ = without_furniture(source(number))
    assert [line for line in FURNITURE[number] if line in text] == []
    assert [quote for _, quote in claims(number) if bare(quote) not in bare(text)] == []


@pytest.mark.parametrize(
    "path",
    [
        *sorted(path for path in SHELF.parent.glob("*.md")),
        *sorted((SHELF / "texts").glob("*-article.md")),
    ],
    ids=lambda path: path.name,
)
def test_the_projects_own_prose_is_no_thread(path: Path) -> None:
    assert read_thread(path.read_text("utf-8")) is None


@pytest.mark.parametrize("number", RETOLD)
def test_the_shelfs_own_threads_are_read_as_they_stand(number: str) -> None:
    text = (SHELF / "texts" / f"{RETOLD[number]}-thread.md").read_text("utf-8")
    found = read_thread(text)
    assert found is not None
    assert thread_markdown(found) == text
