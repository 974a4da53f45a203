"""Whether a question is for this shelf at all: the nearest of each kind, over all wordings."""

from pathlib import Path
from statistics import fmean

import pytest

from index.build import build_index
from index.opening import open_index
from index.passage import Scope
from index.shelf_index import ShelfIndex
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ASKING_TEXTS, OUT_OF_SCOPE, TWO_TEXTS

ENCODER = FakeEncoder()


@pytest.fixture(scope="module")
def asking_index(tmp_path_factory: pytest.TempPathFactory) -> ShelfIndex:
    root: Path = tmp_path_factory.mktemp("artifacts")
    build_index(ASKING_TEXTS, ENCODER, root, out_of_scope=OUT_OF_SCOPE)
    return open_index(ASKING_TEXTS, ENCODER, root, out_of_scope=OUT_OF_SCOPE)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ShelfIndex:
    root: Path = tmp_path_factory.mktemp("artifacts")
    build_index(TWO_TEXTS, ENCODER, root)
    return open_index(TWO_TEXTS, ENCODER, root)


def test_the_scope_is_the_highest_cosine_of_each_kind(asking_index: ShelfIndex) -> None:
    query = "who won the balance"
    vector = asking_index.encode([query])
    hits = asking_index.search(query, 9)
    scope = asking_index.scope(vector)
    found = [each for hit in hits for each in hit.sentences]
    assert scope.asked == pytest.approx(max(each.asked for each in found), abs=1e-6)
    assert scope.cosine == pytest.approx(max(each.cosine for each in found), abs=1e-6)
    assert scope.passage_cosine == pytest.approx(max(hit.cosine for hit in hits), abs=1e-6)
    likest = max(ENCODER.encode(OUT_OF_SCOPE) @ vector[0])
    assert scope.out_of_scope == pytest.approx(float(likest), abs=1e-5)


def test_a_known_question_out_of_scope_is_recognised_word_for_word(
    asking_index: ShelfIndex,
) -> None:
    scope = asking_index.scope(asking_index.encode([OUT_OF_SCOPE[1]]))
    assert scope.out_of_scope == pytest.approx(1, abs=1e-5)
    assert scope.asked < 0.9


def test_the_scope_of_several_wordings_is_their_mean(asking_index: ShelfIndex) -> None:
    vectors = asking_index.encode([OUT_OF_SCOPE[0], "which mineral", "potassium"])
    alone = [asking_index.scope(row.reshape(1, -1)) for row in vectors]
    together = asking_index.scope(vectors)
    for name in Scope.__slots__:
        mean = fmean(getattr(each, name) for each in alone)
        assert getattr(together, name) == pytest.approx(mean, abs=1e-6)


def test_where_no_questions_are_known_the_scope_says_nothing_of_them(index: ShelfIndex) -> None:
    scope = index.scope(index.encode(["potassium"]))
    assert (scope.asked, scope.out_of_scope) == (0, 0)
    assert scope.cosine > 0
