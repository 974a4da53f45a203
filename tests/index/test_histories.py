"""Any history of a shelf comes to the same answers as building its last state afresh."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document
from index.build import build_index
from index.engine import Terms
from index.errors import IndexWriteError
from index.faiss_engine import FaissEngine
from index.opening import open_index
from index.shelf_index import ShelfIndex
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import asking, document_of

QUERIES = ("calf cramp on the hill", "warm socks", "version 2", "who knows")

Shelf = dict[str, int]
"""Document name to version."""


def made(name: str, version: int) -> Document:
    """Versions share most of their sentences, as a text that somebody edits does."""
    document = document_of(
        [
            ("Start", "author", ["A calf cramps on the hill.", f"This is version {version}."]),
            ("More", "author", ["Warm socks help some.", *(["Rest."] * (version % 2))]),
        ],
        name=name,
        title=f"Text {name}",
    )
    return asking(document, {"Warm socks help some.": ["what about socks"]} if version == 3 else {})


def documents(shelf: Shelf) -> tuple[Document, ...]:
    return tuple(made(name, version) for name, version in shelf.items())


SHELVES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 3), min_size=1, max_size=6)
STEPS = st.lists(
    st.tuples(SHELVES, st.booleans(), st.one_of(st.none(), st.integers(0, 60))),
    min_size=1,
    max_size=5,
)


def failing_after(calls: int) -> Callable[[int], None]:
    left = [calls]

    def fsync(_: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")

    return fsync


def search_all(index: ShelfIndex) -> list[object]:
    found: list[object] = [index.search(query, 99) for query in QUERIES]
    found += [index.scope(index.encode([query])) for query in QUERIES]
    return [*found, index.vocabulary, index.passages]


@settings(max_examples=25)
@given(STEPS)
def test_any_history_of_changes_failures_and_rebuilds_answers_as_a_fresh_build(
    steps: list[tuple[Shelf, bool, int | None]],
) -> None:
    with TemporaryDirectory() as folder:
        grown, fresh = Path(folder, "grown"), Path(folder, "fresh")
        with patch.object(os, "fsync", lambda _: None):
            for shelf, force, broken_after in steps:
                if broken_after is not None:
                    failing = patch.object(os, "fsync", failing_after(broken_after))
                    with failing, suppress(IndexWriteError):
                        build_index(documents(shelf), FakeEncoder(), grown, force=force)
                build_index(documents(shelf), FakeEncoder(), grown, force=force)
            last = documents(steps[-1][0])
            build_index(last, FakeEncoder(), fresh)
        one, other = (open_index(last, FakeEncoder(), each) for each in (grown, fresh))
        assert search_all(one) == search_all(other)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Document, ...]]:
    """A shelf of several segments, some of whose documents were changed or taken out."""
    root = tmp_path_factory.mktemp("many")
    names = [f"{a}{b}" for a in "abcdefgh" for b in "0123456789"]
    build_index([made(name, 1) for name in names], FakeEncoder(), root)
    shelf = [made(name, 1 + n % 3) for n, name in enumerate(names) if n % 7]
    build_index(shelf, FakeEncoder(), root)
    return root, tuple(shelf)


def test_a_large_shelf_scores_what_it_looks_at_as_a_small_one_does(
    many: tuple[Path, tuple[Document, ...]],
) -> None:
    root, shelf = many
    exact = open_index(shelf, FakeEncoder(), root)
    large = ShelfIndex(FaissEngine(root, exact_passages=0).open(), FakeEncoder())
    for query in QUERIES:
        everything = {hit.passage.id: hit for hit in exact.search(query, 9999)}
        found = large.search(query, 20)
        assert len(found) == 20
        for hit in found:
            twin = everything[hit.passage.id]
            assert hit.fused == pytest.approx(twin.fused, abs=1e-4)
            assert hit.bm25 == pytest.approx(twin.bm25, abs=1e-5)
            assert hit.sentences == pytest.approx(twin.sentences)
        best = [hit.fused for hit in exact.search(query, 20)]
        assert [hit.fused for hit in found] == pytest.approx(best, abs=1e-4)
        near = [index.scope(index.encode([query])) for index in (exact, large)]
        assert near[0].asked == pytest.approx(near[1].asked, abs=1e-5)
        assert near[1].cosine <= near[0].cosine + 1e-6


def test_a_large_segment_has_neighbours_and_finds_what_comparing_all_finds(tmp_path: Path) -> None:
    shelf = [made(f"d{n:03}", 1 + n % 3) for n in range(150)]
    engine = FaissEngine(tmp_path, exact_passages=100)
    build_index(shelf, FakeEncoder(), tmp_path)
    documents_there = list(engine.open().every_document())
    spec = engine.open().label.spec
    none = engine.open().out_of_scope()
    engine.commit(spec, documents_there, (), none, afresh=True)
    assert list(tmp_path.glob("segments/*/passages.near"))
    large, exact = engine.open(), FaissEngine(tmp_path, exact_passages=10_000).open()
    for query in QUERIES:
        vector = FakeEncoder().encode([query])[0]
        pool = large.pool([Terms(vector, ())], 40)
        everything = exact.pool([], 0)
        inside = set(large.passages(pool.keys))
        like = exact.likeness(everything, Terms(vector, ())).passage_cosine
        best = np.argsort(-like[everything.first[:-1]], kind="stable")[:5]
        nearest = exact.passages(everything.keys[best])
        assert len(inside & set(nearest)) >= 4
    engine.commit(spec, (), ["d001"], none)
    after = engine.open()
    assert all(p.span.document_id != "d001" for p in after.passages(after.pool([], 40).keys))
