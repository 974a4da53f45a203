"""Two runs side by side."""

import json
from dataclasses import replace

import pytest

from eval.report.compare import Outcome, as_json, compare, lines_of
from eval.results import Results, ResultsError
from tests.eval.report.made import case, figure, run, whole_run


def _twenty(right: int, score: float, half: str = "dev", name: str = "key facts") -> Results:
    """Twenty cases, of which the first `right` pass, all with one score."""
    return run(
        *(case(f"a-{n:02}", half, passed=n < right, scores={name: score}) for n in range(20)),
        figures=[figure(name, better="lower" if name == "under-triage" else "higher", half=half)],
    )


def test_runs_on_other_questions_are_refused_with_what_to_do() -> None:
    a, b = run(case()), run(case(), questions="ddddeeeeffff")
    with pytest.raises(ResultsError, match=r"aaaabbbbcccc.*ddddeeeeffff.*--anyway"):
        compare(a, b)
    found = compare(a, b, anyway=True)
    assert not found.same_questions
    assert any("questions differ" in line for line in lines_of(found))


def test_runs_without_a_case_in_common_are_refused() -> None:
    with pytest.raises(ResultsError, match="No case is in both"):
        compare(run(case("a-1")), run(case("a-2")))


def test_only_cases_in_both_halves_alike_are_paired() -> None:
    a = run(case("a-1"), case("a-2"), case("a-3", "sealed"))
    b = run(case("a-1"), case("a-3", "dev"), case("a-4"))
    found = compare(a, b)
    # a-1 alone; a-2 and a-3 of the one, a-3 and a-4 of the other are left out.
    assert (found.paired, found.left_out) == (1, 4)


def test_a_large_gain_is_better_and_a_small_one_noise() -> None:
    # 16 cases turned right: 2 x 1/2^16, corrected for two figures.
    found = {one.name: one for one in compare(_twenty(2, 0.5), _twenty(18, 0.5)).figures}
    assert found["passed"].outcome is Outcome.BETTER
    assert found["passed"].corrected == pytest.approx(2 * 2 / 2**16)
    assert (found["passed"].before, found["passed"].after) == (0.1, 0.9)
    assert found["key facts"].outcome is Outcome.NOISE
    # Three turned: 2 x 1/8 = 0.25.
    assert compare(_twenty(10, 0.5), _twenty(13, 0.5)).figures[0].outcome is Outcome.NOISE


def test_what_is_better_lower_is_worse_when_it_grows() -> None:
    before, after = (_twenty(9, score, name="under-triage") for score in (0.1, 0.4))
    found = {one.name: one for one in compare(before, after).figures}
    assert found["under-triage"].outcome is Outcome.WORSE
    back = {one.name: one for one in compare(after, before).figures}
    assert back["under-triage"].outcome is Outcome.BETTER


def test_a_difference_that_stands_alone_may_drown_among_many() -> None:
    # Six cases turned right: p = 2/64 = 0.031, for three figures 0.094.
    alone = compare(_twenty(0, 0.5), _twenty(6, 0.5)).figures[0]
    assert alone.difference.chance == pytest.approx(0.03125)
    assert alone.corrected == pytest.approx(0.0625)
    assert alone.outcome is Outcome.NOISE


def test_unscored_cases_are_in_no_pair() -> None:
    a = run(case("a-1", scores={"MRR": 1.0}), case("a-2", scores={"MRR": None}), case("a-3"))
    b = run(*(case(f"a-{n}", scores={"MRR": 0.5}) for n in (1, 2, 3)))
    found = {one.name: one for one in compare(a, b).figures}
    assert found["MRR"].difference.cases == 1
    assert found["passed"].difference.cases == 3
    unscored = run(case("a-1", scores={"MRR": None}))
    assert [one.name for one in compare(unscored, unscored).figures] == ["passed"]


def test_dev_cases_that_turned_are_named_and_sealed_ones_counted() -> None:
    before = [case("dev-1"), case("dev-2", passed=False), case("secret-1", "sealed")]
    after = [replace(one, passed=not one.passed) for one in before]
    found = compare(run(*before), run(*after))
    text = "\n".join(lines_of(found))
    assert "now right: dev-2" in text
    assert "now wrong: dev-1" in text
    assert "sealed: 0 now right, 1 now wrong" in text
    assert "secret" not in text
    assert "secret" not in json.dumps(as_json(found))


def test_lines_say_how_many_were_compared_and_stay_narrow() -> None:
    found = compare(whole_run(1), whole_run(2, commit="bbbb"))
    lines = lines_of(found)
    assert any(line.startswith(f"{len(found.figures)} figures compared:") for line in lines)
    assert {one.half for one in found.figures} == {"dev", "sealed"}
    assert max(len(line) for line in lines if not line.startswith("  now ")) <= 100


def test_json_holds_the_whole_comparison() -> None:
    found = compare(_twenty(2, 0.5), _twenty(18, 0.5))
    kept = json.loads(json.dumps(as_json(found)))
    assert kept["format"] == 1
    assert kept["figures"][0]["outcome"] == "better"
    assert kept["figures"][0]["difference"]["cases"] == 20
    assert kept["changed"][0]["right"] == 16
