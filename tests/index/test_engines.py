"""What an engine must do, the same for each: files on this machine and a real PostgreSQL."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from index.encode import spec_for
from index.engine import CutDocument, Engine
from index.errors import BuildInProgressError, IndexNotBuiltError, StaleIndexError
from index.spec import questions_digest
from tests.index.cut_documents import (
    ENCODER,
    NO_QUESTIONS,
    SPEC,
    cut,
    out_of_scope,
    same,
    wording,
)
from tests.index.engine_places import ENGINES, Place, new_place
from tests.index.fake_encoder import FakeEncoder

CRAMP = cut("cramp", [["Stretch the calf.", ("Salt may help.", ["does salt help?"])]])
NIGHT = cut("night", [["Cramp at night."], ["Walk on the heel."]])
OUT = out_of_scope("which shoes?", "how many miles?")


@pytest.fixture(scope="module", params=ENGINES)
def places(request: pytest.FixtureRequest) -> Callable[[], Place]:
    return new_place(request.param, request)


@pytest.fixture
def place(places: Callable[[], Place]) -> Place:
    return places()


@pytest.fixture
def built(place: Place) -> Engine:
    engine = place.engine()
    engine.commit(SPEC, [CRAMP, NIGHT], [], OUT)
    return engine


def texts(engine: Engine) -> list[str]:
    return [passage.text for passage in engine.open().every_passage()]


def test_where_nothing_was_built_there_is_nothing(place: Place) -> None:
    engine = place.engine()
    assert engine.label() is None
    assert engine.stamp() is None
    assert engine.unsound(thoroughly=True) == frozenset()
    with pytest.raises(IndexNotBuiltError, match="python -m assistant index"):
        engine.open()


def test_a_shelf_without_documents_answers_nothing(place: Place) -> None:
    engine = place.engine()
    engine.commit(SPEC, [], [], NO_QUESTIONS)
    opened = engine.open()
    pool = opened.pool([wording("calf")], 5)
    assert (len(pool.keys), pool.first.tolist()) == (0, [0])
    assert opened.likeness(pool, wording("calf")).cosine.shape == (0,)
    assert opened.nearest(wording("calf").vector) == (0, 0, 0, 0)
    assert (opened.words(), opened.out_of_scope().questions) == (frozenset(), ())
    assert list(opened.every_passage()) == []


def test_the_label_says_what_is_there(built: Engine) -> None:
    label = built.label()
    assert label is not None
    assert label == built.open().label
    assert label.spec == SPEC
    assert dict(label.documents) == {"cramp": CRAMP.card.digest, "night": NIGHT.card.digest}
    assert label.out_of_scope == questions_digest(OUT.questions)
    assert (label.passages, label.sentences) == (3, 4)


def test_another_process_sees_the_same(place: Place, built: Engine) -> None:
    other = place.engine()
    assert other.label() == built.label()
    assert other.stamp() == built.stamp()
    assert texts(other) == texts(built)


def test_documents_come_back_to_the_last_bit(built: Engine) -> None:
    opened = built.open()
    assert same(opened.document("cramp"), CRAMP)
    assert same(opened.document("night"), NIGHT)
    assert opened.card("cramp") == CRAMP.card
    assert opened.document("crampon") is None
    assert opened.card("crampon") is None


def test_a_stamp_changes_with_every_commit_and_only_then(built: Engine) -> None:
    first = built.stamp()
    built.open()
    assert built.stamp() == first
    label = built.commit(SPEC, [], [], OUT)
    assert built.stamp() != first
    assert label.documents == {"cramp": CRAMP.card.digest, "night": NIGHT.card.digest}


def test_a_document_of_a_known_id_replaces_it(built: Engine) -> None:
    changed = cut("cramp", [["Bananas."]])
    label = built.commit(SPEC, [changed], [], OUT)
    assert label.documents["cramp"] == changed.card.digest
    assert (label.passages, label.sentences) == (3, 3)
    assert texts(built) == ["Bananas.", "Cramp at night.", "Walk on the heel."]
    assert same(built.open().document("cramp"), changed)
    assert "salt" not in built.open().words()


def test_a_removed_document_is_gone_at_once(built: Engine) -> None:
    label = built.commit(SPEC, [], ["cramp", "never there"], OUT)
    opened = built.open()
    assert dict(label.documents) == {"night": NIGHT.card.digest}
    assert opened.document("cramp") is None
    assert texts(built) == ["Cramp at night.", "Walk on the heel."]
    assert len(opened.pool([wording("salt")], 9).keys) == 2
    assert "salt" not in opened.words()
    assert opened.nearest(CRAMP.asked_vectors[0])[0] == 0
    assert opened.nearest(CRAMP.sentence_vectors[1])[1] < 0.9


def test_removed_and_added_in_one_step_is_there(built: Engine) -> None:
    changed = cut("night", [["Bananas."]])
    built.commit(SPEC, [changed], ["night"], OUT)
    assert same(built.open().document("night"), changed)


def test_afresh_leaves_nothing_of_what_was_there(built: Engine) -> None:
    encoder = FakeEncoder("other", seed=3, dimension=16)
    spec = spec_for(encoder)
    alone = cut("alone", [["Bananas."]], encoder=encoder)
    questions = replace(NO_QUESTIONS, vectors=encoder.encode([]))
    label = built.commit(spec, [alone], [], questions, afresh=True)
    assert (label.spec, list(label.documents)) == (spec, ["alone"])
    assert texts(built) == ["Bananas."]
    assert built.open().card("cramp") is None
    assert same(built.open().document("alone"), alone)


def test_vectors_of_another_encoder_are_not_mixed_in(built: Engine) -> None:
    before = built.label()
    encoder = FakeEncoder("other", seed=3)
    alone = cut("alone", [["Bananas."]], encoder=encoder)
    with pytest.raises(StaleIndexError, match="another encoder"):
        built.commit(spec_for(encoder), [alone], [], NO_QUESTIONS)
    assert built.label() == before


def test_questions_out_of_scope_come_back_and_can_be_changed(built: Engine) -> None:
    opened = built.open()
    assert opened.out_of_scope().questions == OUT.questions
    assert np.array_equal(opened.out_of_scope().vectors, OUT.vectors)
    assert opened.nearest(OUT.vectors[1])[3] == pytest.approx(1, abs=1e-5)
    built.commit(SPEC, [], [], NO_QUESTIONS)
    assert built.open().nearest(OUT.vectors[1])[3] == 0
    assert opened.nearest(OUT.vectors[1])[3] == pytest.approx(1, abs=1e-5)


def test_an_open_snapshot_stays_as_it_was(built: Engine) -> None:
    opened = built.open()
    asked = wording("does salt help a cramp at night")
    pool = opened.pool([asked], 9)
    before = opened.likeness(pool, asked)
    built.commit(SPEC, [cut("extra", [["More salt."]])], ["cramp"], NO_QUESTIONS)
    built.commit(SPEC, [cut("extra", [["Other salt."]])], ["night"], OUT)
    built.commit(SPEC, [], ["extra"], OUT, afresh=True)
    assert texts(built) == []
    assert [each.text for each in opened.every_passage()][-1] == "Walk on the heel."
    assert same(opened.document("cramp"), CRAMP)
    assert opened.passages(pool.keys)[0] == CRAMP.passages[0]
    assert "salt" in opened.words()
    assert opened.nearest(CRAMP.asked_vectors[0])[0] == pytest.approx(1, abs=1e-5)
    after = opened.likeness(opened.pool([asked], 9), asked)
    assert all(np.array_equal(getattr(before, n), getattr(after, n)) for n in after.__slots__)


def test_any_character_comes_back(place: Place) -> None:
    odd = "Se\u0301an \u2019s calf \U0001f9b5 \u202eback\u202c \x00 {braces} %s 'quotes\" \\ \ud7ff"
    document = cut("odd", [[(odd, [odd])]], title=odd)
    engine = place.engine()
    engine.commit(SPEC, [document], [], out_of_scope(odd))
    opened = engine.open()
    assert same(opened.document("odd"), document)
    assert opened.out_of_scope().questions == (odd,)
    assert next(iter(opened.every_passage())) == document.passages[0]


def test_passages_stand_in_order_of_id_and_place(place: Place) -> None:
    names = sorted("b B a ab a-b a_b a1 a10 a9 Z\u00e9 z\u00e9".split())
    engine = place.engine()
    for name in names[::-1]:
        engine.commit(SPEC, [cut(name, [[f"First of {name}."], ["Second."]])], [], NO_QUESTIONS)
    opened = engine.open()
    wanted = [(name, place) for name in names for place in (0, 1)]
    for passages in (
        tuple(opened.every_passage()),
        opened.passages(opened.pool([wording("second")], 9).keys),
    ):
        found = [(each.span.document_id, int(each.text == "Second.")) for each in passages]
        assert found == wanted


def test_a_sentence_may_be_known_to_answer_many_questions(place: Place) -> None:
    asked = [f"why does it cramp at mile {n}?" for n in range(60)]
    document = cut("many", [["Nobody asks this.", ("It cramps.", asked)]])
    engine = place.engine()
    engine.commit(SPEC, [document], [], NO_QUESTIONS)
    opened = engine.open()
    vector = document.asked_vectors[41]
    found = opened.likeness(opened.pool([], 9), replace(wording("mile"), vector=vector))
    three = np.sort(document.asked_vectors @ vector)[-3:]
    assert found.asked == pytest.approx([0, 1], abs=1e-5)
    assert found.asked_mean == pytest.approx([0, three.mean()], abs=1e-5)
    assert same(opened.document("many"), document)


def test_of_two_who_write_one_is_told_to_wait(place: Place) -> None:
    first, second = place.engine(), place.engine()

    def interrupted() -> Iterator[CutDocument]:
        yield CRAMP
        with pytest.raises(BuildInProgressError, match="Wait until"):
            second.commit(SPEC, [NIGHT], [], NO_QUESTIONS)
        yield NIGHT

    first.commit(SPEC, interrupted(), [], NO_QUESTIONS)
    assert list(second.open().label.documents) == ["cramp", "night"]
    second.commit(SPEC, [], ["night"], NO_QUESTIONS)
    assert texts(first) == [CRAMP.passages[0].text]


def test_a_change_worked_out_from_an_older_state_is_refused(built: Engine) -> None:
    before = built.label()
    assert before is not None
    now = built.commit(SPEC, [], ["night"], OUT, since=before.generation)
    with pytest.raises(BuildInProgressError):
        built.commit(SPEC, [], ["cramp"], OUT, since=before.generation)
    assert built.label() == now


def test_a_commit_that_fails_half_way_leaves_what_was_there(built: Engine) -> None:
    before = built.label()

    def failing() -> Iterator[CutDocument]:
        yield cut("cramp", [["Bananas."]])
        raise RuntimeError("the encoder died")

    with pytest.raises(RuntimeError, match="the encoder died"):
        built.commit(SPEC, failing(), ["night"], NO_QUESTIONS)
    assert built.label() == before
    assert texts(built)[-1] == "Walk on the heel."
    built.commit(SPEC, [], ["night"], OUT)
    assert texts(built) == [CRAMP.passages[0].text]


def test_documents_out_of_order_are_a_mistake(built: Engine) -> None:
    before = built.label()
    with pytest.raises(ValueError, match="order"):
        built.commit(SPEC, [NIGHT, CRAMP], [], OUT)
    with pytest.raises(ValueError, match="order"):
        built.commit(SPEC, [CRAMP, CRAMP], [], OUT)
    assert built.label() == before


def test_vectors_keep_every_bit(place: Place) -> None:
    document = cut("bits", [["One."]])
    odd = np.array([[1e-42, -0.0, 1.1754944e-38, 0.1, *ENCODER.encode(["x"])[0][4:]]], np.float32)
    engine = place.engine()
    engine.commit(SPEC, [replace(document, sentence_vectors=odd)], [], NO_QUESTIONS)
    back = engine.open().document("bits")
    assert back is not None
    assert back.sentence_vectors.tobytes() == odd.tobytes()
