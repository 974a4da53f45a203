"""Vectors compared: exactly and alike wherever they lie, or nearly and as a first guess only."""

import pickle
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encode import Vectors
from index.errors import DamagedIndexError
from index.near import Near
from index.rows import Rows, runs_of
from index.store import products, read_index


def unit_vectors(seed: int, count: int, dimension: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def rows_file(folder: Path, vectors: Vectors) -> Path:
    path = folder / "some.rows"
    path.write_bytes(vectors.tobytes())
    return path


@given(st.integers(0, 10_000), st.integers(0, 40), st.sampled_from([1, 2, 3, 8, 24, 384]))
def test_products_are_inner_products_in_the_order_of_the_rows(
    seed: int, count: int, dimension: int
) -> None:
    vectors, query = unit_vectors(seed, count, dimension), unit_vectors(seed + 1, 1, dimension)[0]
    assert products(query, vectors).tolist() == pytest.approx((vectors @ query).tolist(), abs=1e-6)


@given(st.integers(0, 10_000), st.sampled_from([24, 384]), st.sets(st.integers(0, 49), max_size=50))
def test_a_row_has_the_same_product_to_the_last_bit_whatever_lies_beside_it(
    seed: int, dimension: int, chosen: set[int]
) -> None:
    vectors, query = unit_vectors(seed, 50, dimension), unit_vectors(seed + 1, 1, dimension)[0]
    places = sorted(chosen)
    alone = products(query, vectors[places])
    assert alone.tolist() == products(query, vectors)[places].tolist()


@given(st.sets(st.integers(0, 30), max_size=31))
def test_runs_are_neighbours_and_nothing_is_lost(chosen: set[int]) -> None:
    places = np.array(sorted(chosen), dtype=np.intp)
    runs = list(runs_of(places))
    assert [n for first, count in runs for n in range(first, first + count)] == sorted(chosen)
    assert all(one + count < other for (one, count), (other, _) in pairwise(runs))


@pytest.mark.parametrize("held", [True, False])
def test_rows_are_read_as_they_were_written_held_or_not(tmp_path: Path, held: bool) -> None:
    vectors = unit_vectors(1, 20, 24)
    rows = Rows(rows_file(tmp_path, vectors), 24, held=held)
    places = np.array([0, 3, 4, 5, 19], dtype=np.intp)
    assert len(rows) == 20
    assert rows.take().tolist() == vectors.tolist()
    assert rows.take(places).tolist() == vectors[places].tolist()
    assert rows.products(vectors[3], places)[1] == pytest.approx(1.0)


@pytest.mark.parametrize("held", [True, False])
def test_no_rows_are_no_fault(tmp_path: Path, held: bool) -> None:
    rows = Rows(rows_file(tmp_path, unit_vectors(1, 0, 24)), 24, held=held)
    assert len(rows) == 0
    assert rows.products(unit_vectors(1, 1, 24)[0]).tolist() == []


def test_rows_of_another_length_or_none_at_all_are_refused(tmp_path: Path) -> None:
    path = rows_file(tmp_path, unit_vectors(1, 3, 24))
    with pytest.raises(DamagedIndexError, match=r"some.rows.*python -m assistant index"):
        Rows(path, 23, held=False)
    with pytest.raises(DamagedIndexError, match=r"none.rows.*python -m assistant index"):
        Rows(tmp_path / "none.rows", 24, held=False)


def test_a_file_cut_short_under_a_running_server_is_an_error_and_not_the_end(
    tmp_path: Path,
) -> None:
    path = rows_file(tmp_path, unit_vectors(1, 100, 24))
    rows = Rows(path, 24, held=False)
    with path.open("r+b") as file:
        file.truncate(50 * 24 * 4)
    assert rows.take(np.array([3], dtype=np.intp)).shape == (1, 24)
    with pytest.raises(DamagedIndexError, match="cut short"):
        rows.take(np.array([80], dtype=np.intp))


def clustered(count: int, dimension: int) -> Vectors:
    """Vectors with neighbours, as those of texts are."""
    middles = unit_vectors(2, count // 10, dimension)
    spread = np.random.default_rng(3).normal(scale=0.4 / dimension**0.5, size=(count, dimension))
    rows = np.repeat(middles, 10, axis=0) + spread
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_near_finds_nearly_all_of_the_nearest_and_survives_the_disk(tmp_path: Path) -> None:
    vectors = clustered(4000, 64)
    rows = Rows(rows_file(tmp_path, vectors), 64, held=False)
    Near.write(rows, 64, tmp_path / "near")
    near = Near.open(tmp_path / "near", 4000, 64)
    shares = []
    for query in vectors[::97]:
        exact = set(np.argsort(-(vectors @ query))[:10].tolist())
        shares.append(len(exact & set(near.search(query[None], 100).tolist())) / 10)
    assert np.mean(shares) >= 0.97


def test_a_dimension_that_cannot_be_split_is_searched_exactly(tmp_path: Path) -> None:
    vectors = unit_vectors(4, 50, 7)
    Near.write(Rows(rows_file(tmp_path, vectors), 7, held=False), 7, tmp_path / "near")
    near = Near.open(tmp_path / "near", 50, 7)
    assert 9 in near.search(vectors[9:10], 3)
    assert len(near.search(vectors[9:10], 500)) == 50


def test_near_of_something_else_is_refused(tmp_path: Path) -> None:
    rows = Rows(rows_file(tmp_path, unit_vectors(4, 50, 7)), 7, held=False)
    Near.write(rows, 7, tmp_path / "near")
    for count, dimension in ((49, 7), (50, 8)):
        with pytest.raises(DamagedIndexError, match="python -m assistant index"):
            Near.open(tmp_path / "near", count, dimension)


class _Trap:
    def __init__(self, sprung: Path) -> None:
        self.sprung = sprung

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.sprung,)


def test_code_hidden_in_a_file_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "near").write_bytes(pickle.dumps(_Trap(tmp_path / "sprung")))
    with pytest.raises(DamagedIndexError, match="python -m assistant index"):
        read_index(tmp_path / "near")
    assert not (tmp_path / "sprung").exists()


@given(st.binary(max_size=200))
def test_bytes_that_are_no_index_are_refused(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("noise") / "near"
    path.write_bytes(noise)
    with pytest.raises(DamagedIndexError):
        read_index(path)
