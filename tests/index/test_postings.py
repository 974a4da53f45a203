"""Search by words from bare counts: the same numbers as bm25s, whatever the files look like."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DamagedIndexError
from index.postings import Kind, Postings, PostingsWriter, Weighed, idf_of, term_key

WORDS = st.sampled_from("calf cramp run heel foot kerb wall sock hill rain".split())
UNITS = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=12)
QUERY = st.lists(WORDS, min_size=1, max_size=5, unique=True)


def written(folder: Path, units: Sequence[Sequence[str]], *, held: bool = True) -> Postings:
    writer = PostingsWriter()
    for unit in units:
        writer.add(unit)
    for name, content in writer.files(Kind.PASSAGE).items():
        (folder / name).write_bytes(content)
    return Postings(folder, Kind.PASSAGE, held=held)


def weighed(postings: Postings, query: Sequence[str]) -> list[Weighed]:
    holding = {term: postings.holding(term_key(term), None) for term in query}
    count = len(postings.lengths)
    return [Weighed(term_key(t), idf_of(count, n)) for t, n in holding.items() if n]


def mean_length(postings: Postings) -> float:
    return float(postings.lengths.mean()) or 1.0


@given(UNITS, QUERY, st.booleans())
def test_scores_are_those_of_bm25s(
    tmp_path_factory: pytest.TempPathFactory,
    units: list[list[str]],
    query: list[str],
    held: bool,
) -> None:
    postings = written(tmp_path_factory.mktemp("words"), units, held=held)
    found = postings.scores(weighed(postings, query), mean_length(postings))
    there = {term for unit in units for term in unit}
    known = [term for term in query if term in there]
    if not known:
        assert found.tolist() == [0.0] * len(units)
        return
    oracle = bm25s.BM25(method="lucene")
    oracle.index(units, show_progress=False)
    assert found.tolist() == pytest.approx(oracle.get_scores(known).tolist(), abs=1e-5)


@given(UNITS, QUERY, st.data())
def test_some_units_score_as_among_all(
    tmp_path_factory: pytest.TempPathFactory,
    units: list[list[str]],
    query: list[str],
    data: st.DataObject,
) -> None:
    postings = written(tmp_path_factory.mktemp("words"), units)
    chosen = data.draw(st.sets(st.integers(0, len(units) - 1)))
    places = np.array(sorted(chosen), dtype=np.intp)
    terms = weighed(postings, query)
    everything = postings.scores(terms, mean_length(postings))
    some = postings.scores(terms, mean_length(postings), places)
    assert some.tolist() == everything[places].tolist()


@given(UNITS, QUERY, st.integers(1, 5), st.data())
def test_the_best_are_those_with_the_highest_scores_among_the_living(
    tmp_path_factory: pytest.TempPathFactory,
    units: list[list[str]],
    query: list[str],
    size: int,
    data: st.DataObject,
) -> None:
    postings = written(tmp_path_factory.mktemp("words"), units)
    alive = np.array([data.draw(st.booleans()) for _ in units], dtype=np.bool_)
    terms = weighed(postings, query)
    scores = postings.scores(terms, mean_length(postings))
    best = postings.best(terms, mean_length(postings), size, alive)
    living = sorted((s for s, lives in zip(scores.tolist(), alive, strict=True) if lives and s))
    assert sorted(scores[best].tolist()) == pytest.approx(living[-size:], abs=1e-6)
    assert all(alive[best])


def test_a_term_is_counted_only_in_units_that_are_alive(tmp_path: Path) -> None:
    postings = written(tmp_path, [["calf"], ["calf", "calf"], ["heel"]])
    key = term_key("calf")
    assert postings.holding(key, None) == 2
    assert postings.holding(key, np.array([True, False, True])) == 1
    assert postings.holding(term_key("nowhere"), None) == 0


def test_files_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    written(tmp_path, [["calf"], ["heel"]])
    (tmp_path / "passage.units").write_bytes(b"\0\0\0\0")
    with pytest.raises(DamagedIndexError, match="python -m assistant index"):
        Postings(tmp_path, Kind.PASSAGE, held=True)
    (tmp_path / "passage.keys").unlink()
    with pytest.raises(DamagedIndexError, match=r"passage.keys.*python -m assistant index"):
        Postings(tmp_path, Kind.PASSAGE, held=True)
