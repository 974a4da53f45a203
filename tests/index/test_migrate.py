"""A moved index is the same index in its new place, or it is said that it is not."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from index.encode import spec_for
from index.engine import CutDocument, Engine, Label, OutOfScope, Pool, Snapshot, Terms
from index.errors import DamagedIndexError, IndexNotBuiltError, PassageIndexError
from index.migrate import migrate
from index.ranking import Likeness
from tests.index.cut_documents import SPEC, cut, out_of_scope, same
from tests.index.engine_places import LARGE, Place, new_place
from tests.index.fake_encoder import FakeEncoder

OUT = out_of_scope("which shoes?", "how far?")
SHELF = [
    cut(f"text{n:02}", [[f"Cramp {n} at night.", ("Salt.", ["does salt help?"] * (n % 3))], ["Z."]])
    for n in range(30)
]


@pytest.fixture
def files(request: pytest.FixtureRequest) -> Place:
    return new_place("faiss", request)()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Place:
    return new_place("postgres", request)()


def test_there_and_back_every_bit_is_the_same(files: Place, database: Place) -> None:
    source, through = files.engine(), database.engine()
    before = source.commit(SPEC, SHELF, [], OUT)
    told: list[tuple[int, int]] = []
    done = migrate(source, through, lambda copied, total: told.append((copied, total)))
    assert told == [(n, 30) for n in range(1, 31)]
    assert (done.documents, done.passages, done.sentences, done.searches) == (30, 60, 90, 20)
    source.commit(SPEC, [cut("other", [["Bananas."]])], [], OUT, afresh=True)
    migrate(through, source)
    after = source.label()
    assert after is not None
    assert replace(after, generation="") == replace(before, generation="")
    opened = source.open()
    assert all(same(opened.document(each.card.id), each) for each in SHELF)
    assert opened.out_of_scope().questions == OUT.questions
    assert np.array_equal(opened.out_of_scope().vectors, OUT.vectors)


def test_what_was_in_the_target_goes_whatever_made_it(files: Place, database: Place) -> None:
    encoder = FakeEncoder("other", seed=1, dimension=12)
    target = database.engine()
    target.commit(
        spec_for(encoder),
        [cut("old", [["Old."]], encoder=encoder)],
        [],
        OutOfScope((), encoder.encode([])),
    )
    source = files.engine()
    source.commit(SPEC, SHELF[:2], [], OUT)
    migrate(source, target)
    assert list(target.open().label.documents) == ["text00", "text01"]


def test_large_shelves_are_compared_too(files: Place, database: Place) -> None:
    source = files.engine(LARGE)
    source.commit(SPEC, SHELF, [], OUT)
    assert migrate(source, database.engine(LARGE)).searches == 20


def test_an_empty_shelf_moves_as_well(files: Place, database: Place) -> None:
    source = files.engine()
    source.commit(SPEC, [], [], OUT)
    assert migrate(source, database.engine()).searches == 0


def test_where_there_is_nothing_to_copy_the_target_stays(files: Place, database: Place) -> None:
    target = database.engine()
    before = target.commit(SPEC, SHELF[:1], [], OUT)
    with pytest.raises(IndexNotBuiltError):
        migrate(files.engine(), target)
    assert target.label() == before


class Faulty:
    """A snapshot that says or answers something else than it holds."""

    def __init__(self, opened: Snapshot, fault: str) -> None:
        self._opened = opened
        self._fault = fault

    def __getattr__(self, name: str) -> object:
        return getattr(self._opened, name)

    @property
    def label(self) -> Label:
        label = self._opened.label
        return replace(label, passages=0) if self._fault == "passages" else label

    def document(self, document_id: str) -> CutDocument | None:
        document = self._opened.document(document_id)
        if document is None or self._fault == "lost":
            return None
        if self._fault == "changed":
            return replace(document, sentence_vectors=document.sentence_vectors[::-1])
        return document

    def pool(self, wordings: Sequence[Terms], size: int) -> Pool:
        pool = self._opened.pool(wordings, size)
        if self._fault != "found":
            return pool
        keys = np.roll(pool.keys, 7)  # other passages in the places of those that were weighed
        return replace(pool, keys=keys)

    def likeness(self, pool: Pool, wording: Terms) -> Likeness:
        if self._fault == "found":
            return self._opened.likeness(self._opened.pool([wording], 9), wording)
        found = self._opened.likeness(pool, wording)
        return (
            replace(found, cosine=found.cosine * np.float32(0.5))
            if self._fault == "rated"
            else found
        )


class FaultyEngine:
    """An engine whose snapshots are faulty."""

    def __init__(self, engine: Engine, fault: str) -> None:
        self._engine = engine
        self._fault = fault

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def open(self, *, thoroughly: bool = True) -> Faulty:
        return Faulty(self._engine.open(), self._fault)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("passages", "their passages are not the same"),
        ("changed", "text00 did not come across unchanged"),
        ("found", "rates a passage otherwise|finds other passages"),
        ("rated", "rates a passage otherwise"),
    ],
)
def test_a_copy_that_differs_is_not_called_a_copy(
    files: Place, database: Place, fault: str, words: str
) -> None:
    source = files.engine()
    source.commit(SPEC, SHELF, [], OUT)
    faulty: Engine = FaultyEngine(database.engine(), fault)  # type: ignore[assignment]
    with pytest.raises(PassageIndexError, match=words):
        migrate(source, faulty)


def test_a_document_that_is_lost_on_the_way_stops_the_copy(files: Place, database: Place) -> None:
    source, target = files.engine(), database.engine()
    source.commit(SPEC, SHELF, [], OUT)
    before = target.commit(SPEC, SHELF[:1], [], OUT)
    faulty: Engine = FaultyEngine(source, "lost")  # type: ignore[assignment]
    with pytest.raises(DamagedIndexError, match="text00 is on the label"):
        migrate(faulty, target)
    assert target.label() == before
