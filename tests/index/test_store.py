"""Dense search: exact, by our own ids, readable only as what it is."""

import pickle
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encode import Vectors
from index.errors import DamagedIndexError
from index.store import VectorStore, vector_id


def unit_vectors(seed: int, count: int, dimension: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def ids(count: int) -> list[int]:
    return [vector_id(f"doc:{n}") for n in range(count)]


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(2, 16), st.integers(1, 50))
def test_search_finds_what_comparing_with_everything_finds(
    seed: int, count: int, dimension: int, k: int
) -> None:
    vectors, query = unit_vectors(seed, count, dimension), unit_vectors(seed + 1, 1, dimension)[0]
    found = VectorStore.from_vectors(ids(count), vectors).search(query, k)
    exact = {each: float(row @ query) for each, row in zip(ids(count), vectors, strict=True)}
    best = sorted(exact.values(), reverse=True)[:k]
    assert found.products.tolist() == pytest.approx(best, abs=1e-6)
    assert found.products.tolist() == pytest.approx([exact[each] for each in found.ids], abs=1e-6)
    assert len(set(found.ids.tolist())) == min(k, count)


@given(st.integers(0, 10_000), st.integers(1, 30))
def test_all_scores_are_the_products_in_the_order_the_vectors_were_added(
    seed: int, count: int
) -> None:
    vectors, query = unit_vectors(seed, count, 8), unit_vectors(seed + 1, 1, 8)[0]
    store = VectorStore.from_vectors(ids(count), vectors)
    scores = store.all_scores(query)
    assert scores.tolist() == pytest.approx((vectors @ query).tolist(), abs=1e-6)
    again = VectorStore.from_bytes(store.to_bytes(), 8)
    assert again.all_scores(query).tolist() == scores.tolist()


def test_equal_vectors_each_have_their_score() -> None:
    vectors = np.repeat(unit_vectors(3, 1, 8), 9, axis=0)
    scores = VectorStore.from_vectors(ids(9), vectors).all_scores(vectors[0])
    assert scores.tolist() == pytest.approx([1.0] * 9, abs=1e-6)


def test_scores_of_an_empty_store_are_none() -> None:
    store = VectorStore.from_vectors([], np.zeros((0, 8), dtype=np.float32))
    assert store.all_scores(unit_vectors(1, 1, 8)[0]).shape == (0,)


def test_equal_vectors_come_in_order_of_their_ids_and_are_cut_there() -> None:
    vectors = np.repeat(unit_vectors(3, 1, 8), 9, axis=0)
    store = VectorStore.from_vectors(ids(9), vectors)
    assert store.search(vectors[0], 4).ids.tolist() == sorted(ids(9))[:4]


@given(st.integers(0, 10_000), st.integers(0, 20))
def test_a_store_written_and_read_again_is_the_same(seed: int, count: int) -> None:
    store = VectorStore.from_vectors(ids(count), unit_vectors(seed, count, 8))
    again = VectorStore.from_bytes(store.to_bytes(), 8)
    query = unit_vectors(seed + 1, 1, 8)[0]
    assert again.ids.tolist() == ids(count)
    assert again.search(query, 5).products.tolist() == store.search(query, 5).products.tolist()
    assert again.search(query, 5).ids.tolist() == store.search(query, 5).ids.tolist()


def test_an_id_follows_from_the_address_alone() -> None:
    assert vector_id("doc:120-480") == vector_id("doc:120-480")
    assert vector_id("doc:120-480") != vector_id("doc:120-481")
    assert 0 <= vector_id("doc:120-480") < 2**63


def test_repeated_ids_are_refused() -> None:
    with pytest.raises(ValueError, match="different ids"):
        VectorStore.from_vectors([7, 7], unit_vectors(0, 2, 8))


def test_vectors_of_another_dimension_are_refused() -> None:
    stored = VectorStore.from_vectors(ids(2), unit_vectors(0, 2, 8)).to_bytes()
    with pytest.raises(DamagedIndexError, match=r"16 numbers long.*python -m assistant index"):
        VectorStore.from_bytes(stored, 16)


def test_vectors_compared_by_distance_are_refused() -> None:
    by_distance = faiss.IndexIDMap2(faiss.IndexFlatL2(8))
    with pytest.raises(DamagedIndexError, match="inner product"):
        VectorStore.from_bytes(faiss.serialize_index(by_distance).tobytes(), 8)


class _Trap:
    def __init__(self, sprung: Path) -> None:
        self.sprung = sprung

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.sprung,)


def test_code_hidden_in_the_bytes_is_not_run(tmp_path: Path) -> None:
    poisoned = pickle.dumps(_Trap(tmp_path / "sprung"))
    with pytest.raises(DamagedIndexError, match="python -m assistant index"):
        VectorStore.from_bytes(poisoned, 8)
    assert not (tmp_path / "sprung").exists()


@given(st.binary(max_size=200))
def test_bytes_that_are_no_store_are_refused(noise: bytes) -> None:
    with pytest.raises(DamagedIndexError):
        VectorStore.from_bytes(noise, 8)


@given(st.integers(0, 400))
def test_a_store_cut_short_is_refused(length: int) -> None:
    stored = VectorStore.from_vectors(ids(20), unit_vectors(0, 20, 8)).to_bytes()
    with pytest.raises(DamagedIndexError):
        VectorStore.from_bytes(stored[:length], 8)
