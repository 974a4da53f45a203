"""What is caught and what is kept, counted; of the sealed half totals only."""

from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from eval.cases.case import Half
from eval.written.labelled import Kept
from eval.written.levels import RULES, Looked
from eval.written.scores import STEPS, score
from tests.eval.written.made import looked

FOUR = (
    looked("novelty", supported=False, name="caught"),
    looked(supported=False, name="slipped"),
    looked("roles", supported=True, name="lost"),
    looked(supported=True, name="kept"),
)


def test_lies_caught_and_truths_kept_are_counted_apart() -> None:
    found = score(FOUR, Kept.LIES, Half.DEV, 0.3)
    assert found is not None
    counts = found.counts
    shares = (counts.caught, counts.kept, counts.precision, counts.slipped)
    assert [(share.k, share.n) for share in shares if share] == [(1, 2)] * 4
    assert found.wrong == ("slipped", "lost")
    assert [row.group for row in found.groups] == ["paraphrase"]


def test_the_trade_ends_at_the_checker() -> None:
    found = score(FOUR, Kept.LIES, Half.DEV, 0.3)
    assert found is not None
    assert found.trade is not None
    first, *_, last = found.trade.levels
    assert (first.caught, first.kept) == (0.0, 1.0)
    assert (last.caught, last.kept) == (0.5, 0.5)
    without = {point.name: (point.caught, point.kept) for point in found.trade.without}
    assert without["without novelty"] == (0.0, 0.5)
    assert without["without roles"] == (0.5, 1.0)
    assert without["without the judge"] == (0.5, 0.5)
    assert len(found.trade.checker) == len(found.trade.judge) == len(STEPS)


def test_of_the_sealed_half_there_are_totals_only() -> None:
    sealed = [looked("novelty", supported=n > 1, half=Half.SEALED, name=f"s-{n}") for n in range(4)]
    found = score(sealed, Kept.LIES, Half.SEALED, 0.3)
    assert found is not None
    assert (found.groups, found.trade, found.wrong) == ((), None, ())
    assert "s-1" not in str(asdict(found))


def test_a_set_that_is_not_there_has_no_figures() -> None:
    assert score(FOUR, Kept.DRAFTS, Half.DEV, 0.3) is None
    assert score(FOUR, Kept.LIES, Half.SEALED, 0.3) is None
    only_true = score(FOUR[2:], Kept.LIES, Half.DEV, 0.3)
    assert only_true is not None
    assert only_true.trade is None
    assert only_true.counts.caught is None


_any_looked = st.builds(
    lambda against, supported, likely: looked(*against, supported=supported, likely=likely),
    st.sets(st.sampled_from(RULES)),
    st.booleans(),
    st.floats(0, 1),
)


@given(st.lists(_any_looked, min_size=1))
def test_shares_fit_together(some: list[Looked]) -> None:
    found = score(some, Kept.LIES, Half.DEV, 0.3)
    assert found is not None
    counts = found.counts
    lies = counts.caught.n if counts.caught else 0
    true = counts.kept.n if counts.kept else 0
    refused = counts.precision.n if counts.precision else 0
    passed = counts.slipped.n if counts.slipped else 0
    assert lies + true == refused + passed == found.sentences == len(some)
    if counts.caught and counts.slipped:
        assert counts.caught.k + counts.slipped.k == lies
    if found.trade:
        caught = [point.caught for point in found.trade.checker]
        assert caught == sorted(caught)
