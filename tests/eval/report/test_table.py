"""The table for the terminal."""

from dataclasses import replace

from eval.report.table import table_of
from eval.results import Quoted, Results, Stage
from tests.eval.report.made import case, figure, run, whole_run


def _line(results: Results, word: str) -> str:
    return next(line for line in table_of(results) if word in line)


def test_both_halves_stand_side_by_side_with_interval_number_and_target() -> None:
    both = [figure("recall@5", 0.8, target=0.75), figure("recall@5", 0.7, "sealed", target=0.75)]
    line = _line(run(case(), figures=both), "recall@5")
    assert line.split() == (
        "recall@5 0.800 [0.700, 0.900] 10 0.700 [0.600, 0.800] 10 ≥ 0.75 MISSED sealed".split()
    )


def test_a_target_says_so_when_every_half_meets_or_misses_it() -> None:
    figures = [figure("good", 0.8, target=0.7), figure("bad", 0.6, target=0.7)]
    assert _line(run(case(), figures=figures), "good").endswith("≥ 0.7 met")
    assert _line(run(case(), figures=figures), "bad").endswith("≥ 0.7 MISSED")


def test_what_could_not_be_judged_is_counted_and_no_number() -> None:
    lines = table_of(run(case(), figures=[figure("MRR", None, scored=0, unscored=4, target=0.9)]))
    at = next(n for n, line in enumerate(lines) if "MRR" in line)
    assert lines[at].split() == ["MRR", "–", "≥", "0.9"]
    assert lines[at + 1].strip() == "unscored 4"


def test_it_says_how_often_the_sealed_half_was_scored() -> None:
    sealed = case(half="sealed")
    assert "Sealed half scored once so far." in table_of(run(sealed, sealed_runs=1))
    assert "Sealed half scored 7 times so far." in table_of(run(sealed, sealed_runs=7))
    assert "The sealed half was not asked in this run." in table_of(run(case(), sealed_runs=7))


def test_critical_failures_come_one_by_one_and_harmful_ones_first() -> None:
    lines = table_of(
        run(
            case("a-1", critical=True),
            case("a-2", passed=False),
            case("a-3", passed=False, critical=True, reasons=["says urgent"]),
            case("a-4", passed=False, critical=True, harmful=True, reasons=["a: b", "c"]),
        )
    )
    at = lines.index("Critical cases that failed: 2 of 3, 1 by what was said")
    assert lines[at + 1].split(maxsplit=3) == ["!", "dev", "a-4", "a: b; c"]
    assert lines[at + 2].split(maxsplit=2) == ["dev", "a-3", "says urgent"]
    assert len(lines) == at + 3


def test_without_critical_failures_it_says_so() -> None:
    assert "No critical case failed, of 1." in table_of(run(case(critical=True)))


def test_of_a_sealed_case_no_word_is_shown_even_if_the_file_held_some() -> None:
    leaky = replace(
        case("s-1", "sealed", passed=False, critical=True, reasons=["says what it must not: HUSH"]),
        question="HUSH",
        sentences=(Quoted("HUSH", "HUSH", ("HUSH",), (), None),),
    )
    text = "\n".join(table_of(run(leaky)))
    assert "HUSH" not in text
    assert "s-1              says what it must not" in text


def test_times_are_given_by_stage() -> None:
    lines = table_of(replace(run(case()), stages=(Stage("read", 1.25, 12.5), Stage("all", 3, 40))))
    assert lines[-2].split() == ["read", "1.2", "12.5"]
    assert lines[-1].split() == ["all", "3.0", "40.0"]


def test_every_line_of_a_whole_run_fits_a_hundred_columns() -> None:
    lines = table_of(whole_run())
    assert max(map(len, lines)) <= 100
    assert not any("\n" in line for line in lines)
    assert any("balanced accuracy, WiCE" in line for line in lines)
