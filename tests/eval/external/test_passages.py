import numpy as np
import pytest

from assistant.question import Question
from eval.external.passages import Outside, Text, Whole, document_of, open_outside
from index.encode_all import encode_all
from tests.index.fake_encoder import FakeEncoder

TEXTS = (
    Text("roof", "A tin roof leaks at the nails. Paint keeps rust away."),
    Text("boat", "A boat is caulked with tar. The tar must be warm."),
    Text("bread", "Bread rises for one hour. Knead the dough first."),
    Text("blank", " \n"),
)


@pytest.fixture(scope="module")
def outside() -> Outside:
    return open_outside(TEXTS, FakeEncoder())


def test_a_text_is_found_by_its_words_through_our_own_index(outside: Outside) -> None:
    assert outside.search("where does a tin roof leak", 2)[0] == "roof"
    assert len(outside.search("tar", 3)) == 3
    assert outside.look(Question("How warm must the tar be?"), 5).ranked[0] == "boat"


def test_a_blank_text_is_passed_over(outside: Outside) -> None:
    assert "blank" not in {passage.span.document_id for passage in outside.index.passages}


def test_what_is_not_wanted_is_neither_ranked_nor_judged(outside: Outside) -> None:
    found = outside.find(Question("Does a tin roof leak?"), 5)
    looks = outside.judge(found, 5, lambda name: name != "roof")
    assert set(looks.ranked) == {"boat", "bread"}
    assert {c.sentence.span.document_id for c in looks.candidates} == {"boat", "bread"}
    assert len(outside.judge(found, 1).ranked) == 1


def test_our_gate_without_rules_is_no_less_sure_than_with_nothing_eligible(
    outside: Outside,
) -> None:
    found = outside.find(Question("Does a tin roof leak?"), 5)
    looks, nothing = outside.judge(found, 5), outside.judge(found, 5, lambda _name: False)
    assert 0.0 < looks.sure_without_rules < 1.0
    assert looks.best is not None
    assert looks.best.sentence.span.document_id == "roof"
    assert (nothing.sure, nothing.sure_without_rules, nothing.best) == (0.0, 0.0, None)
    assert not nothing.admitted


def test_a_document_keeps_the_words_of_a_text_and_drops_icons() -> None:
    document = document_of(Text("x", "Open daily. \ue286 Ask inside."))
    assert document.text == "Open daily.   Ask inside."
    [section] = document.sections
    words = [document.text[each.start : each.end] for each in section.sentences]
    assert words == ["Open daily.", "Ask inside."]


def test_plain_scores_and_what_is_left_without_the_best() -> None:
    encoder = FakeEncoder()
    whole = Whole(TEXTS[:3], encoder)
    scores = whole.cosine(encoder.encode([TEXTS[1].text])[0])
    assert whole.ranked(scores, 1) == ("boat",)
    assert whole.score_of(scores, "boat") == pytest.approx(1.0, abs=1e-5)
    assert whole.best(scores, {"boat"}) == max(
        whole.score_of(scores, "roof"), whole.score_of(scores, "bread")
    )
    words = whole.bm25("dough")
    assert [float(score) > 0 for score in words] == [False, False, True]
    assert whole.best(words, {"roof", "boat", "bread"}) == 0.0


def test_batches_do_not_show() -> None:
    texts = [f"word{n} and word{n % 7}" for n in range(130)]
    assert np.array_equal(encode_all(texts, FakeEncoder()), FakeEncoder().encode(texts))
    assert encode_all([], FakeEncoder()).shape == (0, FakeEncoder().dimension)
