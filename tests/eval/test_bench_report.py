"""The report says what was measured, against what, and whether the aim was met."""

import json
from io import StringIO

import pytest
from rich.console import Console

from eval.bench.measure import Built, Opened, Served
from eval.bench.report import Line, Runs, as_json, lines_of
from eval.bench.table import show

OURS = {"encode": [0.010, 0.030], "compose": [0.001], "total": [0.020, 0.040]}
THEIRS = {"encode": [0.010, 0.010], "total": [0.010, 0.010]}
RUNS = Runs(
    build_ours=Built(6.0, 650_000_000),
    build_theirs=Built(3.0, 640_000_000),
    served=[
        Served(page=page, first_answer=9.0, warm=(0.05,), peak=peak)
        for page, peak in ((2.0, 800_000_000), (3.0, 950_000_000), (9.0, 810_000_000))
    ],
    ours=[Opened(4.0, OURS, 600_000_000)],
    theirs=[Opened(5.0, THEIRS, 500_000_000)],
)


@pytest.fixture
def lines() -> dict[str, Line]:
    return {line.what: line for line in lines_of(RUNS)}


def test_a_start_is_given_by_the_median(lines: dict[str, Line]) -> None:
    assert lines["Start to page served"].ours == 3.0


def test_memory_is_the_largest_peak_seen(lines: dict[str, Line]) -> None:
    line = lines["Peak memory, page"]
    assert (line.ours, line.theirs, line.met) == (950.0, 500.0, False)


def test_each_side_has_its_own_build(lines: dict[str, Line]) -> None:
    assert lines["Start to index built"].ratio == 2.0
    assert lines["Peak memory, building"].ours == 650.0


def test_a_stage_the_peer_does_not_have_has_no_ratio(lines: dict[str, Line]) -> None:
    assert lines["Warm: compose, p50"].theirs is None
    assert lines["Warm: compose, p50"].ratio is None
    assert lines["Warm: encode, p50"].ratio == pytest.approx(2.0)


def test_the_whole_answer_is_held_to_the_aim(lines: dict[str, Line]) -> None:
    assert lines["Warm answer, p50"].met
    assert lines["Start to first answer, page"].met is False
    assert lines["Start to index built"].met is None


def test_a_stage_nobody_reached_is_left_out(lines: dict[str, Line]) -> None:
    assert not any(what.startswith("Warm: select") for what in lines)


def test_the_json_survives_a_round_trip_and_names_its_format(lines: dict[str, Line]) -> None:
    report = as_json(list(lines.values()), questions=2, starts=3)
    read = json.loads(json.dumps(report))
    assert read["format"] == 1
    assert {line["what"] for line in read["lines"]} == set(lines)
    assert {"system", "processor", "cores", "load_after", "python"} == set(read["machine"])


def test_the_table_shows_both_sides_and_what_was_missed(lines: dict[str, Line]) -> None:
    screen = StringIO()
    show(list(lines.values()), Console(file=screen, width=140))
    [row] = [line for line in screen.getvalue().splitlines() if "Peak memory, page" in line]
    assert "950 MB" in row
    assert "500 MB" in row
    assert "missed" in row
