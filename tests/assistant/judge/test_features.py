"""The judge's features against small texts worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.judge.features import NAMES, features_of
from assistant.judge.reading import heft, words_of

WORDS = st.lists(st.sampled_from("salt calf Anna 30 seconds not the cramp. rest!".split())).map(
    " ".join
)


def test_coverage_is_weighed_by_how_telling_words_are() -> None:
    salt, cramps = (heft(word) for word in words_of("salt cramps"))
    found = features_of("Salt cramps", ["Much salt."])
    assert found.coverage == pytest.approx(salt / (salt + cramps))
    assert found.missing_run == pytest.approx(math.log1p(cramps))


def test_two_neighbours_and_any_three_sentences_are_told_from_the_whole() -> None:
    cited = ["Salt.", "Rain.", "Calf.", "Rain.", "Heel.", "Rain.", "Knee."]
    found = features_of("Salt calf heel knee", cited)
    weight = {word.text: heft(word) for word in words_of("salt calf heel knee")}
    heaviest = sorted(weight.values(), reverse=True)
    total = sum(heaviest)
    assert found.coverage == pytest.approx(1.0)
    assert found.best_three == pytest.approx(sum(heaviest[:3]) / total)
    assert found.neighbours == pytest.approx(heaviest[0] / total)
    assert found.evidence_length == pytest.approx(math.log(8))


def test_numbers_and_names_are_counted() -> None:
    found = features_of("We saw Anna run 30 km in 3 hours", ["We saw Bert run 30 km."])
    assert found.numbers == pytest.approx(math.log(2))  # 3 hours
    assert found.numbers_apart == pytest.approx(math.log(2))
    assert found.names_apart == 1.0


def test_a_run_of_lacking_words_is_broken_by_a_telling_one_only() -> None:
    weight = {word.text: heft(word) for word in words_of("salt the heel")}
    found = features_of("salt the heel", ["the"])
    assert found.missing_run == pytest.approx(math.log1p(weight["salt"] + weight["heel"]))
    broken = features_of("salt calf heel", ["calf"])
    assert broken.missing_run == pytest.approx(math.log1p(max(weight["salt"], weight["heel"])))


def test_no_evidence_covers_nothing() -> None:
    found = features_of("Salt.", [])
    assert (found.coverage, found.neighbours, found.best_three) == (0, 0, 0)


@given(WORDS, st.lists(WORDS, max_size=4), WORDS)
def test_more_evidence_never_covers_less(sentence: str, cited: list[str], more: str) -> None:
    before, after = features_of(sentence, cited), features_of(sentence, [*cited, more])
    assert after.coverage >= before.coverage
    assert len(after.values()) == len(NAMES)
    assert all(math.isfinite(value) for value in after.values())
    assert 0 <= after.neighbours <= after.coverage + 1e-9
    assert 0 <= after.best_three <= after.coverage + 1e-9
