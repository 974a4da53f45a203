"""How a report on a public set reads."""

import json

from eval.external.report import ExternalReport, Row, as_json, lines_of

REPORT = ExternalReport(
    "made-up",
    "whether it is so",
    (
        Row("theirs", "F1", 0.7, published=True, source="their paper"),
        Row("ours", "F1", 0.5, 0.4, 0.6, 10),
        Row("others", "F1", 0.6, published=True, source="their paper"),
    ),
    ("ours is worse",),
)


def test_ours_comes_first_and_a_source_is_said_once() -> None:
    assert lines_of(REPORT) == (
        "made-up: whether it is so",
        "  ours    F1  0.500 [0.400, 0.600]  n = 10",
        "  theirs  F1  0.700  published [1]",
        "  others  F1  0.600  published [1]",
        "  [1] their paper",
        "  - ours is worse",
    )


def test_a_report_without_rows_is_still_said() -> None:
    assert lines_of(ExternalReport("none", "nothing", ())) == ("none: nothing",)


def test_it_can_be_kept() -> None:
    kept = json.loads(json.dumps(as_json(REPORT)))
    assert kept["rows"][1]["high"] == 0.6
    assert kept["notes"] == ["ours is worse"]
