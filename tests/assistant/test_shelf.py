"""The shelf finds sentences by their spans, and the whole procedure of a step."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.shelf import Place
from corpus import Span
from index import Passage
from tests.assistant.drawn import passages
from tests.assistant.made import disagreement, passage, place, product, shelf

MIXED = passage("Start.", (1, "One."), (2, "Two."), "Between.", (1, "Again."), (2, "On."))
TWO_IN_A_ROW = passage((1, "One."), (2, "Two."), (2, "Still two."), (1, "Anew."), (2, "On."))


def steps_at(source_step: int, source: Place) -> list[str]:
    found = shelf(source.passage).procedure_at(
        Place(source.passage, source.passage.sentences[source_step])
    )
    return [one.sentence.text for one in found]


def test_running_text_is_no_procedure() -> None:
    assert steps_at(0, place(MIXED)) == []
    assert steps_at(3, place(MIXED)) == []


def test_any_step_finds_its_whole_procedure_and_no_other() -> None:
    assert steps_at(1, place(MIXED)) == steps_at(2, place(MIXED)) == ["One.", "Two."]
    assert steps_at(4, place(MIXED)) == steps_at(5, place(MIXED)) == ["Again.", "On."]


def test_a_step_of_two_sentences_is_whole_and_the_next_procedure_apart() -> None:
    for at in range(3):
        assert steps_at(at, place(TWO_IN_A_ROW)) == ["One.", "Two.", "Still two."]
    assert steps_at(4, place(TWO_IN_A_ROW)) == ["Anew.", "On."]


@given(found=passages(), data=st.data())
def test_every_sentence_is_found_at_its_own_span(
    found: tuple[Passage, ...], data: st.DataObject
) -> None:
    source = data.draw(st.sampled_from(found))
    at = data.draw(st.integers(0, len(source.sentences) - 1))
    wanted = place(source, at)
    assert shelf(*found).places_at([wanted.sentence.span]) == (wanted,)


def test_spans_bring_every_sentence_they_touch_once() -> None:
    whole = MIXED.span
    assert len(shelf(MIXED).places_at([whole, whole])) == len(MIXED.sentences)
    assert shelf(MIXED).places_at([Span("elsewhere", 0, 50)]) == ()


def test_disagreements_and_products_are_found_where_they_stand() -> None:
    known = disagreement(place(MIXED, 0), place(MIXED, 3))
    plug, mention = product(place(MIXED, 0)), product(place(MIXED, 0), promotional=False)
    made = shelf(MIXED, disagreements=[known], products=[mention, plug])
    here, elsewhere = MIXED.sentences[0].span, MIXED.sentences[1].span
    assert made.disagreements_at(here) == (known,)
    assert made.disagreements_at(elsewhere) == ()
    assert made.product_at(here) is plug
    assert made.product_at(elsewhere) is None
