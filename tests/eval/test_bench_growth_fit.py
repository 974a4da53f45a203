"""Laws of growth are found again, and sizes are read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.growth.fit import fit_law
from eval.bench.growth.sizes import parse_sizes, short_size

SIZES = (1e3, 1e4, 1e5, 1e6)


@given(st.floats(1e-3, 1e3), st.floats(-1, 2))
def test_a_law_is_found_again(factor: float, exponent: float) -> None:
    law = fit_law([(size, factor * size**exponent) for size in SIZES])
    assert law is not None
    assert law.exponent == pytest.approx(exponent, abs=1e-6)
    assert law.latest == pytest.approx(exponent, abs=1e-6)
    assert law.at(5e4) == pytest.approx(factor * 5e4**exponent, rel=1e-6)


def test_fixed_costs_weigh_least_between_the_two_largest() -> None:
    law = fit_law([(size, 1.0 + size / 1e4) for size in SIZES])
    assert law is not None
    assert law.exponent < law.latest < 1.0


@pytest.mark.parametrize("points", [[], [(1e3, 1.0)], [(1e3, 1.0), (1e3, 2.0)], [(1.0, 0), (2, 1)]])
def test_from_too_little_no_law_is_made_up(points: list[tuple[float, float]]) -> None:
    assert fit_law(points) is None


def test_sizes_are_read_as_people_write_them() -> None:
    assert parse_sizes("1M, 1k,10K,1000") == (1_000, 10_000, 1_000_000)
    assert parse_sizes("none") == ()
    assert [short_size(size) for size in (500, 1_000, 2_500, 1_000_000)] == [
        "500",
        "1k",
        "2.5k",
        "1M",
    ]


@pytest.mark.parametrize("text", ["", "many", "10", "-1k", "1G", "99M", "1k,,10k", "1.5k"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no size"):
        parse_sizes(text)
