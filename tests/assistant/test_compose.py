"""Every sentence of an answer is a quotation; only attributions are words of our own."""

import re

import pytest
from hypothesis import given

from assistant.compose import quote, speaker_of
from assistant.reply import ItemKind
from assistant.select import Point, select
from assistant.shelf import Place
from corpus import Wording
from index import Passage
from tests.assistant.drawn import FEWER, Scene, scenes
from tests.assistant.made import passage, place

FIXED = re.compile(
    r"(An article|The runner who started a forum thread|A forum poster \(reply \d+\)) "
    r"(says|writes|gives these steps, in order):"
)
ARTICLE = passage("One.", "Two.", "Three.", document="article")
POST = passage("Four.", "Five.", document="thread", speaker="reply 3")


def points_of(scene: Scene) -> tuple[Point, ...]:
    return select(scene.evidence, scene.shelf, scene.settings, scene.known)


def statement(source: Passage, at: int = 0) -> Point:
    return Point(ItemKind.STATEMENT, (place(source, at),), 0.9)


@FEWER
@given(scenes())
def test_every_sentence_is_the_quotation_it_cites(scene: Scene) -> None:
    for item in quote(points_of(scene)):
        for sentence in item.sentences:
            for citation in sentence.citations:
                assert sentence.text == citation.quote
                assert citation.quote in citation.passage.text
                assert citation.passage.span.start <= citation.span.start
                assert citation.span.end <= citation.passage.span.end


@FEWER
@given(scenes())
def test_markers_count_up_from_one(scene: Scene) -> None:
    items = quote(points_of(scene))
    markers = [c.marker for item in items for s in item.sentences for c in s.citations]
    assert markers == list(range(1, len(markers) + 1))


@FEWER
@given(scenes())
def test_nothing_chosen_is_lost_and_nothing_is_added(scene: Scene) -> None:
    points = points_of(scene)
    items = quote(points)
    said = sorted(sentence.text for item in items for sentence in item.sentences)
    assert said == sorted(one.sentence.text for point in points for one in point.places)
    assert len(items) <= len(points)


@FEWER
@given(scenes())
def test_what_is_not_quoted_is_a_fixed_attribution_a_side_label_or_a_product_note(
    scene: Scene,
) -> None:
    labels = {f"{side.label}:" for each in scene.shelf.disagreements for side in each.sides}
    labels |= {f"A product mention, not advice. {p.speaker_note}" for p in scene.shelf.products}
    headings = {"", *(each.about for each in scene.shelf.disagreements)}
    for item in quote(points_of(scene)):
        assert item.attribution in labels or FIXED.fullmatch(item.attribution)
        assert item.group in headings
        assert bool(item.group) == (item.kind is ItemKind.DISAGREEMENT)


@FEWER
@given(scenes())
def test_an_item_never_mixes_two_speakers(scene: Scene) -> None:
    for item in quote(points_of(scene)):
        voices = {
            (citation.span.document_id, citation.passage.speaker)
            for sentence in item.sentences
            for citation in sentence.citations
        }
        assert len(voices) == 1


@FEWER
@given(scenes())
def test_a_procedure_keeps_its_order(scene: Scene) -> None:
    points = [point for point in points_of(scene) if point.kind is ItemKind.PROCEDURE]
    items = [item for item in quote(points_of(scene)) if item.kind is ItemKind.PROCEDURE]
    for point, item in zip(points, items, strict=True):
        assert [s.text for s in item.sentences] == [one.sentence.text for one in point.places]


def test_neighbouring_statements_of_one_speaker_share_an_item_the_best_first() -> None:
    items = quote([statement(ARTICLE, 1), statement(ARTICLE, 2), statement(ARTICLE, 0)])
    assert [[s.text for s in item.sentences] for item in items] == [["Two.", "One.", "Three."]]


def test_two_speakers_are_two_items() -> None:
    items = quote([statement(ARTICLE), statement(POST), statement(ARTICLE, 1)])
    assert [item.attribution for item in items] == [
        "An article says:",
        "A forum poster (reply 3) says:",
        "An article says:",
    ]


def test_a_plug_is_never_run_together_with_advice() -> None:
    plug = Point(ItemKind.PRODUCT, (place(POST, 1),), 0.9, label="One poster's own experience.")
    items = quote([statement(POST), plug])
    assert [item.kind for item in items] == [ItemKind.STATEMENT, ItemKind.PRODUCT]
    assert items[1].attribution == "A product mention, not advice. One poster's own experience."


def test_plugs_of_one_product_are_said_to_be_plugs_once() -> None:
    plugs = [Point(ItemKind.PRODUCT, (place(POST, at),), 0.9, label="Note.") for at in range(2)]
    (item,) = quote(plugs)
    assert len(item.sentences) == 2


def test_plugs_of_two_products_stay_two_items() -> None:
    plugs = [Point(ItemKind.PRODUCT, (place(POST, at),), 0.9, label=f"{at}.") for at in range(2)]
    assert len(quote(plugs)) == 2


def test_nothing_chosen_is_no_item() -> None:
    assert quote([]) == ()


@pytest.mark.parametrize(
    ("speaker", "said"),
    [
        ("author", "An article"),
        ("original poster", "The runner who started a forum thread"),
        ("reply 12", "A forum poster (reply 12)"),
    ],
)
def test_a_speaker_is_named_by_role(speaker: str, said: str) -> None:
    assert speaker_of(passage("Hm.", speaker=speaker)) == said


def test_an_author_is_only_said_to_write_what_they_wrote() -> None:
    own = passage("Word for word.", wording=Wording.AUTHORS_OWN)
    (item,) = quote([Point(ItemKind.STATEMENT, (Place(own, own.sentences[0]),), 0.9)])
    assert item.attribution == "An article writes:"
