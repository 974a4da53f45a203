import itertools
from pathlib import Path

import pytest

from corpus import Disagreement, Document, LookAlike, Span, load_disagreements, load_lookalikes
from corpus.errors import InvalidCatalogError, LostSpanError
from corpus.loader import SHELF

Shelf = tuple[Document, ...]
Disagreements = tuple[Disagreement, ...]
LookAlikes = tuple[LookAlike, ...]

SIDE = '[[disagreement.side]]\nlabel = "{label}"\nquotes = [{quotes}]\n'


@pytest.fixture(scope="module")
def disagreements(documents: Shelf) -> Disagreements:
    return load_disagreements(documents)


@pytest.fixture(scope="module")
def lookalikes(documents: Shelf) -> LookAlikes:
    return load_lookalikes(documents)


def sentence_spans(documents: Shelf) -> set[Span]:
    return {
        Span(document.id, sentence.start, sentence.end)
        for document in documents
        for section in document.sections
        for sentence in section.sentences
    }


def test_the_known_disagreements_are_there(disagreements: Disagreements) -> None:
    assert {each.id for each in disagreements} >= {
        "kerb-heel-drops",
        "bananas",
        "salt-and-fluid",
        "foam-roller",
        "massage",
        "rest-or-run",
        "cold-or-heat",
        "shoes",
        "when-to-stretch",
        "which-muscle",
    }


def test_every_side_is_taken_in_whole_sentences(
    documents: Shelf, disagreements: Disagreements
) -> None:
    whole = sentence_spans(documents)
    for disagreement in disagreements:
        assert len(disagreement.sides) >= 2
        for side in disagreement.sides:
            assert side.spans
            assert set(side.spans) <= whole


def test_no_sentence_stands_on_two_sides_of_one_disagreement(
    disagreements: Disagreements,
) -> None:
    for disagreement in disagreements:
        for one, other in itertools.combinations(disagreement.sides, 2):
            assert not set(one.spans) & set(other.spans)
            assert one.label != other.label


def test_ids_and_headings_are_unique(disagreements: Disagreements, lookalikes: LookAlikes) -> None:
    everything: list[Disagreement | LookAlike] = [*disagreements, *lookalikes]
    assert len({each.id for each in everything}) == len(everything)
    assert len({each.about for each in everything}) == len(everything)


def test_the_article_and_the_poster_stand_side_by_side_on_heel_drops(
    documents: Shelf, disagreements: Disagreements
) -> None:
    texts = {document.id: document for document in documents}
    heel_drops = next(each for each in disagreements if each.id == "kerb-heel-drops")
    said = [texts[s.document_id].words_at(s) for side in heel_drops.sides for s in side.spans]
    assert any("advises against" in words and "very slowly" in words for words in said)
    assert any("poster recommends" in words for words in said)


def test_the_two_hold_times_are_told_apart(documents: Shelf, lookalikes: LookAlikes) -> None:
    texts = {document.id: document for document in documents}
    times = next(each for each in lookalikes if each.id == "hold-times")
    said = " ".join(texts[span.document_id].words_at(span) for span in times.spans)
    assert "60 seconds" in said
    assert "outer ankle stretch" in said
    assert "30 seconds" in said


def test_a_lookalike_points_at_two_places_in_whole_sentences(
    documents: Shelf, lookalikes: LookAlikes
) -> None:
    whole = sentence_spans(documents)
    assert lookalikes
    for each in lookalikes:
        assert len(set(each.spans)) >= 2
        assert set(each.spans) <= whole


def test_a_reworded_sentence_is_missed(documents: Shelf, tmp_path: Path) -> None:
    content = (SHELF / "disagreements.toml").read_text(encoding="utf-8")
    (tmp_path / "disagreements.toml").write_text(
        content.replace("a banana a day", "two bananas a day"), encoding="utf-8"
    )
    with pytest.raises(LostSpanError, match=r"two bananas a day.*outer-calf-thread"):
        load_disagreements(documents, tmp_path)


def disagreement(*sides: str) -> str:
    return '[[disagreement]]\nid = "x"\nabout = "X"\n' + "".join(sides)


ONE = SIDE.format(label="One side", quotes='{ document = "one", quote = "One." }')
NOBODY = SIDE.format(label="No side", quotes="")
COLON = SIDE.format(label="A side:", quotes='{ document = "one", quote = "One." }')


@pytest.mark.parametrize(
    "content", [disagreement(ONE), disagreement(ONE, NOBODY), disagreement(ONE, COLON)]
)
def test_a_malformed_disagreement_is_refused(
    documents: Shelf, tmp_path: Path, content: str
) -> None:
    (tmp_path / "disagreements.toml").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidCatalogError, match=r"disagreements\.toml"):
        load_disagreements(documents, tmp_path)
