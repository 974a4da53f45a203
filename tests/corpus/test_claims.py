import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus import Document, Span, load_claims
from corpus.errors import InvalidCatalogError, LostSpanError

Shelf = tuple[Document, ...]
Claims = dict[str, tuple[Span, ...]]

# How many claims each source text makes; ids count from 00, but 2 and 3 count from 01.
CLAIMS = {"0": range(27), "1": range(45), "2": range(1, 44), "3": range(1, 28), "4": range(61)}
IDS = {f"{text}-{number:02}" for text, numbers in CLAIMS.items() for number in numbers}
HOMES = {
    "0": "outer-calf-thread",
    "1": "cramp-release-article",
    "2": "race-week-thread",
    "3": "trail-pain-thread",
    "4": "tight-calves-article",
}
NUMBERS = {
    "0-02": "one centimetre",
    "0-04": "two miles",
    "0-14": "90 degree",
    "0-26": "about 30 seconds",
    "1-23": "every 15 seconds",
    "1-24": "full 60 seconds",
    "1-35": "60 seconds",
    "2-01": "8 miles",
    "2-11": "first 6 hours",
    "2-14": "a week",
    "2-25": "24 hours",
    "2-33": "4 weeks",
    "3-01": "8 inches",
    "3-10": "a month",
    "3-16": "3rd and 5th",
    "3-19": "all 3 shoes",
}
HEDGES = {
    "0-12": "thinks",
    "0-13": "might",
    "0-14": "might be",
    "0-15": "other people have said",
    "0-21": "not sure",
    "0-22": "appears",
    "1-06": "may look",
    "1-36": "In the author's experience",
    "2-07": "seem to help",
    "2-08": "perhaps",
    "2-09": "might be all in the head",
    "2-10": "seems to help",
    "2-15": "leaves open",
    "2-23": "might help",
    "2-39": "maybe",
    "3-19": "may be",
    "3-20": "might",
    "3-21": "seems likely",
    "4-12": "perhaps",
    "4-13": "seem",
    "4-14": "In the author's experience",
    "4-17": '"maybe"',
    "4-34": "possibly",
    "4-35": "possibly",
    "4-40": "can cause",
    "4-45": "often",
}


@pytest.fixture(scope="module")
def claims(documents: Shelf) -> Claims:
    return load_claims(documents)


def carried(documents: Shelf, spans: Iterable[Span]) -> str:
    texts = {each.id: each for each in documents}
    return " ".join(texts[span.document_id].words_at(span) for span in spans)


def test_every_claim_is_carried_somewhere(claims: Claims) -> None:
    assert len(IDS) == 203
    assert set(claims) == IDS
    assert all(claims.values())


def test_the_ids_are_those_of_the_source_claims(source_texts: Path) -> None:
    lines = (source_texts / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} == IDS


def test_a_claim_is_carried_in_the_summary_of_its_own_text(
    claims: Claims,
) -> None:
    homes = {claim: {span.document_id for span in spans} for claim, spans in claims.items()}
    assert homes == {claim: {HOMES[claim[0]]} for claim in IDS}


def test_a_claim_is_carried_by_whole_sentences(documents: Shelf, claims: Claims) -> None:
    whole = {
        (document.id, sentence.start, sentence.end)
        for document in documents
        for section in document.sections
        for sentence in section.sentences
    }
    spans = {span for spans in claims.values() for span in spans}
    assert {(span.document_id, span.start, span.end) for span in spans} <= whole


@pytest.mark.parametrize(("claim", "number"), NUMBERS.items())
def test_numbers_are_kept(documents: Shelf, claims: Claims, claim: str, number: str) -> None:
    assert number in carried(documents, claims[claim])


@pytest.mark.parametrize(("claim", "hedge"), HEDGES.items())
def test_doubts_are_kept(documents: Shelf, claims: Claims, claim: str, hedge: str) -> None:
    assert hedge in carried(documents, claims[claim])


def write(root: Path, content: str) -> Path:
    (root / "claims.toml").write_text(content, encoding="utf-8")
    return root


def test_a_quote_that_no_longer_stands_is_refused(documents: Shelf, tmp_path: Path) -> None:
    root = write(tmp_path, '[outer-calf-thread]\n"0-00" = ["Nobody ever wrote this."]\n')
    with pytest.raises(LostSpanError, match=r"claims\.toml.*does not stand in outer-calf-thread"):
        load_claims(documents, root)


def test_a_quote_that_stands_twice_is_refused(documents: Shelf, tmp_path: Path) -> None:
    root = write(tmp_path, '[cramp-release-article]\n"1-35" = ["the soleus stretch"]\n')
    with pytest.raises(LostSpanError, match="stands more than once"):
        load_claims(documents, root)


def test_a_document_that_is_not_there_is_refused(documents: Shelf, tmp_path: Path) -> None:
    root = write(tmp_path, '[knee-article]\n"1-35" = ["the knee"]\n')
    with pytest.raises(LostSpanError, match=r"knee-article.*not on the shelf"):
        load_claims(documents, root)


@pytest.mark.parametrize(
    "content",
    [
        '[outer-calf-thread]\n"0-0" = ["This runner"]\n',
        '[outer-calf-thread]\n"0-00" = []\n',
        '[outer-calf-thread]\n"0-00" = ["Potassium is"]\n'
        '[race-week-thread]\n"0-00" = ["Baby oil"]\n',
    ],
)
def test_a_malformed_map_is_refused(documents: Shelf, tmp_path: Path, content: str) -> None:
    with pytest.raises(InvalidCatalogError, match=r"claims\.toml"):
        load_claims(documents, write(tmp_path, content))
