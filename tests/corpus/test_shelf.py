"""The bundled shelf keeps its form: sentences that can be quoted alone, and nobody's own words."""

import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus import Document, DocumentKind, Provenance, Wording
from corpus.loader import SHELF

Shelf = tuple[Document, ...]

LONGEST_SHARED_RUN = 7
"""Words in a row that our summary may share with a source by chance."""

OPENERS = r"(it|this|that|these|those|they|he|she|such|so|also|again|then|there)\b"


def sentences(document: Document) -> list[str]:
    return [
        document.text[sentence.start : sentence.end]
        for section in document.sections
        for sentence in section.sentences
    ]


def threads(documents: Iterable[Document]) -> list[Document]:
    return [each for each in documents if each.kind is DocumentKind.FORUM_THREAD]


def test_the_five_texts_stand_there(documents: Shelf) -> None:
    assert [document.id for document in documents] == [
        "outer-calf-thread",
        "cramp-release-article",
        "race-week-thread",
        "trail-pain-thread",
        "tight-calves-article",
    ]


def test_every_bundled_text_is_shown_as_our_summary_of_an_unnamed_author(
    documents: Shelf,
) -> None:
    assert {document.wording for document in documents} == {Wording.OUR_SUMMARY}
    for document in documents:
        assert document.provenance.author.startswith("unnamed")
        assert document.provenance == Provenance(document.provenance.author, "unknown", "unknown")


def test_the_first_line_of_a_text_is_its_title(documents: Shelf) -> None:
    assert [document.text.split("\n")[0] for document in documents] == [
        f"# {document.title}" for document in documents
    ]


def test_posts_follow_one_another_under_their_speakers(documents: Shelf) -> None:
    speakers = {each.id: [part.speaker for part in each.sections] for each in threads(documents)}
    op = "original poster"
    replies = [f"reply {number}" for number in range(1, 8)]
    assert speakers == {
        "outer-calf-thread": [op, *replies[:3], op, replies[3]],
        "race-week-thread": [op, *replies[:4], op, *replies[4:]],
        "trail-pain-thread": [op, *replies[:2], op, replies[2]],
    }


def test_an_author_speaks_throughout_an_article(documents: Shelf) -> None:
    articles = [each for each in documents if each.kind is DocumentKind.ARTICLE]
    assert {part.speaker for each in articles for part in each.sections} == {"author"}


def test_a_sentence_of_a_thread_never_reads_like_our_advice(
    documents: Shelf,
) -> None:
    """Each says whose words or whose leg it is about, or stands off from what it reports."""
    marks = r"\b(posters?|runners?|friend's)\b"
    found = [s for each in threads(documents) for s in sentences(each)]
    assert [s for s in found if not re.search(marks, s)] == []


def test_a_sentence_names_what_it_is_about(documents: Shelf) -> None:
    allowed = ("This runner", "This poster", "These")
    found = [s for document in documents for s in sentences(document)]
    assert [s for s in found if re.match(OPENERS, s, re.I) and not s.startswith(allowed)] == []


def test_sentences_are_short_enough_to_quote_and_whole(documents: Shelf) -> None:
    for document in documents:
        for sentence in sentences(document):
            assert 5 <= len(sentence.split()) <= 26, sentence
            assert sentence[-1] in ".!?", sentence


def test_no_sentence_stands_twice_on_the_shelf(documents: Shelf) -> None:
    found = [s for document in documents for s in sentences(document)]
    assert len(found) == len(set(found))


def test_three_procedures_are_numbered_lists(documents: Shelf) -> None:
    article = next(each for each in documents if each.id == "cramp-release-article")
    steps = {
        part.heading: max(s.step or 0 for s in part.sentences)
        for part in article.sections
        if any(s.step for s in part.sentences)
    }
    assert steps == {
        "How to release a calf cramp": 6,
        "How to stretch the gastrocnemius": 3,
        "How to stretch the soleus": 4,
    }


def test_a_text_holds_no_link_no_user_name_and_no_markup(documents: Shelf) -> None:
    for document in documents:
        assert not re.search(r"https?:|www\.|\.com\b|\bultrafilter\b|\bSam\b", document.text)
        assert not re.search(r"[*_`<>\[\]|]", document.text)
        assert document.text.isascii()


def test_a_reader_finds_the_kerb_by_either_spelling(documents: Shelf) -> None:
    assert any("kerb (curb)" in document.text for document in documents)


def test_each_text_offers_four_to_seven_questions_and_the_shelf_none_twice(
    documents: Shelf,
) -> None:
    for document in documents:
        assert 4 <= len(document.topics) <= 7
        assert all(topic.question.endswith("?") for topic in document.topics)
    names = [topic.name.lower() for document in documents for topic in document.topics]
    assert len(names) == len(set(names))


# -- beside the source texts, where they are at hand


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return set(zip(*(found[at:] for at in range(length)), strict=False))


@pytest.mark.parametrize(
    "name",
    [
        *sorted(p.name for p in (SHELF / "texts").glob("*.md")),
        "disagreements.toml",
        "out_of_scope.toml",
    ],
)
def test_nothing_is_copied_from_a_source(source_texts: Path, name: str) -> None:
    lines = (source_texts / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [json.loads(line) for line in lines]
    originals = [path.read_text(encoding="utf-8") for path in source_texts.glob("*.txt")]
    originals += itertools.chain.from_iterable((each["quote"], each["claim"]) for each in claims)
    path = SHELF / name if name.endswith(".toml") else SHELF / "texts" / name
    ours = runs(path.read_text(encoding="utf-8"), LONGEST_SHARED_RUN + 1)
    theirs = set().union(*(runs(text, LONGEST_SHARED_RUN + 1) for text in originals))
    assert ours & theirs == set()
